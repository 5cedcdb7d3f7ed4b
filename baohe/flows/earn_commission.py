"""Deferred commission comes due day by day, and follows what becomes of its policy (OVER-2).

A part is earned once, on its day or as soon after it as the premium of that year is paid, and only while the policy
is in force. What this flow will not do: pay anybody; statements and their settlement do.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.flows import bookkeeping
from baohe.plumbing import clock, outbox
from baohe.rooms.commission import facade as commission
from baohe.rooms.commission.contracts import DuePart
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

EVERY_SECONDS = 3_600
_BATCH = 200
_STOPPED = frozenset({"cancelled", "suspended", "lapsed"})


def round_() -> int:
    """Earn every part whose day has come; returns how many. Cheap when nothing is due; repeated it earns nothing: the
    rows themselves let a part be earned once (field bug 21)."""
    today, earned, last = clock.today(), 0, None
    while due := commission.due_parts(today, last, _BATCH):
        found = {policy.id: policy for policy in policies.policies_by_ids([part.policy_id for part in due])}
        earned += sum(_earn(part) for part in due if _is_kept(part, found[part.policy_id]))
        last = due[-1]
    return earned


def cover_moved(event: outbox.Event) -> None:
    """Handler of `policies.suspended` and `policies.reinstated`: follow what the policy is now. Events are repeated,
    and one that failed at first comes after its successor; a stale word must not hold a commission for ever."""
    with transaction.atomic():
        policy = policies.hold(UUID(str(event.payload["policy_id"])))
        commission.release(policy.id)
        if policy.suspended_since is not None:
            commission.hold(policy.id, policy.suspended_since)


def lapsed(event: outbox.Event) -> None:
    """Handler of `policies.lapsed`: claw back what the schedule says (repeated: nothing more)."""
    with transaction.atomic():
        bookkeeping.commission_ended(UUID(str(event.payload["policy_id"])), "lapsed", clock.today())


def _is_kept(part: DuePart, policy: PolicyView) -> bool:
    """In force, and every instalment that fell due by the part's day is paid."""
    fallen_due = sum(due.amount_fen for due in policy.dues if due.on <= part.due_on)
    return policy.state not in _STOPPED and fallen_due <= part.booked_later_fen


def _earn(part: DuePart) -> int:
    with transaction.atomic():
        done = commission.earn(part.id)
        if done is None:
            return 0
        bookkeeping.commission_due(done)
        return 1
