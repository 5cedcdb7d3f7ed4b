"""Many at one death benefit: the accounts of its beneficiaries given at once, and the bank's word told at once."""

from __future__ import annotations

import pytest

from baohe.config.wiring import handlers
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.models import ClaimPayment
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments.models import Payout
from tests.claims import heirs, world
from tests.claims.clock_steps import graded
from tests.claims.heirs import MOTHER, SUM, WIFE, Death
from tests.races import limited
from tests.races.limited import Round
from tests.shelf import put_on_sale

pytestmark = pytest.mark.django_db(transaction=True)

CALLERS, ROUNDS = 12, 5
TWO = ((WIFE, 1, 67), (MOTHER, 1, 33))
NUMBERS = ("6222020200001111", "6222020200002222", "6222020200003333")


def test_a_share_leaves_once_whoever_gives_its_account_and_however_often() -> None:
    with clock.travel(world.NOW):
        put_on_sale()
        by = world.handler("shen", "沈一诺"), graded("gu", "顾远", "claims_head")
        report = limited.run(lambda number: _giving(_death(number, by)), callers=CALLERS, rounds=ROUNDS)
        assert (ledger.check(), claims.problems()) == ([], [])
    assert report.rounds == ROUNDS


def test_both_shares_arriving_at_once_and_told_many_times_are_booked_once() -> None:
    with clock.travel(world.NOW):
        put_on_sale()
        by = world.handler("shen", "沈一诺"), graded("gu", "顾远", "claims_head")
        report = limited.run(lambda number: _arriving(_death(number, by)), callers=CALLERS, rounds=ROUNDS)
        assert (ledger.check(), claims.problems()) == ([], [])
    assert report.rounds == ROUNDS


def _death(number: int, by) -> Death:
    return heirs.agreed(heirs.reported(*heirs.policy(named=TWO, phone=f"1380000{number + 100:04d}"), by))


def _giving(death: Death) -> Round:
    """Two shares, three accounts each: the first account of a share stands, its repeat is no second payment."""

    def given() -> int:
        payouts = Payout.objects.filter(subject_id=death.claim_id)
        assert sum(one.amount_fen for one in payouts) == SUM
        assert ClaimPayment.objects.filter(claim_id=death.claim_id).count() == payouts.count()
        assert death.seen().state == "paying"
        return payouts.count()

    acts = [
        (lambda name=name, number=number: death.give(name, number=number))
        for name in (WIFE, MOTHER)
        for number in NUMBERS * 2
    ]
    return Round(acts, allowed=None, given=given, refusals=frozenset({"share_not_waiting"}), end=2)


def _arriving(death: Death) -> Round:
    for name in (WIFE, MOTHER):
        death.give(name)
    events = []
    for payout in Payout.objects.filter(subject_id=death.claim_id):
        Payout.objects.filter(id=payout.id).update(state="done", done_at=clock.now())
        events.append(heirs.told_of(payout, "done"))

    def given() -> int:
        seen = death.seen()
        assert (seen.state, seen.paid_fen, [one.state for one in seen.shares]) == ("paid", SUM, ["paid", "paid"])
        return ClaimPayment.objects.filter(claim_id=death.claim_id, done_at__isnull=False).count()

    acts = [(lambda event=event: handlers()[event.topic](event)) for event in events * (CALLERS // 2)]
    return Round(acts, allowed=None, given=given, end=2)
