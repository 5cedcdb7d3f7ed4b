"""The call-back after a long contract was sold (SALE-10): planned with the policy, told when it becomes urgent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from baohe.kernel.dates import add_years
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.call_backs import facade as call_backs
from baohe.rooms.call_backs.contracts import CallBackView, Contract
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.notices import facade as notices
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView
from baohe.rooms.rating import facade as rating

EVERY_SECONDS = 3_600


def plan(policy: PolicyView) -> None:
    """For a policy of more than one year with a cooling-off; inside the transaction that issues it."""
    if policy.end > add_years(policy.start, 1) and policy.cooling_off_ends is not None:
        call_backs.plan(policy.id, policy.shard_key, policy.account_id, policy.version_id, policy.cooling_off_ends)


def contract_of(policy: PolicyView, last_day: date) -> Contract:
    """What the questions name of this policy."""
    version = catalog.version(policy.version_id)
    years = rating.pay_term(version, policy.inputs, policy.instalment)
    return Contract(policy.premium_fen, years, last_day, version.design)


def of_policy(account_id: UUID, policy_id: UUID) -> tuple[CallBackView, Contract] | None:
    """The customer's own; None where the policy needs none. Raises `NotFound`."""
    policy = policies.policy(account_id, policy_id)
    found = call_backs.of_policy(policy.id, policy.shard_key)
    return None if found is None else (found, contract_of(policy, found.last_day))


def answer(account_id: UUID, policy_id: UUID, answers: Mapping[str, str]) -> CallBackView:
    """Raises what `call_backs.answer` raises, and `NotFound` for a policy without a call-back."""
    found = of_policy(account_id, policy_id)
    if found is None:
        raise NotFound(what="回访")
    view, contract = found
    return call_backs.answer(view.id, account_id, contract, answers)


def record_call(
    staff_account_id: UUID, call_back_id: UUID, outcome: str, unclear: tuple[str, ...], note: str
) -> CallBackView:
    """Raises what `call_backs.record_call` raises."""
    view = call_backs.by_id(call_back_id)
    contract = contract_of(policies.policy_by_id(view.policy_id), view.last_day)
    return call_backs.record_call(staff_account_id, call_back_id, contract, outcome, unclear, note)


def look() -> int:
    """The round: tell each customer once whose call-back became urgent. Returns how many were told."""
    return sum(_escalate(call_back_id) for call_back_id in call_backs.to_escalate(clock.today()))


def _escalate(call_back_id: UUID) -> bool:
    with transaction.atomic():
        if not call_backs.escalate(call_back_id):
            return False
        view = call_backs.by_id(call_back_id)
        phone = people.phone_of(view.account_id, "system:call_back", "call_back_urgent")
        if phone is not None:
            name = catalog.version(view.version_id).name
            notices.send(
                phone,
                "call_back_urgent",
                {"product": name.zh, "day": view.last_day.isoformat()},
                account_id=view.account_id,
                params_en={"product": name.en},
            )
        return True
