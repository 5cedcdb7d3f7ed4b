"""What of a message is kept, and how fast one side may write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from baohe.rooms.claims.rules.masking import hide_numbers
from baohe.rooms.claims.rules.pace import wait_seconds

NOW = datetime(2026, 11, 22, 11, 42, tzinfo=UTC)


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("我的身份证 110101199203141238", "我的身份证 **************1238"),
        ("11010119920314123x。", "**************123x。"),
        ("110101 19920314 1239", "****** ******** 1239"),  # also where the check digit is wrong
        ("１１０１０１１９９２０３１４１２３８", "**************１２３８"),
        ("一代证 110101920314123", "一代证 ***********4123"),
        ("卡号 6222 0212 3456 7890 123 谢谢", "卡号 **** **** **** ***0 123 谢谢"),
        ("4111-1111-1111-1111", "****-****-****-1111"),
        ("花了 1286.40 6222021234567890123", "花了 1286.40 ***************0123"),
        ("两张 6222021234567890123 110101199203141238", "两张 ***************0123 **************1238"),
    ],
)
def test_numbers_of_cards_are_starred_but_for_their_end(said, kept):
    assert hide_numbers(said) == (kept, True)


@pytest.mark.parametrize(
    "said",
    [
        "发票号 24312000000012345678",  # 20 digits
        "票据 8707257965，合计 1286.40 元",
        "电话 13800000007，2026-11-20 下午",
        "2026-11-20 13800000007",
        "案号 C2026-4F7K-9QZ2-1XAB",
        "订单 1234567890123456",  # begins like no card
        "4111111111111112",  # a check digit that is wrong
        "110101 19929914 1239",  # no day of birth
        "没有数字",
    ],
)
def test_what_is_no_card_stays_as_it_was_written(said):
    assert hide_numbers(said) == (said, False)


@pytest.mark.parametrize(
    ("ages_seconds", "wait"),
    [
        ([], 0),
        ([1] * 9, 0),
        ([1] * 10, 599),
        ([600] * 10, 0),
        ([1, *[30] * 9], 570),
        ([700] * 60, 86_400 - 700),
        ([700] * 59, 0),
    ],
)
def test_ten_in_ten_minutes_and_sixty_in_a_day(ages_seconds, wait):
    assert wait_seconds([NOW - timedelta(seconds=age) for age in ages_seconds], NOW) == wait
