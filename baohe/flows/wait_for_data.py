"""From its sale on a policy waits for what its sources of data tell: what an order must name, who may wait for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from baohe.flows import settle_parametric
from baohe.kernel.errors import BaoheError
from baohe.plumbing import outbox
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import MEASURES, ProductVersion
from baohe.rooms.parametric import facade as parametric
from baohe.rooms.parametric.contracts import Watching
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import BulkIssue, BulkResult


class WaitedForAlready(BaoheError):
    code = "waited_for_already"
    status = 409
    zh = "{subject} 已经由另一份保单在等，不能再投一份"
    en = "Another policy waits for {subject} already; it cannot be insured twice"
    next_zh = "请核对这一单的编号；同一件只投保一次"
    next_en = "Check the number of this order; the same thing is insured once"


def facts_asked(version: ProductVersion) -> tuple[str, ...]:
    """What an order of this version names beside the inputs of its price: the flight and its day."""
    return tuple(
        dict.fromkeys(fact for one in version.triggers if not one.circle for fact in parametric.FACTS[one.measure])
    )


def refuse_unwatchable(version: ProductVersion, inputs: Mapping[str, str], start: date, end: date) -> None:
    """Raises `InvalidInput` naming the fact that is missing or misspelt."""
    for trigger in version.triggers:
        if trigger.circle is None:
            parametric.waits_for(trigger.measure, inputs, start, end)


def shared(issues: Sequence[BulkIssue]) -> dict[str, WaitedForAlready]:
    """Reference → the refusal of an order that names what only one policy may wait for, and another does: an earlier
    order of the call, or one issued before. The same order again is no other."""
    first: dict[tuple[str, str], BulkIssue] = {}
    refused = {}
    for issue in issues:
        for one in _alone(_watching(issue, issue.partner_id, 0)):
            if first.setdefault((one.version_id, one.subject), issue) is not issue:
                refused[issue.reference] = WaitedForAlready(subject=one.subject)
    for (version_id, subject), partner_id, reference in _holders(first):
        issue = first[version_id, subject]
        if (partner_id, reference) != (issue.partner_id, issue.reference):
            refused[issue.reference] = WaitedForAlready(subject=subject)
    return refused


def watch_orders(issues: Mapping[str, BulkIssue], results: Iterable[BulkResult]) -> None:
    """In the transaction that issues them: from now on these policies wait for their observation. Raises
    `WaitedForAlready` when another call named the same thing in this very moment."""
    waiting = [
        one for result in results for one in _watching(issues[result.reference], result.policy_id, result.shard_key)
    ]
    if not waiting:
        return
    settle_parametric.again(row.id for row in parametric.watch(waiting))
    for version_id, subjects in _by_version((one.version_id, one.subject) for one in _alone(waiting)).items():
        seen: set[str] = set()
        for subject, _ in parametric.watched_by(version_id, subjects):
            if subject in seen:
                raise WaitedForAlready(subject=subject)
            seen.add(subject)


def policy_issued(event: outbox.Event) -> None:
    """Handler of `policies.issued`: a customer's own policy waits from its first covered day. Twice is once."""
    policy = policies.policy_by_id(UUID(str(event.payload["policy_id"])))
    version = catalog.version(policy.version_id)
    if version.triggers:
        with transaction.atomic():
            settle_parametric.again(row.id for row in parametric.watch_own(policy, version))


def _watching(issue: BulkIssue, policy_id: UUID, shard_key: int) -> Iterable[Watching]:
    version = catalog.version(issue.version_id)
    for trigger in version.triggers:
        if trigger.circle is None:
            for subject, day in parametric.waits_for(trigger.measure, issue.inputs, issue.start, issue.end):
                yield Watching(policy_id, shard_key, version.id, trigger.code, subject, day)


def _alone(waiting: Iterable[Watching]) -> list[Watching]:
    """Those whose subject is of one policy."""
    return [one for one in waiting if MEASURES[_measure(one)].of_one_policy]


def _measure(one: Watching) -> str:
    return next(trigger.measure for trigger in catalog.version(one.version_id).triggers if trigger.code == one.trigger)


def _holders(wanted: Iterable[tuple[str, str]]) -> list[tuple[tuple[str, str], UUID | None, str | None]]:
    """((version, subject), partner, reference) of the policies that wait for these already."""
    found = [
        ((version_id, subject), policy_id)
        for version_id, subjects in _by_version(wanted).items()
        for subject, policy_id in parametric.watched_by(version_id, subjects)
    ]
    known = {one.id: one for one in policies.policies_by_ids([policy_id for _, policy_id in found])}
    return [(key, known[policy_id].partner_id, known[policy_id].partner_reference) for key, policy_id in found]


def _by_version(wanted: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for version_id, subject in wanted:
        found.setdefault(version_id, set()).add(subject)
    return found
