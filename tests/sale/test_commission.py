"""Commission of a real sale: who is owed what, when, and what goes back (OVER-2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from baohe.flows import bookkeeping, cancel, earn_commission
from baohe.kernel.dates import add_years
from baohe.plumbing import clock
from baohe.plumbing.outbox import Event
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.commission import facade as commission
from baohe.rooms.commission.models import Earning, Move, Part
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView, ProposalView
from tests.sale import steps
from tests.sale.commission_steps import ended, in_force, registered
from tests.sale.world import Customer

pytestmark = [pytest.mark.django_db, pytest.mark.rule("OVER-2")]

MEDICAL = "haijia-medical-a@2026-03-01"
LIFE = "yunshan-term-life"
LIFE_VERSION = "yunshan-term-life@2026-02-01"
LONG = {"term": "20y", "pay_period": "10", "sum_insured": "500000"}
DEFERRED = "platform/commission_deferred"


def owed(producer) -> int:
    """What the ledger owes the producer; negative: the producer owes."""
    return -ledger.balance(f"producer/{producer.id}")


def long_proposal(lin: Customer) -> ProposalView:
    return steps.drafted(lin, product=LIFE, instalment="yearly", inputs=LONG)


def event(policy: PolicyView) -> Event:
    return Event(1, "policies.lapsed", str(policy.id), {"policy_id": str(policy.id)}, 1)


def at(day: date):
    return clock.travel(datetime(day.year, day.month, day.day, 4, tzinfo=UTC))


def suspended(policy: PolicyView) -> None:
    with transaction.atomic():
        policies.suspend(policy.id, clock.today())
    earn_commission.cover_moved(event(policy))


def booked(policy: PolicyView, number: int) -> None:
    """Instalment `number` (2 = the first later one) came in on its day."""
    due = policy.dues[number - 2]
    bookkeeping.premium(policy, due.amount_fen, f"{policy.id}:{number}", "deduction", due.on)


def test_a_registered_producer_is_owed_a_share_of_the_platforms_commission(lin: Customer):
    producer = registered()
    in_force(MEDICAL, (1_500,), share_bp=6_000)
    proposal = steps.drafted(lin)
    commission.attribute(proposal.id, producer.code)
    policy = steps.sold(proposal)
    whole = policy.paid_fen * 1_500 // 10_000
    assert ledger.balance("insurer/haijia/commission_expense") == whole
    assert owed(producer) == whole * 6_000 // 10_000
    assert commission.problems() == []


def test_without_a_producer_and_without_terms_the_filed_rate_is_earned_at_once(lin: Customer):
    policy = steps.sold(steps.drafted(lin))
    cap_bp = catalog.version(policy.version_id).commission_bp
    assert ledger.balance("platform/commission_earned") == -(policy.paid_fen * cap_bp // 10_000)
    assert ledger.balance("platform/commission_cost") == 0


def test_who_left_the_register_before_the_sale_is_refused_with_the_reason_and_nothing_is_posted(lin: Customer):
    producer = registered(first_day=clock.today() - timedelta(days=90))
    in_force(MEDICAL, (1_500,))
    proposal = steps.drafted(lin)
    commission.attribute(proposal.id, producer.code)
    ended(producer.id, clock.today() - timedelta(days=1))
    policy = steps.sold(proposal)
    assert owed(producer) == 0
    assert ledger.balance("platform/commission_cost") == 0
    assert Move.objects.get().producer_id is None
    (refused,) = commission.account(producer.id).refused
    assert (refused.number, refused.reason) == (policy.number, "not_registered")


@pytest.fixture
def long(lin: Customer):
    """Paid for ten years, sold by a producer; 3,000 bp in the first year, 1,000 in the second, nothing after."""
    producer = registered()
    in_force(LIFE_VERSION, (3_000, 1_000), 5_000, ((12, 10_000), (24, 5_000)))
    proposal = long_proposal(lin)
    commission.attribute(proposal.id, producer.code)
    return producer, steps.sold(proposal, "yearly")


@pytest.mark.field_bug(21)
def test_a_long_contract_earns_over_five_years_and_a_second_round_earns_nothing_twice(long):
    producer, policy = long
    whole = policy.paid_fen * 3_000 // 10_000
    assert ledger.balance(DEFERRED) == -(whole - -(-whole // 6))
    assert earn_commission.round_() == 0
    with at(add_years(policy.start, 1)):
        booked(policy, 2)
        assert earn_commission.round_() == 1
        assert earn_commission.round_() == 0
        assert commission.problems() == []
    assert Move.objects.filter(reason="earned").count() == 1
    part = Part.objects.get(state="earned")
    with pytest.raises(DatabaseError), transaction.atomic():
        Part.objects.filter(id=part.id).update(state="waiting")
    for number in range(3, 7):
        booked(policy, number)
    with at(add_years(policy.start, 5)):
        earn_commission.round_()
    first = Earning.objects.get(policy_id=policy.id, is_first=True)
    assert not first.parts.exclude(state="earned").exists()
    assert sum(move.earned_fen for move in first.moves.all()) == whole
    assert commission.problems() == []


def test_rates_follow_the_policy_year(long):
    _, policy = long
    for number in (2, 3):
        booked(policy, number)
    assert list(Earning.objects.order_by("id").values_list("rate_bp", flat=True)) == [3_000, 1_000, 0]


def test_a_part_is_not_earned_while_the_premium_of_its_year_is_unpaid(long):
    _, policy = long
    with at(add_years(policy.start, 1) + timedelta(days=10)):
        assert earn_commission.round_() == 0
        booked(policy, 2)
        assert earn_commission.round_() == 1


def test_a_suspended_policy_earns_nothing_until_it_is_reinstated(long):
    _, policy = long
    suspended(policy)
    with at(add_years(policy.start, 1)):
        booked(policy, 2)
        assert earn_commission.round_() == 0
        with transaction.atomic():
            policies.resume(policy.id, clock.today())
        earn_commission.cover_moved(event(policy))
        assert earn_commission.round_() == 1
    assert commission.problems() == []


def test_a_lapse_in_the_first_year_takes_everything_back(long):
    producer, policy = long
    suspended(policy)
    with at(policy.start + timedelta(days=500)):  # the table counts from the suspension
        earn_commission.lapsed(event(policy))
        earn_commission.lapsed(event(policy))
    assert (owed(producer), ledger.balance(DEFERRED)) == (0, 0)
    assert ledger.balance("insurer/yunshan/commission_expense") == 0
    assert [move.reason for move in commission.account(producer.id).items] == ["lapsed", "accrued"]
    assert commission.problems() == []


def test_a_lapse_in_the_second_year_takes_half_of_what_was_earned(long):
    producer, policy = long
    before = owed(producer)
    with at(policy.start + timedelta(days=500)):
        earn_commission.lapsed(event(policy))
    assert owed(producer) == before - (before + 1) // 2
    assert ledger.balance(DEFERRED) == 0
    assert commission.problems() == []


def test_leaving_in_the_cooling_off_period_takes_all_of_it_back(long):
    producer, policy = long
    leaving = cancel.leaving_today(policy.account_id, policy.id)
    assert leaving.refund_fen == policy.paid_fen
    cancel.cancel_policy(policy.account_id, policy.id, leaving.refund_fen, "once")
    assert (owed(producer), ledger.balance(DEFERRED)) == (0, 0)
    assert ledger.balance("insurer/yunshan/commission_expense") == 0
    assert commission.problems() == []


def test_an_endorsement_that_lowers_the_premium_takes_its_part_back_and_a_repeat_nothing(long):
    producer, policy = long
    for _ in range(2):
        bookkeeping.refund(policy, 10_000, "endorsement-1", clock.today(), reason="endorsed")
    kept = (policy.paid_fen * 3_000 + 5_000) // 10_000 - 3_000
    assert ledger.balance("insurer/yunshan/commission_expense") == kept
    assert commission.account(producer.id).items[0].reason == "endorsed"
    assert commission.problems() == []


@pytest.mark.field_bug(17)
def test_commission_paid_and_then_the_invoice_cancelled_is_carried_as_a_debt_of_the_producer(lin: Customer):
    """The producer has the money already when the premium goes back: the account turns negative and waits there for
    the next statement; the fix is undone when the claw-back stops at what is still payable."""
    producer = registered()
    in_force(MEDICAL, (1_500,))
    proposal = steps.drafted(lin)
    commission.attribute(proposal.id, producer.code)
    policy = steps.sold(proposal)
    paid = owed(producer)
    ledger.post(
        ledger.Entry(
            "producer_paid", "statement-1", 0, clock.today(), "", ledger.movements.producer_paid(producer.id, paid)
        )
    )
    assert owed(producer) == 0
    refund = cancel.leaving_today(policy.account_id, policy.id).refund_fen
    assert refund == policy.paid_fen
    cancel.cancel_policy(policy.account_id, policy.id, refund, "once")
    account = commission.account(producer.id).account
    assert owed(producer) == account.payable_fen == -paid
    assert (account.earned_fen, account.clawed_back_fen, account.paid_fen) == (paid, paid, paid)
    assert ledger.balance("insurer/haijia/commission_expense") == 0
    assert commission.problems() == []


def test_a_difference_between_room_and_ledger_is_told(long):
    producer, policy = long
    ledger.post(
        ledger.Entry(
            "adjustment", "x", 0, clock.today(), "",
            ledger.movements.producer_owed(producer.id, 1) + ledger.movements.commission_due(1),
        )
    )  # fmt: skip
    assert len(commission.problems()) == 2
