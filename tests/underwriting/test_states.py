"""Every act in every state: it goes where it should, or it is refused and nothing at all has happened."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from baohe.kernel.errors import BaoheError
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.models import Referral, Verdict
from tests.sale.world import Customer
from tests.underwriting import world
from tests.underwriting.world import Desk

Scene = tuple[Desk, Customer, UUID]


def offer_id(declaration_id: UUID) -> UUID:
    given = Verdict.objects.filter(referral_id=declaration_id, valid_until__isnull=False).first()
    return given.id if given else uuid4()


ACTS: dict[str, Callable[[Desk, Customer, UUID], object]] = {
    "ask": lambda who, lin, which: world.asked(who, which),
    "accept": lambda who, lin, which: underwriting.decide_referral(who.ning, which, "accept", "资料齐全"),
    "decline": lambda who, lin, which: underwriting.decide_referral(
        who.ning, which, "declined_by_person", "近期治疗未结束", clause="2.4"
    ),
    "load": lambda who, lin, which: underwriting.decide_referral(who.ning, which, "load", "指标略高", loading_bp=3_000),
    "load_high": lambda who, lin, which: world.to_confirm(who, which),
    "confirm": lambda who, lin, which: underwriting.confirm_verdict(who.gu, which),
    "return": lambda who, lin, which: underwriting.return_verdict(who.gu, which, "请先看复查报告"),
    "hand_in": lambda who, lin, which: underwriting.hand_in(lin.id, which, ["health_report"]),
    "take_offer": lambda who, lin, which: underwriting.accept_offer(lin.id, which, offer_id(which)),
    "leave_offer": lambda who, lin, which: underwriting.decline_offer(lin.id, which, offer_id(which)),
}
WAYS: dict[str, tuple[str, ...]] = {
    "open": (),
    "waiting_for_papers": ("ask",),
    "to_confirm": ("load_high",),
    "offered": ("load",),
    "accepted": ("load", "take_offer"),
    "declined_by_customer": ("load", "leave_offer"),
    "decided": ("accept",),
}
GOES: dict[str, dict[str, str]] = {
    "open": {
        "ask": "waiting_for_papers",
        "accept": "decided",
        "decline": "decided",
        "load": "offered",
        "load_high": "to_confirm",
    },
    "waiting_for_papers": {"hand_in": "open"},
    "to_confirm": {"confirm": "offered", "return": "open"},
    "offered": {"take_offer": "accepted", "leave_offer": "declined_by_customer"},
    "accepted": {"take_offer": "accepted"},
    "declined_by_customer": {"leave_offer": "declined_by_customer"},
    "decided": {},
}


@pytest.mark.rule("SERV-9")
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", WAYS)
def test_every_act_in_every_state(who: Desk, lin: Customer, state: str, act: str) -> None:
    which = world.referred(lin).id
    for step in WAYS[state]:
        ACTS[step](who, lin, which)
    assert Referral.objects.get().state == state
    before = world.untouched()

    if act in GOES[state]:
        ACTS[act](who, lin, which)
        assert Referral.objects.get().state == GOES[state][act]
    else:
        with pytest.raises(BaoheError):
            ACTS[act](who, lin, which)
        assert world.untouched() == before


@pytest.mark.rule("SERV-9")
@pytest.mark.parametrize("act", ["ask", "accept", "decline", "load", "load_high", "confirm", "return"])
def test_nobody_but_an_underwriter_acts(who: Desk, lin: Customer, act: str) -> None:
    which = world.referred(lin).id
    if act in ("confirm", "return"):
        world.to_confirm(who, which)
    for stranger in (who.handler, lin.id):
        before = world.untouched()
        with pytest.raises(BaoheError) as refusal:
            ACTS[act](Desk(stranger, stranger, stranger), lin, which)
        assert refusal.value.code in ("not_an_underwriter", "not_found")
        assert world.untouched() == before


@pytest.mark.parametrize("act", ["hand_in", "take_offer", "leave_offer"])
def test_a_stranger_finds_nothing(who: Desk, lin: Customer, act: str) -> None:
    which = world.referred(lin).id
    world.asked(who, which) if act == "hand_in" else world.offered(who, which)
    stranger = Customer(uuid4(), "13900000000", lin.me)
    before = world.untouched()

    with pytest.raises(BaoheError) as refusal:
        ACTS[act](who, stranger, which)

    assert refusal.value.code == "not_found"
    assert world.untouched() == before
