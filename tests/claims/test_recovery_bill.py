"""A third party's insurer pays: its money on the bank's bill is held against the recovery that people book."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from baohe.adapters.providers.port import BillLine
from baohe.faces.desk.tests.desk_world import browser, member
from baohe.flows import claim_money, reconcile
from baohe.kernel.dates import business_date, day_begins
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.reconciliation import facade as reconciliation
from tests.claims import world

DAY = business_date(world.NOW)
REFERENCE = "BK20261122001"
FEN = 20_000


@pytest.fixture
def recovery(draft, submit, wallet_says, work, insured, shen):
    """¥619.02 was paid; ¥200 of it is the other driver's insurer's to bear."""
    claim = submit(draft())
    wallet_says("done")
    work()
    facts = {"how": "subrogation", "debtor": "对方车辆的保险公司"}
    claim_money.propose(shen.id, claim.id, "recovery", FEN, "对方全责", facts)
    return claim


def received(claim, maker, checker, fen=FEN, reference=REFERENCE):
    [one] = claims.recoveries_of(claim.id)
    facts = {"recovery": str(one.id), "bank_reference": reference}
    act = claim_money.propose(maker.id, claim.id, "receipt", fen, "银行已到账", facts, uuid4())
    return claim_money.confirm(checker.id, claim.id, act.id)


def billed(*lines, day=DAY):
    with reconciliation.held("transfer", day):
        return reconcile.match("transfer", day, lines)


def line(fen=FEN, reference=REFERENCE, day=DAY):
    return BillLine("payment", "", reference, fen, "CNY", day_begins(day) + timedelta(hours=15))


def live():
    return [(one.difference, one.diff_fen, one.standing_fen) for one in reconciliation.items(live=True)[0]]


def books():
    return ledger.balance("transfer/clearing"), ledger.balance("suspense/transfer")


def morning(days=1):
    return clock.travel(day_begins(DAY + timedelta(days=days)) + timedelta(hours=9))


def test_a_receipt_that_is_booked_before_the_bill_is_the_bills_line(recovery, shen, qian):
    received(recovery, shen, qian)
    with morning():
        assert billed(line()).differences == 0
    assert (live(), books(), reconciliation.problems(), ledger.check()) == ([], (FEN, 0), [], [])


def test_money_that_nobody_has_booked_stands_on_suspense_until_two_people_book_it(recovery, shen, qian):
    with morning():
        billed(line())
        assert (live(), books()) == ([("provider_only", FEN, FEN)], (FEN, -FEN))
        received(recovery, shen, qian)
        assert reconcile.recheck("transfer") == 1
        assert (live(), books()) == ([], (FEN, 0))
        [done] = reconciliation.items(live=False)[0]
        assert (done.state, REFERENCE in done.resolution) == ("explained", True)
    with morning(2):  # the day on which it was booked has no such line, and a new edition of the first day has
        billed(day=DAY + timedelta(days=1))
        billed(line())
    assert (live(), books(), reconciliation.problems(), claims.problems()) == ([], (FEN, 0), [], [])


@pytest.mark.parametrize(("fen", "reference"), [(FEN - 1, REFERENCE), (FEN, "BK20261122002")])
def test_another_sum_or_another_reference_explains_nothing(recovery, shen, qian, fen, reference):
    with morning():
        billed(line())
        received(recovery, shen, qian, fen, reference)
        assert reconcile.recheck("transfer") == 0
        assert live() == [("provider_only", FEN, FEN)]


def test_a_receipt_whose_money_the_bank_does_not_know_is_a_difference(recovery, shen, qian):
    received(recovery, shen, qian)
    with morning():
        billed()
    assert live() == [("ours_only", -FEN, -FEN)]


def test_a_bill_that_says_less_than_was_booked_is_a_difference(recovery, shen, qian):
    received(recovery, shen, qian)
    with morning():
        billed(line(FEN - 100))
    assert live() == [("amount", -100, -100)]


def test_another_providers_money_is_never_a_recovery(recovery, shen, qian):
    received(recovery, shen, qian)
    with morning(), reconciliation.held("wallet", DAY):
        reconcile.match("wallet", DAY, [line()])
    assert ("provider_only", FEN, FEN) in live()


def test_the_item_shows_the_open_recovery_of_just_that_sum(recovery):
    with morning():
        billed(line(), line(FEN + 1, "BK20261122009"))
        finance = browser(member("finance", name="钱多"))
        right, other = sorted(reconciliation.items(live=True)[0], key=lambda one: one.diff_fen)
        [one] = claims.recoveries_of(recovery.id)
        page = finance.get(reverse("desk:reconciliation-item", args=[right.id])).content.decode()
        assert one.number in page
        assert "可能是追偿款" in page
        assert "可能是追偿款" not in finance.get(reverse("desk:reconciliation-item", args=[other.id])).content.decode()
