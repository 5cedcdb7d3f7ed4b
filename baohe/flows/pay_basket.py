"""One payment for several covers: one intent with a line a proposal, settled whole or not at all.

Every cover keeps what is its own: declaration, pages, signature, consent to deductions, policy, postings to its
insurer, leaf and event. Only the money comes together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from baohe.flows import family_price, limited, purchase, who_pays
from baohe.flows.basket import Locked, locked
from baohe.kernel.errors import BaoheError, InvalidInput
from baohe.plumbing import clock
from baohe.plumbing.idempotency import Answer, answer_once
from baohe.rooms.baskets import facade as baskets
from baohe.rooms.baskets.errors import ItemNotPayable
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import IntentView, LineTerms
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PaymentPlan, PolicyView
from baohe.rooms.policies.errors import CannotIssue, FamilyNeeded, PaidElsewhere, SignatureNeeded

COLLECTING = ("premium_account", "保费代收专户")
"""Who receives a payment for several insurers: the account that holds premiums in trust until they are split."""


@dataclass(frozen=True, slots=True)
class ItemChoice:
    """What the customer pays of the basket, how, and whether they agreed to that cover's later deductions."""

    item_id: UUID
    instalment: str
    deduction_agreed: bool = False


@dataclass(frozen=True, slots=True)
class SettledBasket:
    """Every policy of the payment, or the reason why all the money must go back."""

    policies: tuple[PolicyView, ...]
    refusal: CannotIssue | None = None


def start_payment(
    account_id: UUID, choices: Sequence[ItemChoice], idempotency_key: str, provider: str = "wallet"
) -> IntentView:
    """Lock every chosen cover and open their one payment; the others stay in the basket.

    A repeat gives the same payment, and so does the same choice from a second tab. Nothing is locked when one of
    them cannot be paid: `ItemNotPayable` names it. Raises `PaidElsewhere`, `AgreementNeeded` (SALE-3), what
    `payments.open_intent` raises, `InvalidInput`, `NotFound` and `KeyReused`.
    """
    if not 0 < len({choice.item_id for choice in choices}) == len(choices) <= baskets.MOST:
        raise InvalidInput(field="items", reason_zh="请选至少一份，每份只选一次", reason_en="choose each item once")

    def act() -> Answer:
        return Answer(201, {"payment_id": str(_open(account_id, choices, provider).id)})

    request = {
        "items": [
            [str(choice.item_id), choice.instalment, choice.deduction_agreed]
            for choice in sorted(choices, key=lambda choice: choice.item_id)
        ],
        "provider": provider,
    }
    answer = answer_once(f"account:{account_id}:pay_basket", idempotency_key, request, act)
    return payments.intent(UUID(answer.body["payment_id"]))


def settle(intent: IntentView, paid_at: datetime) -> SettledBasket:
    """All policies of a paid basket with their entries, leaves and events, or none; inside the caller's transaction.

    When one of them can no longer be issued, nothing is: the customer chose them together, so the whole payment goes
    back, and those that still can may be bought again. A repeat returns the policies and writes nothing.
    """
    lines = {line.subject_id: line for line in payments.lines_of(intent.id)}
    try:
        issued = policies.issue_together(list(lines), paid_at, intent.id)
    except CannotIssue as refusal:
        limited.give_up(lines, intent.id)
        return SettledBasket((), refusal)
    for item in issued:
        line = lines[item.policy.proposal_id] if item.policy.proposal_id else None
        if line is None or line.amount_fen != item.policy.first_fen:
            raise ValueError(f"{item.policy.number} does not cost what its line of {intent.order_number} says")
    purchase.record(issued, paid_at, intent.provider)
    return SettledBasket(tuple(item.policy for item in issued))


def _open(account_id: UUID, choices: Sequence[ItemChoice], provider: str) -> IntentView:
    with transaction.atomic():
        found = {entry.item.id: entry for entry in locked(account_id, [choice.item_id for choice in choices])}
        plans = {choice.item_id: _plan(account_id, found[choice.item_id], choice) for choice in choices}
        _refuse_broken_families(plans, found)
        standing = {plan.payment_id for plan in plans.values() if plan.payment_id is not None}
        if standing:
            return _same_payment(standing, plans)
        for choice in choices:
            if plans[choice.item_id].due_later:
                purchase.agree_to_deductions(account_id, plans[choice.item_id].proposal_id, choice.deduction_agreed)
        intent = _open_intent(account_id, list(plans.values()), provider)
        for plan in plans.values():
            policies.payment_opened(plan.proposal_id, intent.id)
        limited.reserve(plans.values())
        return intent


def _plan(account_id: UUID, entry: Locked, choice: ItemChoice) -> PaymentPlan:
    """What the item costs now. Whatever stands against it is told with the item's name."""
    try:
        if entry.proposal is None:
            raise SignatureNeeded()
        return purchase.start_paying(account_id, entry.proposal.id, choice.instalment)
    except BaoheError as refusal:
        raise _not_payable(entry, refusal) from refusal


def _not_payable(entry: Locked, refusal: BaoheError) -> ItemNotPayable:
    return ItemNotPayable(
        item_id=str(entry.item.id),
        reason=refusal.code,
        product=entry.product_name.zh,
        product_en=entry.product_name.en,
        insured=entry.insured_name,
        reason_zh=refusal.message_zh,
        reason_en=refusal.message_en,
    )


def _refuse_broken_families(plans: Mapping[UUID, PaymentPlan], found: Mapping[UUID, Locked]) -> None:
    """A family's price holds when as many of the family are in this very payment. Paying without a discount one
    could have had is the customer's choice; having it without the family is not. Raises `ItemNotPayable`."""
    sizes = family_price.sizes((plan.version_id, plan.person_id) for plan in plans.values())
    for item_id, plan in plans.items():
        if plan.family_size > sizes.get(plan.version_id, 1):
            raise _not_payable(found[item_id], FamilyNeeded(people=plan.family_size))


def _same_payment(standing: set[UUID], plans: dict[UUID, PaymentPlan]) -> IntentView:
    """The open payment when it is for exactly these; a second one for any of them is refused."""
    if len(standing) == 1 and all(plan.payment_id is not None for plan in plans.values()):
        intent = payments.intent(next(iter(standing)))
        lines = {line.subject_id for line in payments.lines_of(intent.id)}
        if lines == {plan.proposal_id for plan in plans.values()}:
            return intent
    raise PaidElsewhere()


def _open_intent(account_id: UUID, plans: Sequence[PaymentPlan], provider: str) -> IntentView:
    insurers = {(plan.insurer_code, plan.insurer_name.zh) for plan in plans}
    payee, payee_name = next(iter(insurers)) if len(insurers) == 1 else COLLECTING
    return payments.open_intent(
        kind=purchase.BASKET_KIND,
        subject_id=clock.new_id(),
        shard_key=plans[0].shard_key,
        account_id=account_id,
        payee=payee,
        payee_name=payee_name,
        amount_fen=sum(plan.amount_fen for plan in plans),
        description=_description(plans),
        payer=who_pays.policyholder(account_id),
        lines=[LineTerms(plan.proposal_id, plan.insurer_code, plan.insurer_name.zh, plan.amount_fen) for plan in plans],
        provider=provider,
    )


def _description(plans: Sequence[PaymentPlan]) -> str:
    first = purchase.description(plans[0])
    return first if len(plans) == 1 else f"{first} 等 {len(plans)} 份保险"
