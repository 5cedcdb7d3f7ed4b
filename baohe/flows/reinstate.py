"""Taking up a suspended policy again, or ending it for good (SERV-8, 保险法 36–37).

The customer asks and says how their health is; a named person decides; the customer pays what is owed, and cover runs
again from the day of that payment. After the years of the law the insurer may end the contract with its cash value.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from baohe.flows import billing_notices, cancel, collect_instalment, service_turns, who_pays
from baohe.flows.collect_instalment import Settled
from baohe.kernel.canonical import digest
from baohe.kernel.dates import business_date
from baohe.kernel.errors import Conflict, InvalidInput, NotFound
from baohe.plumbing import clock, outbox
from baohe.plumbing.idempotency import Answer, answer_once
from baohe.rooms.billing import facade as billing
from baohe.rooms.billing.contracts import InstalmentView, ReinstatementView
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.consent import facade as consent
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import CancelledView, PolicyView
from baohe.rooms.policies.errors import PremiumNotTaken

KIND = "reinstatement"
HEALTH = "health"
WORDING = (
    "我同意保险公司为办理复效查看我填写的健康变化 · The insurer may read what I say of my health for the reinstatement"
)


def ask(
    account_id: UUID, policy_id: UUID, health_unchanged: bool, statement: str, health_consent: bool
) -> ReinstatementView:
    """The customer wants cover back. Asked twice it is one request.

    Raises `NotReinstatable` when it is not suspended or the years are over, `InvalidInput` without the consent to read
    health data (DATA-1) or without words about a change, `NotFound`.
    """
    if not health_consent:
        raise InvalidInput(field="health_consent", reason_zh="需要你同意", reason_en="your consent is needed")
    if not health_unchanged and not statement.strip():
        raise InvalidInput(field="statement", reason_zh="请写明有什么变化", reason_en="say what has changed")
    policies.policy(account_id, policy_id)  # a stranger's policy is not found
    with transaction.atomic():
        policy = policies.hold(policy_id)
        _refuse_to_resume(policy)
        request = billing.ask(policy.id, account_id, policy.shard_key, health_unchanged, statement)
        consent.grant(account_id, HEALTH, digest(WORDING), subject=str(request.id))
        service_turns.follow(KIND, request.id)
        return request


def decide(staff_id: UUID, staff_name: str, reinstatement_id: UUID, allowed: bool, note: str) -> ReinstatementView:
    """A named person's decision, with the reason (SERV-9). Raises `NotReinstatable`, `InvalidInput`, `NotFound`."""
    with transaction.atomic():
        policy = policies.hold(billing.reinstatement(reinstatement_id).policy_id)
        request = billing.decide(reinstatement_id, allowed, staff_id, staff_name, note)
        facts = {"number": policy.number, "allowed": allowed, "by": str(staff_id), "note": digest(note.strip())}
        evidence.append("reinstatement_decided", str(request.id), facts, policy.shard_key)
        billing_notices.decided(policy, allowed, request.allowed_until)
        service_turns.follow(KIND, request.id)
        return request


def owed(policy_id: UUID) -> tuple[InstalmentView, ...]:
    """What paying up covers today: everything that fell due."""
    today = clock.today()
    return tuple(one for one in billing.plan_of(policy_id) if one.state == "owed" and one.due_on <= today)


def pay(account_id: UUID, policy_id: UUID, idempotency_key: str) -> IntentView:
    """Open the payment of everything owed; asked again while it is open, it is the same payment. Raises
    `NotReinstatable`, `NotFound`, `KeyReused`."""

    def act() -> Answer:
        return Answer(201, {"payment_id": str(_open(account_id, policy_id).id)})

    answer = answer_once(f"account:{account_id}:reinstate", idempotency_key, {"policy": str(policy_id)}, act)
    return payments.intent(UUID(answer.body["payment_id"]))


def settle(intent: IntentView, paid_at: datetime) -> Settled:
    """All that was owed is paid and cover runs again, or the money goes back; inside the caller's transaction.

    The payment covers the instalments it was opened for, told by their sum: the earliest ones first.
    """
    request = billing.reinstatement(intent.subject_id)
    policy = policies.hold(request.policy_id)
    request = billing.hold_request(request.id)
    on = business_date(paid_at)
    covered = _covered(policy.id, intent.amount_fen)
    if (
        request.state != "allowed"
        or policy.suspended_since is None
        or not covered
        or not policies.resume(policy.id, on)
    ):
        return Settled(PremiumNotTaken(reason_zh="保单已不能复效", reason_en="it can no longer be reinstated"))
    before_fen = policy.paid_fen
    for due in covered:
        policies.receive(policy.id, due.number, due.amount_fen, intent.id, intent.provider, on)
        collect_instalment.take(policy, due, intent, on, before_fen)
        before_fen += due.amount_fen
    for due in billing.ask_again(policy.id):
        collect_instalment.insist(policy, due)
    billing.request_done(request.id)
    evidence.append("policy_reinstated", str(request.id), {"number": policy.number, "on": f"{on}"}, policy.shard_key)
    outbox.publish("policies.reinstated", policy.id, policy.shard_key, {"policy_id": str(policy.id), "on": f"{on}"})
    billing_notices.reinstated(policy, on)
    return Settled()


