"""Grace, suspension, reinstatement and the end, each on its day (SERV-8)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from baohe.flows import collect_instalment, reinstate
from baohe.flows.cancel import cancel_policy, leaving_today
from baohe.kernel.dates import add_years
from baohe.kernel.errors import Conflict, InvalidInput, NotFound
from baohe.rooms.billing import facade as billing
from baohe.rooms.billing.contracts import ReinstatementView
from baohe.rooms.claims.rules.assess import Cover
from baohe.rooms.consent import facade as consent
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.policies.models import Suspension
from tests.billing import steps
from tests.billing.bank import Bank
from tests.sale import steps as sale
from tests.sale.world import Customer

CHENG = UUID("019307a2-0000-7000-8000-000000000001")
DUE = date(2027, 11, 23)
LAST = DUE + timedelta(days=60)
OFF = LAST + timedelta(days=1)
RECEIVABLE = "insurer/yunshan/premium_receivable"


def state_on(policy: PolicyView, day: date) -> str:
    with steps.on(day):
        return steps.seen(policy).state


def suspended(lin: Customer) -> PolicyView:
    policy = steps.yearly(lin)
    steps.round_on(DUE)
    steps.round_on(OFF)
    return policy


def allowed(policy: PolicyView) -> ReinstatementView:
    request = reinstate.ask(policy.account_id, policy.id, True, "", True)
    return reinstate.decide(CHENG, "程立", request.id, True, "健康告知无变化")


@pytest.mark.rule("SERV-8")
def test_a_long_contract_is_covered_to_the_last_day_of_grace_and_suspended_after_it(lin: Customer, bank: Bank) -> None:
    policy = steps.yearly(lin)
    steps.round_on(DUE)
    steps.round_on(LAST)
    assert (state_on(policy, LAST), ledger.balance(RECEIVABLE)) == ("in_force", policy.premium_fen)
    steps.round_on(OFF)
    assert (state_on(policy, LAST), state_on(policy, OFF)) == ("in_force", "suspended")
    assert (ledger.balance(RECEIVABLE), steps.item(policy, 2).state) == (0, "owed")
    assert (steps.messages(lin)[-1], steps.events("policies.suspended")) == ("policy_suspended", 1)
    assert evidence.leaf_of(f"{policy.id}:{OFF}", "policy_suspended") is not None
    steps.round_on(OFF)
    assert (steps.events("policies.suspended"), Suspension.objects.count()) == (1, 1)
    with steps.on(OFF), pytest.raises(billing.NotPayable):
        collect_instalment.pay_by_hand(lin.id, policy.id, 2, "k1")
    assert ledger.check() == []


@pytest.mark.rule("SERV-8")
def test_a_contract_of_a_year_ends_for_good_after_its_thirty_days(lin: Customer, bank: Bank) -> None:
    policy = steps.monthly(lin)
    due, last = date(2026, 12, 23), date(2027, 1, 22)
    steps.round_on(due)
    steps.round_on(last)
    assert state_on(policy, last) == "in_force"
    steps.round_on(last + timedelta(days=1))
    assert (state_on(policy, last), state_on(policy, last + timedelta(days=1))) == ("in_force", "lapsed")
    assert {one.state for one in billing.plan_of(policy.id)} == {"dropped"}
    assert ledger.balance("insurer/haijia/premium_receivable") == 0
    assert steps.messages(lin)[-1] == "policy_lapsed"
    with steps.on(last + timedelta(days=2)):
        assert not leaving_today(lin.id, policy.id).allowed
        [earned] = policies.earned_on(last + timedelta(days=2))
    assert (earned.written_fen, earned.unearned_fen) == (2_600, 0)


@pytest.mark.rule("SERV-8")
@pytest.mark.rule("SERV-9")
def test_cover_runs_again_from_the_day_everything_owed_is_paid(lin: Customer, bank: Bank) -> None:
    policy = suspended(lin)
    later = add_years(DUE, 1) + timedelta(days=3)
    steps.round_on(later)
    assert [steps.item(policy, n).state for n in (2, 3, 4)] == ["owed", "owed", "planned"]
    with steps.on(later):
        request = reinstate.ask(lin.id, policy.id, False, "今年做过一次胃镜", True)
        assert reinstate.ask(lin.id, policy.id, True, "", True).id == request.id
        assert consent.is_granted(lin.id, "health", str(request.id))
        with pytest.raises(billing.NotReinstatable):
            reinstate.pay(lin.id, policy.id, "k1")
        with pytest.raises(InvalidInput):
            reinstate.decide(CHENG, "程立", request.id, True, " ")
        reinstate.decide(CHENG, "程立", request.id, True, "胃镜无异常")
        intent = reinstate.pay(lin.id, policy.id, "k2")
        assert intent.amount_fen == 2 * policy.premium_fen
        assert sale.told(intent).word == "accepted"
        again = steps.seen(policy)
    assert (again.state, again.paid_fen) == ("in_force", 3 * policy.premium_fen)
    assert [(time.since, time.until) for time in again.suspensions] == [(OFF, later)]
    assert [again.without_cover_on(day) for day in (LAST, OFF, later, later + timedelta(days=1))] == [
        False,
        True,
        True,
        False,
    ]
    assert (steps.messages(lin)[-1], billing.reinstatement(request.id).state) == ("policy_reinstated", "done")
    assert (ledger.balance(RECEIVABLE), ledger.check()) == (0, [])
    steps.round_on(add_years(DUE, 2))
    assert steps.item(policy, 4).state == "due"


@pytest.mark.rule("SERV-9")
def test_a_wish_that_was_declined_changes_nothing_and_may_be_repeated(lin: Customer, bank: Bank) -> None:
    policy = suspended(lin)
    with steps.on(OFF):
        request = reinstate.ask(lin.id, policy.id, False, "在住院", True)
        said = reinstate.decide(CHENG, "程立", request.id, False, "住院期间不能复效，出院后可以再申请")
        assert (said.state, said.decided_by_name) == ("declined", "程立")
        with pytest.raises(billing.NotReinstatable):
            reinstate.pay(lin.id, policy.id, "k1")
        with pytest.raises(billing.NotReinstatable):
            reinstate.decide(CHENG, "程立", request.id, True, "改主意")
        assert reinstate.ask(lin.id, policy.id, True, "", True).id != request.id
    assert (state_on(policy, OFF), steps.seen(policy).paid_fen) == ("suspended", policy.premium_fen)


@pytest.mark.rule("SERV-8")
def test_two_years_after_the_suspension_only_its_end_is_left(lin: Customer, bank: Bank) -> None:
    policy = suspended(lin)
    last = add_years(OFF, 2)
    with steps.on(last):
        assert not reinstate.may_be_ended(steps.seen(policy))
        with pytest.raises(Conflict):
            reinstate.end_contract(CHENG, "程立", policy.id, 0, "两年未复效")
        allowed(policy)
    with steps.on(last + timedelta(days=1)):
        with pytest.raises(billing.NotReinstatable):
            reinstate.pay(lin.id, policy.id, "k1")
        value = leaving_today(lin.id, policy.id).refund_fen
        ended = reinstate.end_contract(CHENG, "程立", policy.id, value, "两年未复效")
        assert reinstate.may_be_ended(steps.seen(policy))
    assert (ended.policy.state, ended.refund_fen) == ("lapsed", value)
    assert {one.state for one in billing.plan_of(policy.id) if one.number > 1} == {"dropped"}
    assert ledger.check() == []


def test_only_the_owner_and_only_with_consent(lin: Customer, bank: Bank) -> None:
    policy = suspended(lin)
    with steps.on(OFF):
        for act in (
            lambda: reinstate.ask(uuid4(), policy.id, True, "", True),
            lambda: reinstate.pay(uuid4(), policy.id, "k1"),
        ):
            with pytest.raises(NotFound):
                act()
        with pytest.raises(InvalidInput):
            reinstate.ask(lin.id, policy.id, True, "", False)
    assert billing.reinstatement_of(policy.id) is None


def test_money_for_a_reinstatement_that_came_too_late_goes_back(lin: Customer, bank: Bank) -> None:
    policy = suspended(lin)
    with steps.on(OFF):
        allowed(policy)
        intent = reinstate.pay(lin.id, policy.id, "k1")
        cancel_policy(lin.id, policy.id, leaving_today(lin.id, policy.id).refund_fen, "k2")
        sale.told(intent)
    assert payments.intent(intent.id).surplus
    assert (steps.seen(policy).paid_fen, state_on(policy, OFF)) == (policy.premium_fen, "cancelled")


@pytest.mark.rule("SALE-9")
def test_leaving_gives_back_to_each_payment_the_latest_first(lin: Customer, bank: Bank) -> None:
    policy = steps.monthly(lin)
    with steps.on(date(2026, 12, 1)):
        steps.paid_by_hand(lin, policy, 2)
    steps.bound(lin)
    steps.round_on(date(2027, 1, 23))
    with steps.on(date(2027, 1, 24)):
        now = steps.seen(policy)
        value = leaving_today(lin.id, policy.id).refund_fen
        assert 0 < value < now.paid_fen == 7_800
        cancel_policy(lin.id, policy.id, value, "k1")
        parts = [sum(r.amount_fen for r in payments.refunds_of(p)) for p in _payments(now)]
        assert sum(parts) == value
        assert parts == [max(0, value - 5_200), min(max(0, value - 2_600), 2_600), min(value, 2_600)]
        steps.work()
    assert ledger.balance("insurer/haijia/premium_refunded") == value
    assert ledger.check() == []


@pytest.mark.rule("SALE-9")
def test_what_was_paid_grows_by_receipts_only(lin: Customer, bank: Bank) -> None:
    policy = steps.yearly(lin)
    with steps.on(date(2027, 11, 1)):
        steps.paid_by_hand(lin, policy, 2)
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("UPDATE policies_policy SET paid_fen = paid_fen + 1")
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute("UPDATE policies_premiumreceipt SET amount_fen = 1")
    assert steps.seen(policy).paid_fen == 2 * policy.premium_fen


@pytest.mark.field_bug(18)
def test_the_database_keeps_suspensions_apart(lin: Customer) -> None:
    policy = steps.yearly(lin)
    with transaction.atomic():
        assert policies.suspend(policy.id, date(2028, 1, 1))
        assert not policies.suspend(policy.id, date(2028, 2, 1))
        assert policies.resume(policy.id, date(2028, 3, 1))
        assert not policies.resume(policy.id, date(2028, 3, 2))
    for since, until in (("2028-02-29", None), ("2027-12-01", "2028-01-02"), ("2028-01-10", "2028-01-20")):
        with pytest.raises(DatabaseError), transaction.atomic():
            Suspension.objects.create(id=uuid4(), policy_id=policy.id, shard_key=1, since=since, until=until)
    with transaction.atomic():
        assert policies.suspend(policy.id, date(2028, 3, 1))
    assert Cover(date(2028, 1, 1), date(2029, 1, 1), date(2028, 1, 1)).suspended is False


def _payments(policy: PolicyView) -> list[UUID]:
    assert policy.payment_id is not None
    return [policy.payment_id, *(receipt.payment_id for receipt in policy.receipts)]


def test_a_claim_in_a_suspended_time_goes_to_a_person_with_the_reason(lin: Customer, bank: Bank) -> None:
    from baohe.flows.settle_claim import submit_claim
    from baohe.rooms.claims import facade as claims
    from baohe.rooms.claims.contracts import FirstNotice

    policy = steps.monthly(lin)
    steps.round_on(date(2026, 12, 23))
    gone = date(2027, 1, 23)
    steps.round_on(gone)
    with steps.on(gone + timedelta(days=2)):
        notice = FirstNotice(policy.id, "other", "摔了一跤", gone)
        claim = claims.first_notice(lin.id, notice, "k1")
        settled = submit_claim(lin.id, claim.id, "k2")
    assert settled.decision is not None
    assert settled.decision.outcome == "refer"
    assert "policy_suspended" in {reason.code for reason in settled.decision.reasons}
