"""批改 · 减少保额: what was shown comes back once, with its claw-back, and nothing else of the contract moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from baohe.adapters.timestamp.simulator.server import TimestampSimulator
from baohe.flows import cancel, deliver_endorsement, endorse, settle_claim
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.plumbing.idempotency import KeyReused
from baohe.plumbing.models import OutboxEvent
from baohe.plumbing.outbox import Event
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.commission import facade as commission
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents.errors import TimeStampAway
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.models import Refund
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.policies.errors import EndorsementChanged, EndorsementNotPossible, SumNotOffered
from baohe.rooms.policies.models import Endorsement, Policy
from tests.claims import world as claimed
from tests.sale import steps, world
from tests.sale.commission_steps import in_force, registered
from tests.sale.test_settle import events
from tests.sale.world import Customer

ACCIDENT = "songtao-accident"
HIGH = {"sum_insured": "1000000", "plan": "with_medical"}
LATER = world.NOW + timedelta(days=100)
"""Past cooling-off, well within the year of cover."""


def insured(lin: Customer, instalment: str = "single") -> PolicyView:
    return steps.sold(steps.drafted(lin, product=ACCIDENT, inputs=HIGH, instalment=instalment), instalment)


def lowered(policy: PolicyView, value: str = "300000", key: str = "") -> PolicyView:
    chosen = next(one for one in endorse.lower_choices(policy.account_id, policy.id) if one.value == value)
    done = endorse.reduce_cover(policy.account_id, policy.id, value, chosen.refund_fen, key or uuid4().hex)
    return done.policy


def refunded(policy: PolicyView) -> None:
    """The provider's word for every refund of the policy that it has not answered."""
    for refund in Refund.objects.filter(intent_id=policy.payment_id).exclude(state="done"):
        Refund.objects.filter(id=refund.id).update(state="done", done_at=clock.now())
        facts = {"natural_key": refund.natural_key, "amount_fen": refund.amount_fen, "provider": "wallet"}
        for told in (endorse.refund_done, cancel.refund_done) * 2:  # told twice
            told(Event(1, "payments.refund_done", "", facts, 1))


def refused(act: Callable[[], object], word: str) -> None:
    with pytest.raises(EndorsementNotPossible) as refusal:
        act()
    assert word in str(refusal.value.facts["reason_zh"])


def standing(policy: PolicyView) -> tuple[object, ...]:
    """Everything that a refused endorsement must leave alone."""
    return (
        Endorsement.objects.count(),
        Refund.objects.count(),
        OutboxEvent.objects.count(),
        ledger.balance("refunds/payable"),
        Policy.objects.filter(id=policy.id).values().get(),
    )


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


def test_the_same_key_is_one_endorsement_and_another_request_under_it_is_refused(lin: Customer) -> None:
    policy = insured(lin)
    with clock.travel(LATER):
        chosen = endorse.lower_choices(lin.id, policy.id)[0]
        first = endorse.reduce_cover(lin.id, policy.id, chosen.value, chosen.refund_fen, "k1")
        again = endorse.reduce_cover(lin.id, policy.id, chosen.value, chosen.refund_fen, "k1")
        assert again.endorsement == first.endorsement
        with pytest.raises(KeyReused):
            endorse.reduce_cover(lin.id, policy.id, "100000", chosen.refund_fen, "k1")
        with pytest.raises((EndorsementNotPossible, SumNotOffered)):
            endorse.reduce_cover(lin.id, policy.id, chosen.value, chosen.refund_fen, "k2")
    assert (Endorsement.objects.count(), Refund.objects.count()) == (1, 1)


def test_killed_before_the_commit_nothing_stands_and_the_repeat_does_it_once(lin: Customer) -> None:
    policy = insured(lin)
    with clock.travel(LATER):
        before, chosen = standing(policy), endorse.lower_choices(lin.id, policy.id)[0]
        with pytest.raises(InterruptedError), transaction.atomic():
            endorse.reduce_cover(lin.id, policy.id, chosen.value, chosen.refund_fen, "k1")
            raise InterruptedError
        assert standing(policy) == before
        endorse.reduce_cover(lin.id, policy.id, chosen.value, chosen.refund_fen, "k1")
    assert (Endorsement.objects.count(), Refund.objects.count()) == (1, 1)


def _claimed(lin: Customer, policy: PolicyView) -> None:
    notice = FirstNotice(policy.id, "accident_outpatient", "楼梯上跌倒，左膝裂伤", policy.start + timedelta(days=3))
    claims.first_notice(lin.id, notice, uuid4().hex)


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


def _left(lin: Customer, policy: PolicyView) -> None:
    cancel.cancel_policy(lin.id, policy.id, cancel.leaving_today(lin.id, policy.id).refund_fen, uuid4().hex)


@pytest.mark.parametrize(
    ("happens", "word"), [(_claimed, "理赔正在处理"), (_left, "已经退保")], ids=["open claim", "left"]
)
def test_what_stands_in_the_way_is_said_and_nothing_happens(
    lin: Customer, happens: Callable[[Customer, PolicyView], None], word: str
) -> None:
    policy = insured(lin)
    with clock.travel(LATER):
        happens(lin, policy)
        before = standing(policy)
        refused(lambda: endorse.lower_choices(lin.id, policy.id), word)
        refused(lambda: _by(lin.id, policy), word)
        assert standing(policy) == before


