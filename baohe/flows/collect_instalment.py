"""One later instalment, from its payment being opened to its money in the books (SALE-3, SALE-9).

A charge is opened, and later sent, with the policy's row held: consent is read under that lock, and whoever withdraws
it takes the same lock, so after a withdrawal nothing is opened and nothing goes to the bank.
Lock order: intent, policy, instalment, ledger entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from baohe.flows import billing_notices, bookkeeping, who_pays
from baohe.flows.stop_deduction import deduction_stands
from baohe.kernel.dates import business_date
from baohe.kernel.errors import BaoheError, NotFound
from baohe.plumbing import clock, outbox
from baohe.plumbing.idempotency import Answer, answer_once
from baohe.rooms.billing import facade as billing
from baohe.rooms.billing.contracts import InstalmentView
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.policies.errors import PremiumNotTaken

KIND = "instalment"
WALLET, DEDUCTION = "wallet", "deduction"
EARLY_DAYS = 35
"""How long before its day an instalment may be paid by hand: whoever pays by the month can always pay the next one."""


@dataclass(frozen=True, slots=True)
class Settled:
    """`refusal` says why the money must go back."""

    refusal: BaoheError | None = None


def plan(policy: PolicyView) -> None:
    """Write the later instalments of a new policy, in the transaction of its issue."""
    if policy.dues:
        billing.plan(
            policy_id=policy.id,
            account_id=policy.account_id,
            shard_key=policy.shard_key,
            terms=[(number, due.on, due.amount_fen) for number, due in policy.unpaid],
            grace_days=catalog.version(policy.version_id).grace_days,
        )


def pay_by_hand(account_id: UUID, policy_id: UUID, number: int, idempotency_key: str) -> IntentView:
    """Open the payment of an instalment with the wallet; asked again while it is open, it is the same payment.

    Raises `NotPayable` (paid, not the earliest, too early, being charged, suspended), `NotFound`, `KeyReused`.
    """

    def act() -> Answer:
        return Answer(201, {"payment_id": str(_open_by_hand(account_id, policy_id, number).id)})

    request = {"policy": str(policy_id), "number": number}
    answer = answer_once(f"account:{account_id}:pay_instalment", idempotency_key, request, act)
    return payments.intent(UUID(answer.body["payment_id"]))


def charge(due: InstalmentView, day: date) -> bool:
    """Open a charge of a due instalment if it may be charged now; otherwise nothing happens and it is False.

    It may when the consent stands and an agreement at the bank is active. Inside a transaction; locks the policy.
    """
    policy = policies.hold(due.policy_id)
    held = billing.hold(due.id)
    agreement = active_agreement(policy)
    if not billing.trying(day, only=held.id) or agreement is None or not deduction_stands(policy):
        return False
    intent = payments.open_charge(
        kind=KIND,
        subject_id=held.id,
        shard_key=policy.shard_key,
        account_id=policy.account_id,
        **_payee(policy),
        amount_fen=held.amount_fen,
        description=describe(policy, held.number),
        payer=who_pays.policyholder(policy.account_id),
        agreement_id=agreement,
    )
    billing.payment_opened(held, intent.id, DEDUCTION, day, charged=True)
    return True


def may_be_sent(intent: IntentView) -> bool:
    """Whether an opened charge may go to the bank: it waits in a queue, and the customer may have stopped deductions
    or left meanwhile. In a transaction that holds the intent, a withdrawal waits until it is marked as sent."""
    with transaction.atomic():
        policy = policies.hold(billing.instalment(intent.subject_id).policy_id)
        return billing.hold(intent.subject_id).state == "due" and deduction_stands(policy)


def active_agreement(policy: PolicyView) -> UUID | None:
    """The account's agreement at the bank under which a charge may be made."""
    return next((one.id for one in payments.agreements_of(policy.account_id) if one.state == "active"), None)


def settle(intent: IntentView, paid_at: datetime) -> Settled:
    """Instalment, receipt, entries and leaf for a paid intent, once; inside the caller's transaction."""
    due = billing.instalment(intent.subject_id)
    policy = policies.hold(due.policy_id)
    due = billing.hold(due.id)
    on = business_date(paid_at)
    try:
        if due.state not in ("planned", "due"):
            raise PremiumNotTaken(reason_zh="这一期已经不再收取", reason_en="it is no longer asked for")
        policies.receive(policy.id, due.number, due.amount_fen, intent.id, intent.provider, on)
    except PremiumNotTaken as refusal:
        return Settled(refusal)
    take(policy, due, intent, on, policy.paid_fen)
    return Settled()


def take(policy: PolicyView, due: InstalmentView, intent: IntentView, on: date, before_fen: int) -> None:
    """The instalment is paid: receivable gone, premium and commission in the books, a leaf in the log. `before_fen` is
    what the policy had paid before it."""
    billing.paid(due.id, intent.id, intent.provider, on)
    ref = reference(due)
    if due.state == "due":
        bookkeeping.receivable(policy, -due.amount_fen, ref, on, "receivable_settled")
    bookkeeping.premium(policy, due.amount_fen, ref, intent.provider, on, before_fen, due_on=due.due_on)
    facts = {"number": policy.number, "instalment": due.number, "amount_fen": due.amount_fen}
    evidence.append("instalment_paid", str(due.id), facts, policy.shard_key)
    outbox.publish("billing.paid", due.id, policy.shard_key, {"policy_id": str(policy.id), "number": due.number})


