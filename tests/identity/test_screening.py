"""Names against a list: a match is a question to people, and refuses nobody by machine (SALE-15)."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from baohe.flows import identify
from baohe.plumbing import clock
from baohe.rooms.identification import facade as identification
from baohe.rooms.identification.errors import HitClosed, ListNotUsable, SecondPersonNeeded
from baohe.rooms.identification.models import Hit
from baohe.rooms.identification.rules.names import how
from baohe.rooms.payments.models import PaymentIntent
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.errors import StepsMissing
from tests.sale import steps, world
from tests.sale.world import Customer

TODAY = date(2026, 11, 22)


@pytest.mark.rule("SALE-15")
@pytest.mark.parametrize(
    ("listed", "born", "found"),
    [
        ("周远", date(1990, 6, 1), "exact"),
        ("周遠", date(1990, 6, 1), "sound"),
        ("Zhou Yuan", date(1990, 6, 1), "sound"),
        ("YUAN, Zhou", date(1990, 6, 1), "sound"),
        ("周远", date(1991, 1, 1), "near"),
        ("周远", None, "near"),
        ("周远", date(1980, 6, 1), None),
        ("周源远", date(1990, 6, 1), None),
        ("Li Yuan", date(1990, 6, 1), None),
    ],
)
def test_names_match_by_writing_by_sound_and_by_birth(listed: str, born: date | None, found: str | None) -> None:
    assert how("周远", date(1990, 6, 1), listed, born) == found


def test_a_compound_surname_and_a_lone_name_have_their_sounds() -> None:
    assert how("欧阳明月", date(1990, 6, 1), "Ouyang Mingyue", date(1990, 6, 1)) == "sound"
    assert how("欧阳明月", date(1990, 6, 1), "Mingyue Ouyang", date(1990, 6, 1)) == "sound"
    assert how("周", date(1990, 6, 1), "Zhou", None) == "near"


LIST = "reference,name,birth,note\nR-1,{name},{birth},\n"


def loaded(name: str, birth: str, version: str = "v1") -> None:
    identification.load_list(version, TODAY, "测试名单", LIST.format(name=name, birth=birth).encode())


@pytest.fixture
def two(db: None) -> list[people.StaffView]:
    made = (("cheng", "程月"), ("bai", "白宁"))
    return [people.create_staff(user, name, ["compliance"], "a-long-password-1") for user, name in made]


@pytest.mark.rule("SALE-15")
def test_a_match_holds_up_the_payment_and_says_nothing_of_a_list(lin: Customer, two: list[people.StaffView]) -> None:
    loaded("Lin Zhixia", "1992-03-08")
    drafted = steps.drafted(lin)
    identify.screen_parties(drafted)
    signed = steps.signed(drafted)
    with pytest.raises(StepsMissing) as refused:
        steps.locked(signed)
    [need] = [need for need in identify.needs(signed) if need.code == identify.REVIEW]
    told = refused.value.message_zh + need.title.zh + need.detail.zh
    assert not any(word in told for word in ("名单", "命中", "制裁", "可疑"))
    assert PaymentIntent.objects.count() == 0
    # one name and a reason clear it
    identification.clear_hit(Hit.objects.get().id, two[0].id, two[0].name, "同音不同人，证件核对一致")
    assert steps.locked(signed).state == "created"


@pytest.mark.rule("SALE-15")
def test_to_confirm_takes_two_names_and_refuses_nobody_by_machine(lin: Customer, two: list[people.StaffView]) -> None:
    loaded("林知夏", "1992-03-08")
    drafted = steps.drafted(lin)
    identify.screen_parties(drafted)
    identify.screen_parties(drafted)
    hit = Hit.objects.get()
    first, second = two
    identification.propose_hit(hit.id, first.id, first.name, "证件照片相符")
    for act in (identification.confirm_hit, identification.clear_hit):
        with pytest.raises(SecondPersonNeeded):
            act(hit.id, first.id, first.name, "我来")
    identification.confirm_hit(hit.id, second.id, second.name, "复核一致")
    with pytest.raises(HitClosed):
        identification.clear_hit(hit.id, first.id, first.name, "改主意")
    assert [line.what for line in identification.hit(hit.id).events] == ["found", "proposed", "confirmed"]
    assert identify.standing(lin.id, drafted.id)[1] is True
    assert policies.proposal(lin.id, drafted.id).state == "draft"


@pytest.mark.rule("SALE-15")
def test_a_new_list_asks_about_everybody_again_but_not_what_was_answered(
    lin: Customer, two: list[people.StaffView]
) -> None:
    world.relative(lin.id, "周远", "spouse", date(1990, 6, 1), order=67)
    loaded("林知夏", "1992-03-08")
    finished()
    assert Hit.objects.count() == 1
    identification.clear_hit(Hit.objects.get().id, two[0].id, two[0].name, "不同人")
    both = LIST.format(name="林知夏", birth="1992-03-08") + "R-2,Zhou Yuan,1990-06-01,\n"
    with clock.travel(datetime(2026, 11, 23, 1, tzinfo=UTC)):
        identification.load_list("v2", TODAY, "测试名单", both.encode())
        finished()
    assert sorted(Hit.objects.values_list("entry_reference", "state")) == [("R-1", "cleared"), ("R-2", "open")]


def finished() -> None:
    while identification.unfinished() is not None:
        identify.rescreen()


@pytest.mark.rule("SALE-15")
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"name,birth\n",
        b"reference,name,birth,note\n",
        b"reference,name,birth,note\nR-1,,1990-01-01,\n",
        "reference,name,birth,note\nR-1,周远,1990-13-01,\n".encode(),
        "reference,name,birth,note\nR-1,周远,1990-01-01,x,y\n".encode(),
        "reference,name,birth,note\nR-1,周远,,\nR-1,周远,,\n".encode(),
        "reference,name,birth,note\nR-1,周远,,\n".encode("gbk"),
    ],
)
def test_a_list_is_taken_whole_or_not_at_all(db: None, content: bytes) -> None:
    with pytest.raises(ListNotUsable):
        identification.load_list("v1", TODAY, "测试名单", content)
    assert identification.current_list() is None
