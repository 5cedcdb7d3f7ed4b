"""The labelled sentences: counts below which the words got worse, and what must never be sure."""

from __future__ import annotations

from datetime import date

import pytest

from baohe.rooms.claims.rules.notice.chosen import Chosen
from baohe.rooms.claims.rules.notice.days import days_said
from baohe.rooms.claims.rules.notice.lunar import lunar_day, new_year
from baohe.rooms.claims.rules.notice.understanding import understand
from baohe.rooms.claims.rules.notice.writing import written
from tests.claims.notices.judging import PARTS, judged
from tests.claims.notices.worlds import worlds


@pytest.mark.parametrize(
    ("name", "right", "sure_wrong"), [("tuning", 557, 0), ("held_out", 76, 0), ("blind", 38, 0), ("fresh", 152, 0)]
)
def test_labelled_sentences_are_understood_and_never_wrong_unasked(name: str, right: int, sure_wrong: int) -> None:
    rows = judged(name)
    assert sum(all(part.correct for part in row) for row in rows) >= right
    assert sum(any(part.sure_and_wrong for part in row) for row in rows) <= sure_wrong


def test_no_policy_that_was_not_meant_is_ever_sure() -> None:
    rows = [row for name in ("tuning", "held_out", "blind", "fresh") for row in judged(name)]
    assert len(rows) >= 800
    assert not [row[1] for row in rows if row[PARTS.index("policy")].sure_and_wrong]


@pytest.mark.parametrize(
    ("sentence", "asked"),
    [
        ("我和我妈昨天一起摔了，都看了门诊", "member"),
        ("前天摔了一跤，看了门诊", "member"),
        ("我昨天扭了腰，晚上手机又被偷了", "policy"),
        ("我妈昨天摔了，现在人在医院", "event"),
        ("我前几天摔的，昨天才去门诊看", "day"),
    ],
)
def test_what_is_not_sure_is_asked_with_choices(sentence: str, asked: str) -> None:
    family = worlds()["family"]
    reading = understand(sentence, family.held, family.family, family.today)
    part = getattr(reading, asked)
    assert not (part.value and part.sure)
    assert part.options


def test_what_was_chosen_by_hand_is_sure() -> None:
    family = worlds()["family"]
    chosen = Chosen("林知夏", "林知夏/songtao-accident/2026-01-15", "hospital", date(2026, 11, 20))
    reading = understand("我和我妈昨天一起摔了", family.held, family.family, family.today, chosen)
    assert all(getattr(reading, part).sure for part in PARTS)


@pytest.mark.parametrize(
    ("said", "today", "days"),
    [
        ("国庆第二天", date(2026, 11, 22), [date(2026, 10, 2)]),
        ("去年国庆第二天", date(2026, 11, 22), [date(2025, 10, 2)]),
        ("国庆期间", date(2026, 11, 22), []),
        ("初五", date(2026, 2, 25), [date(2026, 2, 21)]),
        ("初五", date(2026, 11, 22), [date(2026, 2, 21), date(2026, 11, 13)]),
        ("除夕晚上", date(2026, 2, 25), [date(2026, 2, 16)]),
        ("农历八月十五", date(2026, 11, 22), [date(2026, 9, 25)]),
        ("八月十五日", date(2026, 11, 22), [date(2026, 8, 15)]),
        ("去年3月5日", date(2026, 11, 22), [date(2025, 3, 5)]),
        ("上个月廿号", date(2026, 11, 22), [date(2026, 10, 20)]),
        ("晚上十一点", date(2026, 11, 22), []),
    ],
)
def test_days_named_by_festivals_and_the_moon(said: str, today: date, days: list[date]) -> None:
    assert list(days_said(said, today).days) == days


@pytest.mark.parametrize("said", ["前几天摔的，昨天才去看", "昨天刚出院", "这几天一直吐，今天去打针"])
def test_a_day_of_a_later_step_is_doubtful(said: str) -> None:
    assert days_said(said, date(2026, 11, 22)).doubtful


def test_the_years_of_the_moon_join_without_a_gap() -> None:
    for year in range(2024, 2040):
        first, following = new_year(year), new_year(year + 1)
        last = lunar_day(year, 12, 30) or lunar_day(year, 12, 29)
        assert first and following and last
        assert (following - last).days == 1
    assert lunar_day(2025, 8, 15) == date(2025, 10, 6)
    assert lunar_day(2041, 1, 1) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("去門診看醫生", "去门诊看医生"),
        ("琴日跌咗，唔使住院", "琴日跌了，不使住院"),
        ("遭狗咬了", "被狗咬了"),
        ("飞机返航，遭遇台风", "飞机返航，遭遇台风"),
        ("抱着孩子被狗咬了", "抱着孩子被狗咬了"),
        ("挂了急珍", "挂了急诊"),
        ("骨则了", "骨折了"),
        ("我住远处", "我住远处"),
        ("查出原位癌", "查出原位癌"),
    ],
)
def test_one_way_of_writing(typed: str, meant: str) -> None:
    assert written(typed) == meant
    assert len(written(typed)) == len(typed)
