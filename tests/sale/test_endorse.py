"""批改 · 减少保额: what was shown comes back once, with its claw-back, and nothing else of the contract moves."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from baohe.flows import cancel, endorse, settle_claim
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.commission import facade as commission
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.models import Policy
from tests.claims import world as claimed
from tests.sale import steps
from tests.sale.commission_steps import in_force, registered
from tests.sale.endorse_steps import ACCIDENT, HIGH, LATER, insured, lowered, refunded, refused
from tests.sale.test_settle import events
from tests.sale.world import Customer


@pytest.mark.rule("SERV-2")
@pytest.mark.rule("SALE-9")
def test_the_difference_of_the_days_left_goes_back_to_the_payment_that_paid(lin: Customer) -> None:
    policy = insured(lin)
    with clock.travel(LATER):
        choices = endorse.lower_choices(lin.id, policy.id)
        assert [one.value for one in choices] == ["500000", "300000", "100000"]
        chosen = choices[1]
        assert chosen.refund_fen == chosen.lines[-1].amount_fen
        assert (chosen.valid_from, chosen.sum_insured.zh) == (date(2027, 3, 3), "30 万")
        before_cancel = cancel.leaving_today(lin.id, policy.id).refund_fen
        done = endorse.reduce_cover(lin.id, policy.id, "300000", chosen.refund_fen, "k1")
        after_cancel = cancel.leaving_today(lin.id, policy.id).refund_fen
    version = catalog.version(policy.version_id)
    net = 10_000 - version.expense_loading_bp
    drop = (policy.premium_fen * net + 5_000) // 10_000 - (chosen.premium_fen * net + 5_000) // 10_000
    elapsed = (date(2027, 3, 2) - policy.start).days + 1
    days = (policy.end - policy.start).days
    assert chosen.refund_fen == drop - (2 * drop * elapsed + days) // (2 * days)
    assert abs(after_cancel + chosen.refund_fen - before_cancel) <= 1
    assert policy.payment_id is not None
    [refund] = payments.refunds_of(policy.payment_id)
    assert (refund.amount_fen, refund.natural_key) == (chosen.refund_fen, f"endorse:{policy.id}:1")
    assert ledger.balance("refunds/payable") == -chosen.refund_fen
    assert evidence.leaf_of(str(done.endorsement.id), "policy_endorsed") is not None
    assert events("policies.endorsed") == [str(done.endorsement.id)]
    assert ledger.check() == []


def test_it_is_recorded_today_and_holds_from_the_next_midnight_in_shanghai(lin: Customer) -> None:
    policy = insured(lin)
    with clock.travel(LATER):
        today = lowered(policy)
        assert today.sum_insured_fen == 100_000_000
    with clock.travel(LATER.replace(hour=15, minute=59, second=59)):
        assert policies.policy(lin.id, policy.id).sum_insured_fen == 100_000_000
    with clock.travel(LATER.replace(hour=16, minute=0, second=0)):
        after = policies.policy(lin.id, policy.id)
        assert (after.sum_insured_fen, after.inputs["sum_insured"]) == (30_000_000, "300000")
        assert policies.as_of(after, date(2027, 3, 2)).sum_insured_fen == 100_000_000
        assert policies.as_of(after, date(2027, 3, 3)) == after
    assert Policy.objects.get(id=policy.id).sum_insured_fen == 100_000_000
    assert Policy.objects.get(id=policy.id).death_cover_fen == 30_000_000


@pytest.mark.rule("SERV-2")
def test_in_cooling_off_the_whole_difference_comes_back(lin: Customer) -> None:
    policy = insured(lin)
    chosen = next(one for one in endorse.lower_choices(lin.id, policy.id) if one.value == "100000")
    assert chosen.refund_fen == policy.premium_fen - chosen.premium_fen
    lowered(policy, "100000")
    leaving = cancel.leaving_today(lin.id, policy.id)
    assert leaving.refund_fen == chosen.premium_fen
    cancel.cancel_policy(lin.id, policy.id, leaving.refund_fen, "k2")
    assert ledger.balance("insurer/songtao/premium_refunded") == policy.paid_fen
    refunded(policy)
    assert policies.policy(lin.id, policy.id).refunded_at is not None
    assert (ledger.balance("wallet/clearing"), ledger.balance("refunds/payable")) == (0, 0)
    assert (ledger.check(), payments.check()) == ([], [])


@pytest.mark.rule("OVER-2")
def test_commission_is_clawed_back_with_the_premium_as_postings_with_their_reason(lin: Customer) -> None:
    producer = registered()
    in_force(f"{ACCIDENT}@2026-01-15", (1_500,))
    proposal = steps.drafted(lin, product=ACCIDENT, inputs=HIGH)
    commission.attribute(proposal.id, producer.code)
    policy = steps.sold(proposal)
    owed = -ledger.balance(f"producer/{producer.id}")
    earned = -ledger.balance("platform/commission_earned")
    assert owed > 0 < earned
    with clock.travel(LATER):
        after = lowered(policy, "100000")
        back = after.endorsed_fen
        account = commission.account(producer.id)
    kept_fen = policy.paid_fen - back
    assert -ledger.balance(f"producer/{producer.id}") == (kept_fen * 900 + 5_000) // 10_000 < owed
    assert [move.reason for move in account.items] == ["endorsed", "accrued"]
    assert ledger.balance("platform/commission_clawed_back") == earned - (kept_fen * 1_500 + 5_000) // 10_000
    entry = ledger.entry_of(policy.shard_key, "premium_refunded", f"endorse:{policy.id}:1")
    assert entry is not None
    moved = {posting.account for posting in entry.postings}
    assert moved >= {"platform/commission_clawed_back", "insurer/songtao/premium_refunded"}
    assert any(account.startswith(f"producer/{producer.id}") for account in moved)
    assert (commission.problems(), ledger.check()) == ([], [])


def test_two_in_a_row_and_leaving_add_up_and_never_pass_what_was_paid(lin: Customer) -> None:
    policy = insured(lin)
    with clock.travel(LATER):
        lowered(policy, "500000")
        refused(lambda: endorse.lower_choices(lin.id, policy.id), "上一次")
        refunded(policy)
    with clock.travel(LATER + timedelta(days=60)):
        assert [one.value for one in endorse.lower_choices(lin.id, policy.id)] == ["300000", "100000"]
        twice = lowered(policy, "100000")
        assert [one.number for one in twice.endorsements] == [1, 2]
        refunded(policy)
    with clock.travel(LATER + timedelta(days=120)):
        leaving = cancel.leaving_today(lin.id, policy.id)
        cancel.cancel_policy(lin.id, policy.id, leaving.refund_fen, "k9")
        refunded(policy)
    assert policy.payment_id is not None
    parts = payments.refunds_of(policy.payment_id)
    assert [part.amount_fen > 0 for part in parts] == [True] * 3
    total = sum(part.amount_fen for part in parts)
    assert total == twice.endorsed_fen + leaving.refund_fen == ledger.balance("insurer/songtao/premium_refunded")
    assert total < policy.paid_fen
    assert ledger.balance("wallet/clearing") == policy.paid_fen - total
    assert (ledger.check(), payments.check(), commission.problems()) == ([], [], [])


def test_the_reserve_after_it_is_that_of_the_smaller_contract(lin: Customer) -> None:
    policy = insured(lin)
    with clock.travel(LATER):
        after = lowered(policy)
        [one] = [one for one in policies.earned_on(clock.today()) if one.version_id == policy.version_id]
    new_fen, days = after.endorsements[0].after.total_fen, (policy.end - policy.start).days
    elapsed = (date(2027, 3, 2) - policy.start).days + 1
    assert one.written_fen == policy.paid_fen - after.endorsed_fen
    assert one.unearned_fen == new_fen - (2 * new_fen * elapsed + days) // (2 * days)
    [before] = [x for x in policies.earned_on(date(2027, 3, 1)) if x.version_id == policy.version_id]
    assert before.written_fen == policy.paid_fen  # as it was told then
    [last] = [x for x in policies.earned_on(policy.end) if x.version_id == policy.version_id]
    assert (last.unearned_fen, last.earned_fen) == (0, one.written_fen)


@pytest.mark.parametrize(("day", "sum_fen"), [(date(2027, 3, 2), 100_000_000), (date(2027, 3, 3), 30_000_000)])
def test_a_claim_is_settled_by_the_sum_of_the_day_of_its_event(lin: Customer, day: date, sum_fen: int) -> None:
    """Both are reported after the change: what was insured on the day of the event is what counts."""
    policy = insured(lin)
    with clock.travel(LATER):
        lowered(policy)
    with clock.travel(LATER + timedelta(days=20)):
        claim = claims.first_notice(lin.id, FirstNotice(policy.id, "death", "上班路上被车撞，没有救回来", day), "n1")
        for number, kind in enumerate(("record", "identity", "relation")):
            claims.add_paper(lin.id, claim.id, kind, claimed.another_photo(number))
        settle_claim.submit_claim(lin.id, claim.id, "s1")
        decided = claims.claim(lin.id, claim.id).decision
        assert decided is not None
        assert (decided.outcome, decided.calculation[-1].amount_fen) == ("refer", sum_fen)


def test_a_moment_is_no_day(lin: Customer) -> None:
    """Recorded at 00:30 in Shanghai, which is the day before in UTC, it holds from the next Shanghai midnight."""
    policy = insured(lin)
    with clock.travel(datetime.fromisoformat("2027-03-02T00:30:00+08:00")):
        assert lowered(policy).endorsements[0].valid_from == date(2027, 3, 3)
