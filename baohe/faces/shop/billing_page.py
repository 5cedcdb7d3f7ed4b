"""The pay plan as the phone shows it."""

from __future__ import annotations

from datetime import timedelta

from baohe.faces.shop import shapes
from baohe.faces.shop.schemas import billing as schema
from baohe.faces.shop.schemas.basis import Text
from baohe.flows import reinstate
from baohe.flows.billing_notices import OTHER, REASONS
from baohe.flows.collect_instalment import DEDUCTION, EARLY_DAYS
from baohe.flows.stop_deduction import deduction_stands
from baohe.kernel.dates import business_date
from baohe.plumbing import clock
from baohe.rooms.billing import facade as billing
from baohe.rooms.billing.contracts import UNPAID, InstalmentView, ReinstatementView
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import AgreementView
from baohe.rooms.policies.contracts import PolicyView

CHANNELS = {
    "wallet": Text(zh="钱包", en="Wallet"),
    "deduction": Text(zh="银行代扣", en="Bank deduction"),
    "transfer": Text(zh="银行转账", en="Bank transfer"),
}
_TAKES_PREMIUM = ("cooling_off", "in_force", "not_started")


def plan(policy: PolicyView) -> schema.PayPlan:
    version = catalog.version(policy.version_id)
    later = billing.plan_of(policy.id)
    consent, account = deduction_stands(policy), _account(policy)
    return schema.PayPlan(
        policy_id=str(policy.id),
        product_name=shapes.text(version.name),
        insured_name=policy.insured_name,
        policy_state=policy.state,
        items=[_first(policy), *(_item(one) for one in later)],
        next=_next(policy, later, consent and account is not None and account.state == "active"),
        consent=consent,
        account=None if account is None else _bound(account),
        grace_days=version.grace_days,
        announce_days=billing.days.custom_on(clock.today()).announce_before,
        suspended=_suspended(policy),
    )


def first_channel(policy: PolicyView) -> Text:
    """Who took the payment of the sale."""
    return CHANNELS["wallet" if policy.payment_id is None else payments.intent(policy.payment_id).provider]


def _first(policy: PolicyView) -> schema.PlanItem:
    on = business_date(policy.issued_at)
    return schema.PlanItem(
        number=1, on=on, amount_fen=policy.first_fen, state="paid", paid_on=on, channel=first_channel(policy)
    )


def _item(one: InstalmentView) -> schema.PlanItem:
    failed = one.state == "due" and one.reason and one.payment_id is None
    return schema.PlanItem(
        number=one.number,
        on=one.due_on,
        amount_fen=one.amount_fen,
        state=_word(one),
        paid_on=one.paid_on,
        channel=CHANNELS[one.provider] if one.state == "paid" else None,
        grace_until=one.grace_ends if one.state == "due" else None,
        reason=shapes.text(REASONS.get(one.reason, OTHER)) if failed else None,
    )


def _word(one: InstalmentView) -> str:
    """A payment under way has a word of its own: nobody pays twice who knows of the first."""
    if one.payment_id is not None and one.state in UNPAID:
        return "charging" if one.provider == DEDUCTION else "checking"
    return one.state


def _next(policy: PolicyView, later: tuple[InstalmentView, ...], deducted: bool) -> schema.NextPremium | None:
    due = next((one for one in later if one.state in ("planned", "due")), None)
    if due is None or policy.state not in _TAKES_PREMIUM:
        return None
    deducted = deducted and due.next_try_on is not None
    return schema.NextPremium(
        number=due.number,
        on=due.next_try_on if deducted and due.next_try_on is not None else due.due_on,
        amount_fen=due.amount_fen,
        by="deduction" if deducted else "hand",
        payable=due.due_on - timedelta(days=EARLY_DAYS) <= clock.today() and _word(due) != "charging",
    )


def _account(policy: PolicyView) -> AgreementView | None:
    """The active agreement, or the newest one: what the customer would bind or replace."""
    found = payments.agreements_of(policy.account_id)
    return next((one for one in found if one.state == "active"), next(iter(found), None))


def _bound(one: AgreementView) -> schema.BoundAccount:
    return schema.BoundAccount(
        id=str(one.id), state=one.state, bank=one.bank, account_masked=one.account_masked, signed_at=one.signed_at
    )


def _suspended(policy: PolicyView) -> schema.Suspended | None:
    since = policy.suspended_since
    if since is None or policy.state != "suspended":
        return None
    request, over = billing.reinstatement_of(policy.id), reinstate.may_be_ended(policy)
    allowed = request is not None and request.state == "allowed" and _holds(request)
    waits = request is not None and request.state == "asked"
    return schema.Suspended(
        since=since,
        reinstate_until=billing.days.reinstate_until(since),
        owed_fen=sum(one.amount_fen for one in reinstate.owed(policy.id)),
        ask=not over and not allowed and not waits,
        pay=not over and allowed,
        request=None if request is None else _request(request),
    )


def _holds(request: ReinstatementView) -> bool:
    return request.allowed_until is not None and clock.today() <= request.allowed_until


def _request(request: ReinstatementView) -> schema.ReinstatementState:
    return schema.ReinstatementState(
        state=request.state,
        asked_at=request.asked_at,
        answer_by=billing.days.answer_by(request.asked_at),
        note=request.note,
        decided_by=request.decided_by_name,
        allowed_until=request.allowed_until,
    )
