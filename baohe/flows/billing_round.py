"""The daily round of collecting: announce, bill, charge or press, and stop cover where nobody paid.

Every instalment is worked off in a transaction of its own under the locks of its policy, and seen again there: two
rounds at once, a second one the same day or one after a crash do nothing twice (field bug 21).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import structlog
from django.db import transaction

from baohe.flows import billing_notices, collect_instalment
from baohe.flows.stop_deduction import deduction_stands
from baohe.kernel.dates import SHANGHAI
from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock, outbox
from baohe.rooms.billing import facade as billing
from baohe.rooms.billing.contracts import InstalmentView
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

FROM_HOUR = 8
"""Nobody is woken by a message, and banks are at work: the round of a day begins at this hour in Shanghai."""

_ENDED = frozenset({"cancelled", "lapsed", "ended"})

log = structlog.get_logger()

Ripe = Callable[[date, UUID | None], list[InstalmentView]]
Step = Callable[[InstalmentView, date], bool]


@dataclass(frozen=True, slots=True)
class Round:
    """How many instalments each step moved; `failed` ones keep their state and are met again by the next round."""

    day: date
    fell_due: int
    reminded: int
    tried: int
    stopped: int
    failed: int


def today() -> None:
    """The round of this day, as the worker calls it again and again."""
    if clock.now().astimezone(SHANGHAI).hour >= FROM_HOUR:
        run(clock.today())


def run(day: date) -> Round:
    """Do what is ripe on `day`, and whatever earlier rounds missed. Raises `InvalidInput` for a day to come: nothing
    is taken before its day."""
    if day > clock.today():
        raise InvalidInput(field="day", reason_zh="不能早于到期日扣款", reason_en="a day to come")
    fell_due, bad_due = _each(billing.falling_due, _fall_due, day)
    reminded, bad_reminded = _each(billing.reminding, _remind, day)
    stopped, bad_stopped = _each(billing.past_grace, _stop_cover, day)
    tried, bad_tried = _each(billing.trying, _try, day)
    return Round(day, fell_due, reminded, tried, stopped, bad_due + bad_reminded + bad_stopped + bad_tried)


def plan_missing() -> int:
    """Write the plans of policies issued before there were any; returns how many."""
    made, after = 0, None
    while found := policies.paid_in_parts(after):
        known = billing.planned([policy.id for policy in found])
        for policy in found:
            if policy.id not in known:
                with transaction.atomic():
                    collect_instalment.plan(policies.hold(policy.id))
                made += 1
        after = found[-1].id
    return made


def _each(ripe: Ripe, step: Step, day: date) -> tuple[int, int]:
    moved = failed = 0
    after: UUID | None = None
    while batch := ripe(day, after):
        for due in batch:
            try:
                with transaction.atomic():
                    moved += step(due, day)
            except Exception:  # noqa: BLE001 - one broken instalment must not keep everybody else's from its day
                log.exception("instalment_not_worked_off", instalment=str(due.id), step=step.__name__)
                failed += 1
        after = batch[-1].id
    return moved, failed


def _fall_due(due: InstalmentView, day: date) -> bool:
    policy = policies.hold(due.policy_id)
    if policy.state in _ENDED:
        return collect_instalment.drop(policy, day)
    if policy.suspended_since is not None:
        return billing.owe(due.id)
    if not billing.fall_due(due.id):
        return False
    collect_instalment.insist(policy, due)
    return True


def _remind(due: InstalmentView, day: date) -> bool:
    policy = policies.hold(due.policy_id)
    held = billing.hold(due.id)
    if not billing.reminding(day, only=held.id):
        return False
    billing.reminded(held, day)
    if policy.state in _ENDED or policy.suspended_since is not None:
        return False
    if held.state == "planned":
        deducted = deduction_stands(policy) and collect_instalment.active_agreement(policy) is not None
        billing_notices.announce(policy, held, deducted)
        return True
    if day >= billing.days.press_on(held.due_on, held.grace_ends):
        billing_notices.press(policy, held)
        return True
    return False


def _try(due: InstalmentView, day: date) -> bool:
    """Charge; or, where nothing may be charged, say on the same days how to pay."""
    if collect_instalment.charge(due, day):
        return True
    held = billing.hold(due.id)
    if not billing.trying(day, only=held.id):
        return False
    billing.tried(held, day)
    billing_notices.unpaid(policies.hold(held.policy_id), held)
    return True


def _stop_cover(due: InstalmentView, day: date) -> bool:
    """The grace is over (SERV-8): a long contract is suspended, a short one has ended."""
    policy = policies.hold(due.policy_id)
    held = billing.hold(due.id)
    if not billing.past_grace(day, only=held.id):
        return False
    if policy.state in _ENDED:
        return collect_instalment.drop(policy, day)
    since = held.grace_ends + timedelta(days=1)
    if catalog.version(policy.version_id).period_kind == "years":
        return _suspend(policy, since, day)
    if not policies.lapse(policy.id, since):
        return False
    collect_instalment.drop(policy, day)
    _tell_all("policies.lapsed", "policy_lapsed", policy, since)
    billing_notices.lapsed(policy, since)
    return True


def _suspend(policy: PolicyView, since: date, day: date) -> bool:
    if not policies.suspend(policy.id, since):
        return False
    for one in billing.plan_of(policy.id):
        if one.state == "due" and billing.owe(one.id):
            collect_instalment.reverse(policy, one, day)
    _tell_all("policies.suspended", "policy_suspended", policy, since)
    billing_notices.suspended(policy, since, billing.days.reinstate_until(since))
    return True


def _tell_all(topic: str, leaf: str, policy: PolicyView, since: date) -> None:
    """A leaf names the day too: a policy may be suspended more than once."""
    facts = {"number": policy.number, "since": since.isoformat()}
    evidence.append(leaf, f"{policy.id}:{since}", facts, policy.shard_key)
    outbox.publish(topic, policy.id, policy.shard_key, {"policy_id": str(policy.id), "since": since.isoformat()})
