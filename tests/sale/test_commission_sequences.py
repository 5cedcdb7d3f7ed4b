"""Whatever happens to premiums in whatever order: nothing stays paid for a premium that was not kept, nothing is above
the filed cap, and room and ledger agree (OVER-2)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baohe.flows import bookkeeping, earn_commission
from baohe.kernel.dates import add_years
from baohe.kernel.money import apply_bp
from baohe.plumbing import clock
from baohe.rooms.commission import facade as commission
from baohe.rooms.commission.contracts import EarnedPart, Sale
from baohe.rooms.commission.models import Attribution, Earning, Move, Part
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.policies.contracts import PolicyView
from tests.sale import steps
from tests.sale.commission_steps import in_force, registered
from tests.sale.test_settle import in_parallel
from tests.sale.world import Customer, customer
from tests.shelf import put_on_sale

pytestmark = pytest.mark.rule("OVER-2")

CAP_BP = 2_000
VERSION = "songtao-accident@2026-01-15"
INSURERS = ("songtao", "haijia")
SOLD = date(2026, 11, 22)

premiums = st.tuples(st.just("premium"), st.sampled_from(INSURERS), st.integers(1, 10**7))
refunds = st.tuples(st.just("refund"), st.sampled_from(INSURERS), st.integers(1, 2 * 10**7))
others = st.tuples(st.sampled_from(["round", "hold", "release", "lapse"]), st.just(""), st.integers(0, 6))


@pytest.fixture
def terms_in_force(lin: Customer):
    producer = registered()
    in_force(VERSION, (CAP_BP, 700, 300), 6_000, ((12, 10_000), (24, 4_000)))
    return producer


def post(kind: str, ref: str, on: date, postings) -> None:
    joined = ledger.joined(postings)
    if joined:
        ledger.post(ledger.Entry(kind, ref, 7, on, "", joined))


def sale(producer, pay_years: int) -> Sale:
    proposal_id = uuid4()
    Attribution.objects.create(proposal_id=proposal_id, producer_id=producer.id, made_at=clock.now())
    return Sale(uuid4(), "P1", 7, proposal_id, VERSION, "accident", CAP_BP, pay_years, SOLD)


def earn_all(today: date) -> None:
    last = None
    while due := commission.due_parts(today, last, 3):
        for part in due:
            done = commission.earn(part.id)
            if isinstance(done, EarnedPart):
                post("commission_due", done.ref, done.on, done.postings)
        last = due[-1]


@pytest.mark.django_db
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.sampled_from([1, 5, 20]), st.lists(st.one_of(premiums, refunds, others), min_size=1, max_size=12))
def test_any_sequence_keeps_commission_only_for_premium_that_is_kept(terms_in_force, pay_years, happened):
    producer = terms_in_force
    sold = sale(producer, pay_years)
    before = ledger.balance("platform/commission_cost")
    kept = dict.fromkeys(INSURERS, 0)
    for number, (what, insurer, figure) in enumerate(happened):
        ref, on = f"{sold.policy_id}:{number}", add_years(SOLD, number // 3)
        if what == "premium":
            booking = commission.on_premium(sold, insurer, figure, ref, on)
            assert commission.on_premium(sold, insurer, figure, ref, on) == booking
            post("premium_received", ref, on, booking.postings)
            kept[insurer] += figure
        elif what == "refund":
            fen = min(figure, kept[insurer])
            went = commission.on_refund(sold.policy_id, insurer, fen, "refunded", on)
            assert (went is None) == (not Earning.objects.filter(policy_id=sold.policy_id, insurer=insurer).exists())
            post("premium_refunded", ref, on, went.postings if went else ())
            kept[insurer] -= fen
        elif what == "round":
            earn_all(add_years(on, figure))
        elif what == "lapse":
            for ended in commission.on_end(sold.policy_id, "lapsed", on):
                post("commission_ended", ended.ref, ended.on, ended.postings)
        else:
            commission.hold(sold.policy_id, on) if what == "hold" else commission.release(sold.policy_id)
        assert commission.problems() == []
    for insurer in INSURERS:
        _within(sold, insurer, kept[insurer])
    for insurer in INSURERS:
        went = commission.on_refund(sold.policy_id, insurer, kept[insurer], "refunded", on)
        post("premium_refunded", f"{sold.policy_id}:{insurer}", on, went.postings if went else ())
    assert ledger.balance("platform/commission_cost") == before
    assert not Part.objects.filter(earning__policy_id=sold.policy_id, amount_fen__gt=0).exists()
    assert commission.problems() == []


def _within(sold: Sale, insurer: str, kept_fen: int) -> None:
    rows = Earning.objects.filter(policy_id=sold.policy_id, insurer=insurer)
    platform = sum(move.earned_fen + move.deferred_fen for row in rows for move in row.moves.all())
    producers = sum(move.producer_fen for row in rows for move in row.moves.all())
    assert sum(row.premium_fen - row.returned_fen for row in rows) == kept_fen
    assert 0 <= producers <= platform <= apply_bp(kept_fen, CAP_BP) + len(rows)  # a rounding a premium


@pytest.mark.field_bug(21)
@pytest.mark.django_db(transaction=True)
def test_two_workers_earn_each_part_once(now: None):
    put_on_sale()
    policy = _long(customer())
    later = add_years(policy.start, 1)
    bookkeeping.premium(policy, policy.dues[0].amount_fen, f"{policy.id}:2", "deduction", policy.dues[0].on)
    due = commission.due_parts(later, None, 10)
    with clock.travel(datetime(later.year, later.month, later.day, 4, tzinfo=UTC) + timedelta(days=1)):
        in_parallel(4, lambda: [earn_commission._earn(part) for part in due])
        earn_commission.round_()
    assert Move.objects.filter(reason="earned").count() == len(due) == 1
    assert commission.problems() == []


def _long(lin: Customer) -> PolicyView:
    inputs = {"term": "20y", "pay_period": "10", "sum_insured": "500000"}
    proposal = steps.drafted(lin, product="yunshan-term-life", instalment="yearly", inputs=inputs)
    return steps.sold(proposal, "yearly")