def payment_closed(event: outbox.Event) -> None:
    """The payment will certainly never be made: what is owed may be paid again."""
    if event.payload["kind"] == KIND:
        release(UUID(event.payload["subject_id"]), UUID(event.payload["intent_id"]))


def release(reinstatement_id: UUID, intent_id: UUID) -> None:
    with transaction.atomic():
        policies.hold(billing.reinstatement(reinstatement_id).policy_id)
        if billing.hold_request(reinstatement_id).payment_id == intent_id:
            billing.request_paying(reinstatement_id, None)


def stop_payment(intent: IntentView) -> None:
    """The customer will not pay after all. Calls the provider: not in a transaction."""
    if payments.close(intent.id):
        release(intent.subject_id, intent.id)


def policy_of(intent: IntentView) -> UUID:
    return billing.reinstatement(intent.subject_id).policy_id


def may_be_ended(policy: PolicyView) -> bool:
    """The years in which it could be taken up again are over."""
    since = policy.suspended_since
    return since is not None and clock.today() > billing.days.reinstate_until(since)


def end_contract(
    staff_id: UUID, staff_name: str, policy_id: UUID, expected_refund_fen: int, note: str
) -> CancelledView:
    """A named person ends a contract that nobody took up again, and its cash value goes back. Once.

    Raises `Conflict` before the years are over, `InvalidInput` without a reason, `RefundChanged`,
    `LeavingNotPossible`, `NotFound`.
    """
    if not note.strip():
        raise InvalidInput(field="note", reason_zh="请写明理由", reason_en="say why")
    with transaction.atomic():
        policy = policies.hold(policy_id)
        if not may_be_ended(policy):
            raise Conflict(reason_zh="复效期还没有过", reason_en="it can still be reinstated")
        ended = policies.end_lapsed(policy_id, expected_refund_fen)
        if not ended.already:
            facts = {"number": policy.number, "by": str(staff_id), "note": digest(note.strip())}
            evidence.append("contract_ended_by", str(policy.id), facts, policy.shard_key)
            cancel.give_back(ended, "lapsed")
        return ended


def _open(account_id: UUID, policy_id: UUID) -> IntentView:
    policies.policy(account_id, policy_id)  # a stranger's policy is not found
    with transaction.atomic():
        policy = policies.hold(policy_id)
        found = billing.reinstatement_of(policy_id)
        if found is None:
            raise NotFound(what="复效申请")
        request = billing.hold_request(found.id)
        if request.payment_id is not None and payments.intent(request.payment_id).state in ("created", "checking"):
            return payments.intent(request.payment_id)
        _refuse_to_resume(policy)
        if request.state != "allowed" or request.allowed_until is None or clock.today() > request.allowed_until:
            raise billing.NotReinstatable(reason_zh="还没有同意复效", reason_en="it has not been agreed to")
        insurer = catalog.version(policy.version_id).insurer
        intent = payments.open_intent(
            kind=KIND,
            subject_id=request.id,
            shard_key=policy.shard_key,
            account_id=account_id,
            payee=insurer.code,
            payee_name=insurer.name.zh,
            amount_fen=sum(due.amount_fen for due in owed(policy_id)),
            description=f"{catalog.version(policy.version_id).name.zh} 复效补交保费",
            payer=who_pays.policyholder(account_id),
        )
        billing.request_paying(request.id, intent.id)
        return intent


def _covered(policy_id: UUID, amount_fen: int) -> list[InstalmentView]:
    """The earliest owed instalments that add up to the payment; none when no number of them does."""
    covered, left = [], amount_fen
    for due in billing.plan_of(policy_id):
        if due.state == "owed" and left > 0:
            covered.append(due)
            left -= due.amount_fen
    return covered if left == 0 else []


def _refuse_to_resume(policy: PolicyView) -> None:
    since = policy.suspended_since
    if since is None or policy.state != "suspended":
        raise billing.NotReinstatable(reason_zh="没有中止", reason_en="it is not suspended")
    if may_be_ended(policy):
        raise billing.NotReinstatable(reason_zh="中止已满两年", reason_en="it was suspended for two years")
