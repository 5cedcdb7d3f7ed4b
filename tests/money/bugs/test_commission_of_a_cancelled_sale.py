"""A bug of the field: commission is paid out, the sale is cancelled, and the producer keeps what nobody earned."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from baohe.flows import cancel
from baohe.plumbing import clock
from baohe.rooms.commission import facade as commission
from baohe.rooms.commission.actions import book
from baohe.rooms.commission.models import Earning
from baohe.rooms.ledger import facade as ledger
from tests.sale import steps
from tests.sale.commission_steps import in_force, registered
from tests.sale.world import Customer

pytestmark = [pytest.mark.django_db, pytest.mark.rule("OVER-2")]


@dataclass(frozen=True, slots=True)
class Ended:
    """In fen: what the producer was paid, what the next statement will hold (negative: is taken back from it), and
    what the platform is left to bear."""

    paid_fen: int
    payable_fen: int
    borne_fen: int


def paid_and_then_cancelled(lin: Customer) -> Ended:
    """A sale by a producer, its commission paid out, and the customer leaves in the cooling-off period."""
    producer = registered()
    in_force(steps.MEDICAL + "@2026-03-01", (1_500,))
    proposal = steps.drafted(lin)
    commission.attribute(proposal.id, producer.code)
    policy = steps.sold(proposal)
    paid_fen = -ledger.balance(f"producer/{producer.id}")
    paid = ledger.movements.producer_paid(producer.id, paid_fen)
    ledger.post(ledger.Entry("producer_paid", "statement-1", 0, clock.today(), "", paid))
    cancel.cancel_policy(policy.account_id, policy.id, policy.paid_fen, "once")
    account = commission.account(producer.id).account
    return Ended(paid_fen, account.payable_fen, ledger.balance("platform/commission_cost"))


def test_commission_of_a_cancelled_sale_is_carried_as_the_producers_debt(lin: Customer):
    ended = paid_and_then_cancelled(lin)
    assert ended == Ended(ended.paid_fen, -ended.paid_fen, 0)
    assert ended.paid_fen > 0
    assert commission.problems() == []


def test_commission_of_a_cancelled_sale_is_kept_without_a_debt(lin: Customer, monkeypatch: pytest.MonkeyPatch):
    """The layer is that an account may turn negative: a claw-back that stops at what is still payable finds nothing,
    for it was all paid. Account and ledger part ways, which the check tells."""
    owed = book._owed

    def while_there_is_something(row: Earning, amount_fen: int) -> book.Postings:
        return owed(row, max(amount_fen, min(0, ledger.balance(f"producer/{row.producer_id}"))))

    monkeypatch.setattr(book, "_owed", while_there_is_something)
    ended = paid_and_then_cancelled(lin)
    assert ended.borne_fen == ended.paid_fen
    assert len(commission.problems()) == 1
