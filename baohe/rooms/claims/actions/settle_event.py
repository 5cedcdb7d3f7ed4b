"""A reported fact becomes a claim and is decided by the same rules, with no human in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from baohe.kernel.dates import business_date
from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import locks, records
from baohe.rooms.claims.actions.first_notice import new_claim
from baohe.rooms.claims.contracts import EventNotice, Settled
from baohe.rooms.claims.cover_use import used_of
from baohe.rooms.claims.deciding import consider, event_of, settle
from baohe.rooms.claims.models import Claim, ClaimDecision
from baohe.rooms.claims.rules.counting import counted_periods
from baohe.rooms.claims.sheet import Sheet
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

_CLOCKS_DIFFER = timedelta(minutes=5)


def settle_event(policy: PolicyView, notice: EventNotice) -> Settled:
    """Decide the event, inside the caller's transaction; once for (policy, event, reference).

    A repeat, also a simultaneous one, answers with the first decision. Raises `InvalidInput` for an unknown event or
    a moment in the future.
    """
    return settle_events([policy], notice)[0]


def settle_events(concerned: Sequence[PolicyView], notice: EventNotice) -> list[Settled]:
    """The same for every policy that one fact concerns, in their order: a fixed number of queries for all that the
    rules pay. Each is decided for itself and keeps its own reasons; what the rules do not pay goes to a person as ever.
    Raises `InvalidInput` for the first that cannot be decided; then nothing of the others stands either."""
    for policy in concerned:
        _refuse_impossible(policy, notice)
    locks.policy(
        *(policy.id for policy in concerned)
    )  # two reports of one fact queue here, so the second finds the first
    found = _earlier(concerned, notice)
    fresh = [policy for policy in concerned if policy.id not in found]
    used, sheet = _used(fresh, notice), Sheet()
    for policy in fresh:
        found[policy.id] = _decide(policy, notice, used.get(policy.id), sheet)
    sheet.write()
    return [found[policy.id] for policy in concerned]


def _decide(policy: PolicyView, notice: EventNotice, used: Mapping[str, int] | None, sheet: Sheet) -> Settled:
    row = new_claim(policy, notice.event, business_date(notice.occurred_at), "", notice.reference)
    considered = consider(row, policy, used=used)
    calculation = considered.assessment.calculation
    if used is not None and considered.assessment.decision.outcome == "pay" and calculation is not None:
        return sheet.pay(row, notice, considered, calculation)
    row.save(force_insert=True)
    records.milestone(row, "reported", who=notice.told_by.zh, who_en=notice.told_by.en)
    return settle(row, considered)


def _earlier(concerned: Sequence[PolicyView], notice: EventNotice) -> dict[UUID, Settled]:
    """Policy → what was decided of the fact before."""
    rows = Claim.objects.filter(
        shard_key__in={policy.shard_key for policy in concerned},
        policy_id__in=[policy.id for policy in concerned],
        event=notice.event,
        reference=notice.reference,
    )
    known = {row.id: row for row in rows}
    if not known:
        return {}
    last = {one.claim_id: one for one in ClaimDecision.objects.filter(claim_id__in=known).order_by("number")}
    return {row.policy_id: records.settled(row, last.get(id_), None, fresh=False) for id_, row in known.items()}


def _used(fresh: Sequence[PolicyView], notice: EventNotice) -> dict[UUID, dict[str, int]]:
    """Policy → use key → fen used before. Left out is what counts with a family's other policies: these are decided
    one after the other, each seeing what the last one used."""
    day = business_date(notice.occurred_at)
    periods = {}
    for policy in fresh:
        event = event_of(catalog.version(policy.version_id), policies.as_of(policy, day), notice.event)
        if event is not None and not event.shares_with_family:
            periods[policy.id] = counted_periods(event, policy.start, day)
    used = used_of(list(periods), {key for of_one in periods.values() for key in of_one})
    return {
        policy_id: {
            key: used[policy_id, key, start] for key, start in of_one.items() if (policy_id, key, start) in used
        }
        for policy_id, of_one in periods.items()
    }


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