def payment_closed(event: outbox.Event) -> None:
    """A payment of an instalment will certainly never be made; the next try is on its day. A failed charge is told,
    with its reason, once."""
    if event.payload["kind"] == KIND:
        release(
            UUID(event.payload["subject_id"]), UUID(event.payload["intent_id"]), str(event.payload.get("reason", ""))
        )


def release(instalment_id: UUID, intent_id: UUID, reason: str) -> None:
    with transaction.atomic():
        policy = policies.hold(billing.instalment(instalment_id).policy_id)
        due = billing.hold(instalment_id)
        closed = billing.payment_closed(due.id, intent_id, reason)
        if closed and due.provider == DEDUCTION and reason != payments.CONSENT_WITHDRAWN:
            billing_notices.failed(policy, due, reason)


def stop_payment(intent: IntentView) -> None:
    """The customer will not pay by hand after all. Calls the provider: not in a transaction."""
    if intent.provider == WALLET and payments.close(intent.id):
        release(intent.subject_id, intent.id, "")


def policy_of(intent: IntentView) -> UUID:
    """The policy that an instalment's payment is for. Raises `NotFound`."""
    return billing.instalment(intent.subject_id).policy_id


def drop(policy: PolicyView, day: date) -> bool:
    """The policy has ended: nothing more is asked for, and what was receivable is not. Inside a transaction that
    holds the policy."""
    for one in billing.drop(policy.id):
        reverse(policy, one, day)
    billing.close_requests(policy.id)
    return True


def insist(policy: PolicyView, due: InstalmentView) -> None:
    """Due from its own day on, shown as receivable."""
    bookkeeping.receivable(policy, due.amount_fen, reference(due), due.due_on, "receivable_due")


def reverse(policy: PolicyView, due: InstalmentView, day: date) -> None:
    """What was receivable is no longer insisted on."""
    bookkeeping.receivable(policy, -due.amount_fen, reference(due), day, "receivable_dropped")


def reference(due: InstalmentView) -> str:
    """Natural key of an instalment's entries."""
    return f"{due.policy_id}:{due.number}"


def describe(policy: PolicyView, number: int) -> str:
    return f"{catalog.version(policy.version_id).name.zh} 第 {number}/{1 + len(policy.dues)} 期"


def _open_by_hand(account_id: UUID, policy_id: UUID, number: int) -> IntentView:
    policies.policy(account_id, policy_id)  # a stranger's policy is not found
    with transaction.atomic():
        policy = policies.hold(policy_id)
        found = next((one for one in billing.plan_of(policy_id) if one.number == number), None)
        if found is None:
            raise NotFound(what="这一期保费")
        due = billing.hold(found.id)
        standing = _standing(due)
        if standing is not None:
            return standing
        _refuse(policy, due)
        intent = payments.open_intent(
            kind=KIND,
            subject_id=due.id,
            shard_key=policy.shard_key,
            account_id=account_id,
            **_payee(policy),
            amount_fen=due.amount_fen,
            description=describe(policy, number),
            payer=who_pays.policyholder(account_id),
        )
        billing.payment_opened(due, intent.id, WALLET, business_date(intent.created_at), charged=False)
        return intent


def _standing(due: InstalmentView) -> IntentView | None:
    """The customer's own open payment of this instalment. Raises `NotPayable` while a charge is under way: both
    could succeed. A payment that closed is let go of, though its event has not come yet."""
    if due.payment_id is None or due.state == "paid":
        return None
    intent = payments.intent(due.payment_id)
    if intent.state == "closed" or intent.surplus:
        billing.payment_closed(due.id, intent.id, "")
        return None
    if due.provider != WALLET:
        raise billing.NotPayable(reason_zh="银行正在扣这一期", reason_en="the bank is taking it just now")
    return intent


def _refuse(policy: PolicyView, due: InstalmentView) -> None:
    if due.state not in ("planned", "due"):
        words = {"paid": ("已经交清", "it is paid"), "owed": ("保单中止，请先复效", "the policy is suspended")}
        zh, en = words.get(due.state, ("保单已经终止", "the policy has ended"))
        raise billing.NotPayable(reason_zh=zh, reason_en=en)
    if not billing.is_first_unpaid(due):
        raise billing.NotPayable(reason_zh="前面还有没交的一期", reason_en="an earlier one is unpaid")
    if policy.state in ("cancelled", "lapsed", "ended", "suspended"):
        raise billing.NotPayable(reason_zh="保单不在缴费期", reason_en="the policy takes no premium now")
    if due.state == "planned" and (due.due_on - clock.today()).days > EARLY_DAYS:
        raise billing.NotPayable(reason_zh=f"最早提前 {EARLY_DAYS} 天", reason_en=f"{EARLY_DAYS} days ahead at most")


def _payee(policy: PolicyView) -> dict[str, str]:
    insurer = catalog.version(policy.version_id).insurer
    return {"payee": insurer.code, "payee_name": insurer.name.zh}
