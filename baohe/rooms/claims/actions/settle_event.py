"""A reported fact becomes a claim and is decided by the same rules, with no human in between."""

from __future__ import annotations

from datetime import timedelta

from baohe.kernel.dates import business_date
from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import locks, records
from baohe.rooms.claims.actions.first_notice import open_claim
from baohe.rooms.claims.contracts import EventNotice, Settled
from baohe.rooms.claims.deciding import consider, event_of, settle
from baohe.rooms.claims.models import Claim, ClaimDecision
from baohe.rooms.policies.contracts import PolicyView

_CLOCKS_DIFFER = timedelta(minutes=5)


def settle_event(policy: PolicyView, notice: EventNotice) -> Settled:
    """Decide the event, inside the caller's transaction; once for (policy, event, reference).

    A repeat, also a simultaneous one, answers with the first decision. Raises `InvalidInput` for an unknown event or
    a moment in the future.
    """
    _refuse_impossible(policy, notice)
    locks.policy(policy.id)  # two reports of one fact queue here, so the second finds the first
    earlier = Claim.objects.filter(
        shard_key=policy.shard_key, policy_id=policy.id, event=notice.event, reference=notice.reference
    ).first()
    if earlier is not None:
        last = ClaimDecision.objects.filter(claim=earlier).order_by("-number").first()
        return records.settled(earlier, last, None, fresh=False)
    row = open_claim(policy, notice.event, business_date(notice.occurred_at), "", notice.reference)
    records.milestone(row, "reported", who=notice.told_by.zh, who_en=notice.told_by.en)
    return settle(row, consider(row, policy))


def _refuse_impossible(policy: PolicyView, notice: EventNotice) -> None:
    event = event_of(catalog.version(policy.version_id), policy, notice.event)
    if event is None or event.papers:
        raise InvalidInput(
            field="event", reason_zh="这份保单没有这种自动理赔的事件", reason_en="is not a self-settling event here"
        )
    if not 0 < len(notice.reference) <= 80:
        raise InvalidInput(field="reference", reason_zh="需要 1–80 个字符", reason_en="needs 1 to 80 characters")
    if notice.occurred_at > clock.now() + _CLOCKS_DIFFER:
        raise InvalidInput(field="occurred_at", reason_zh="不能晚于现在", reason_en="must not be in the future")