def test_instalments_to_come_a_fixed_sum_and_a_long_contract_are_refused_with_the_reason(lin: Customer) -> None:
    long = {"term": "20y", "pay_period": "10", "sum_insured": "500000"}
    cases = [
        (steps.sold(steps.drafted(lin), "monthly"), "分期"),
        (steps.sold(steps.drafted(lin)), "没有可以减到的"),
        (
            steps.sold(steps.drafted(lin, product="yunshan-term-life", instalment="yearly", inputs=long), "yearly"),
            "一年期",
        ),
    ]
    for policy, word in cases:
        before = standing(policy)
        refused(partial(_by, lin.id, policy), word)
        assert standing(policy) == before


def test_another_amount_an_unknown_sum_and_a_stranger_change_nothing(lin: Customer) -> None:
    policy = insured(lin)
    before = standing(policy)
    for value in ("1000000", "2000000", "300001", "", "x"):
        with pytest.raises(SumNotOffered):
            endorse.reduce_cover(lin.id, policy.id, value, 1, uuid4().hex)
    with pytest.raises(EndorsementChanged) as refusal:
        endorse.reduce_cover(lin.id, policy.id, "300000", 1, uuid4().hex)
    assert refusal.value.facts["refund_fen"] > 1
    for strange in (lambda: endorse.lower_choices(uuid4(), policy.id), lambda: _by(uuid4(), policy)):
        with pytest.raises(NotFound):
            strange()
    assert standing(policy) == before


def _by(account_id: UUID, policy: PolicyView) -> object:
    return endorse.reduce_cover(account_id, policy.id, "300000", 1, uuid4().hex)


def test_the_document_is_printed_and_signed_once(lin: Customer) -> None:
    policy = insured(lin)
    with clock.travel(LATER):
        one = lowered(policy).endorsements[0]
        event = Event(1, "policies.endorsed", str(one.id), {"policy_id": str(policy.id)}, 1)
        deliver_endorsement.deliver_endorsement(event)
        deliver_endorsement.deliver_endorsement(event)
    document = documents.endorsement_document_of(policy.id, 1)
    assert document is not None and document.state == "ready"
    content = documents.bytes_of(document.id)
    verdict = documents.verify_bytes(content)
    assert (verdict.genuine, verdict.policy_number) == (True, policy.number)
    assert not documents.verify_bytes(content.replace(b"%PDF-1", b"%PDF-2", 1)).genuine
    assert evidence.leaf_of(str(one.id), "endorsement_document_issued") is not None


def test_without_a_time_stamp_the_document_waits_and_the_round_makes_it_later(
    lin: Customer, timestamp_authority: TimestampSimulator
) -> None:
    policy = insured(lin)
    with clock.travel(LATER):
        one = lowered(policy).endorsements[0]
        event = Event(1, "policies.endorsed", str(one.id), {"policy_id": str(policy.id)}, 1)
        timestamp_authority.faults.set({"down": -1})
        with pytest.raises(TimeStampAway):
            deliver_endorsement.deliver_endorsement(event)
    with clock.travel(LATER + timedelta(minutes=11)):
        assert deliver_endorsement.late() == 0
        assert evidence.leaf_of(str(one.id), "endorsement_document_issued") is None
        timestamp_authority.faults.set({"down": 0})
        assert (deliver_endorsement.late(), deliver_endorsement.late()) == (1, 0)
    document = documents.endorsement_document_of(policy.id, 1)
    assert document is not None and (document.state, document.stamped_at is not None) == ("ready", True)
    assert evidence.leaf_of(str(one.id), "endorsement_document_issued") is not None


@pytest.mark.parametrize(
    "change",
    [
        lambda row: Endorsement.objects.filter(id=row.id).update(refund_fen=1),
        lambda row: row.delete(),
        lambda row: Policy.objects.filter(id=row.policy_id).update(endorsed_fen=0),
        lambda row: Policy.objects.filter(id=row.policy_id).update(death_cover_fen=1),
        lambda row: Endorsement.objects.create(**_copied(row, number=3)),
        lambda row: Endorsement.objects.create(**_copied(row, number=2)),
    ],
    ids=["other refund", "gone", "given back undone", "death cover", "a gap", "from a sum that does not hold"],
)
def test_the_database_keeps_the_chain(lin: Customer, change: Callable[[Endorsement], object]) -> None:
    policy = insured(lin)
    with clock.travel(LATER):
        lowered(policy)
    with pytest.raises(DatabaseError), transaction.atomic():
        change(Endorsement.objects.get())
    assert ledger.check() == []


def _copied(row: Endorsement, **changes: object) -> dict[str, object]:
    facts: dict[str, object] = {
        field.attname: getattr(row, field.attname)
        for field in Endorsement._meta.concrete_fields  # noqa: SLF001 - every column, whatever comes later
    }
    return {**facts, "id": uuid4(), **changes}


def test_a_moment_is_no_day(lin: Customer) -> None:
    """Recorded at 00:30 in Shanghai, which is the day before in UTC, it holds from the next Shanghai midnight."""
    policy = insured(lin)
    with clock.travel(datetime.fromisoformat("2027-03-02T00:30:00+08:00")):
        assert lowered(policy).endorsements[0].valid_from == date(2027, 3, 3)
