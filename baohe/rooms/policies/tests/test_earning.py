"""Earned premium by day: the rule, and the same rule over all policies at the database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baohe.kernel.dates import SHANGHAI, Period
from baohe.plumbing import clock
from baohe.rooms.policies.earning import earned_on
from baohe.rooms.policies.models import Policy, PremiumReceipt
from baohe.rooms.policies.rules.earning import Earned, Premium, earned_by

DAYS = st.dates(date(2023, 12, 1), date(2028, 3, 31))
AMOUNTS = st.integers(1, 10**11)


@st.composite
def premiums(draw):
    start, days, whole = draw(DAYS), draw(st.integers(1, 1_500)), draw(AMOUNTS)
    paid = draw(st.integers(1, whole))
    left = draw(st.none() | st.integers(0, days).map(lambda n: start + timedelta(days=n)))
    refund = 0 if left is None else draw(st.integers(0, paid))
    return Premium(Period(start, start + timedelta(days=days)), whole, paid, left, refund)


@given(premium=premiums(), day=DAYS)
def test_earned_and_unearned_are_what_was_written(premium, day):
    told = earned_by(premium, day)
    assert told.earned_fen + told.unearned_fen == told.written_fen
    assert 0 <= told.unearned_fen <= premium.paid_fen


@given(premium=premiums().filter(lambda premium: premium.left_on is None))
def test_cover_is_earned_day_by_day_and_wholly_at_the_end(premium):
    last = premium.period.end - timedelta(days=1)
    assert earned_by(premium, premium.period.start - timedelta(days=1)).earned_fen == 0
    assert earned_by(premium, last).unearned_fen == 0
    middle = premium.period.start + timedelta(days=premium.period.days // 2)
    days = [premium.period.start, middle, last]
    earned = [earned_by(premium, day).earned_fen for day in sorted(days)]
    assert earned == sorted(earned)


@given(whole=AMOUNTS, days=st.integers(1, 400))
def test_the_days_of_a_contract_re_add_to_its_premium(whole, days):
    start = date(2026, 1, 1)
    premium = Premium(Period(start, start + timedelta(days=days)), whole, whole)
    known, total = 0, 0
    for number in range(days):
        earned = earned_by(premium, start + timedelta(days=number)).earned_fen
        total += earned - known
        known = earned
    assert total == whole


@pytest.mark.rule("SERV-3")
@pytest.mark.parametrize(
    ("day", "unearned"),
    [
        (date(2027, 1, 1), 6_500 - 18),  # net ¥65.00, one of 365 days given
        (date(2027, 7, 1), 6_500 - 3_241),
        (date(2027, 12, 31), 0),
    ],
)
def test_the_cash_value_of_accident_cover_is_the_net_premium_of_the_days_left(day, unearned):
    premium = Premium(Period(date(2027, 1, 1), date(2028, 1, 1)), 10_000, 10_000)
    assert earned_by(premium, day, net_bp=6_500).unearned_fen == unearned


def test_leaving_earns_what_was_kept():
    premium = Premium(Period(date(2027, 1, 1), date(2028, 1, 1)), 10_000, 10_000, date(2027, 2, 1), 9_000)
    assert earned_by(premium, date(2027, 2, 1)) == Earned(1_000, 1_000, 0)
    assert earned_by(premium, date(2027, 1, 31)).written_fen == 10_000


def row(premium, issued_on, by_partner):
    number = uuid4()
    left_at = None
    if premium.left_on is not None:
        left_at = datetime.combine(premium.left_on, time(23, 59, 59), SHANGHAI)
    sale = {"proposal_id": uuid4(), "payment_id": uuid4()}
    return Policy(
        id=number,
        shard_key=1,
        number=number.hex[:20],
        account_id=uuid4(),
        product_code="p",
        version_id="p@1",
        inputs={},
        sum_insured_fen=1,
        start=premium.period.start,
        end=premium.period.end,
        premium_fen=premium.premium_fen,
        paid_fen=0 if by_partner else premium.paid_fen,
        total_fen=premium.premium_fen,
        issued_at=datetime.combine(issued_on, time(0, 0), SHANGHAI),
        cancelled_at=left_at,
        refund_fen=None if left_at is None else premium.refund_fen,
        **({"partner_id": uuid4(), "partner_reference": number.hex} if by_partner else sale),
    )


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(sold=st.lists(st.tuples(premiums(), st.integers(0, 30)), min_size=1, max_size=6), day=DAYS)
def test_the_database_says_the_same_over_all_policies(sold, day):
    rows = [row(p, p.period.start - timedelta(days=ahead), by_partner=False) for p, ahead in sold]
    with transaction.atomic():
        Policy.objects.bulk_create(rows)
        told = earned_on(day)
        transaction.set_rollback(True)  # a policy cannot be deleted
    known = [earned_by(p, day) for p, ahead in sold if p.period.start - timedelta(days=ahead) <= day]
    assert [(view.policies, view.written_fen, view.unearned_fen) for view in told] == (
        [(len(known), sum(one.written_fen for one in known), sum(one.unearned_fen for one in known))] if known else []
    )
    assert all(view.earned_fen + view.unearned_fen == view.written_fen for view in told)


@pytest.mark.django_db
def test_cover_on_account_is_written_whole():
    premium = Premium(Period(date(2027, 1, 1), date(2027, 1, 11)), 1_000, 1_000)
    Policy.objects.bulk_create([row(premium, date(2026, 12, 31), by_partner=True)])
    [view] = earned_on(date(2027, 1, 5))
    assert (view.written_fen, view.earned_fen, view.unearned_fen) == (1_000, 500, 500)


@pytest.mark.django_db
def test_an_instalment_counts_from_the_day_it_came_in_and_a_lapse_earns_what_was_paid():
    start = date(2027, 1, 1)
    premium = Premium(Period(start, date(2028, 1, 1)), 36_500, 3_100)
    policy = row(premium, start, by_partner=False)
    policy.dues = [{"on": "2027-02-01", "amount_fen": 3_100}]
    Policy.objects.bulk_create([policy])
    PremiumReceipt.objects.create(
        id=uuid4(),
        policy=policy,
        shard_key=1,
        number=2,
        amount_fen=3_100,
        payment_id=uuid4(),
        provider="deduction",
        received_on=date(2027, 2, 1),
    )
    told = [earned_on(day)[0] for day in (date(2027, 1, 31), date(2027, 2, 1))]
    assert [(one.written_fen, one.unearned_fen) for one in told] == [(3_100, 0), (6_200, 6_200 - 3_200)]
    Policy.objects.filter(id=policy.id).update(lapsed_on=date(2027, 2, 10))
    assert [earned_on(date(2027, 2, day))[0].unearned_fen for day in (9, 10)] == [6_200 - 4_000, 0]


@pytest.mark.django_db
@pytest.mark.field_bug(17)
def test_the_day_is_shanghais_whatever_the_clock_of_the_machine():
    premium = Premium(Period(date(2027, 2, 1), date(2027, 3, 1)), 2_800, 2_800)
    policy = row(premium, date(2027, 1, 31), by_partner=False)
    policy.issued_at = datetime(2027, 1, 31, 15, 59, 59, tzinfo=UTC)  # one second before 1 February in Shanghai
    Policy.objects.bulk_create([policy])
    with clock.travel(datetime(2027, 1, 31, 16, tzinfo=UTC)):
        assert earned_on(date(2027, 1, 30)) == []
        assert earned_on(date(2027, 1, 31))[0].unearned_fen == 2_800
        assert earned_on(date(2027, 2, 28))[0].unearned_fen == 0
