"""Reads. A proposal is asked for with its shard; the desk's reads page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from baohe.plumbing import clock
from baohe.rooms.policies import facade as policies
from baohe.rooms.suitability import sealing
from baohe.rooms.suitability.contracts import (
    OWN_CHOICE,
    STOP,
    AssessmentView,
    FileLine,
    FilePage,
    FileView,
    KeptView,
)
from baohe.rooms.suitability.models import Assessment, KeptAnswers, Statement
from baohe.rooms.suitability.rules.limits import limits_on

_LONGEST_PAGE = 50
_LOOKED_AT = 500


def latest(proposal_id: UUID, shard_key: int) -> AssessmentView | None:
    """The check that counts for a proposal."""
    row = Assessment.objects.filter(shard_key=shard_key, proposal_id=proposal_id).order_by("-made_at", "-id").first()
    return None if row is None else sealing.assessment_view(row)


def stated(proposal_id: UUID, shard_key: int) -> Mapping[tuple[str, str], datetime]:
    """(code, digest) → when it was stated."""
    rows = Statement.objects.filter(shard_key=shard_key, proposal_id=proposal_id)
    return {(code, digest): at for code, digest, at in rows.values_list("code", "digest", "made_at")}


def kept(account_id: UUID) -> KeptView | None:
    """Answers that may be confirmed again today; None also once they are too old."""
    row = KeptAnswers.objects.filter(account_id=account_id).first()
    if row is None:
        return None
    found = sealing.keep_view(row, limits_on(clock.today()).answers_good_months)
    return found if clock.today() <= found.until else None


def file_of(proposal_id: UUID, shard_key: int) -> FileView:
    """Everything that was checked and stated. The caller logs who reads it."""
    checks = Assessment.objects.filter(shard_key=shard_key, proposal_id=proposal_id).order_by("made_at", "id")
    rows = Statement.objects.filter(shard_key=shard_key, proposal_id=proposal_id).order_by("made_at", "id")
    return FileView(
        proposal_id=proposal_id,
        assessments=tuple(sealing.assessment_view(row) for row in checks[:_LOOKED_AT]),
        statements=tuple(sealing.statement_view(row) for row in rows[:_LOOKED_AT]),
    )


def advised_to_stop(page: int = 1, size: int = 20) -> FilePage:
    """One page of the checks that advised to stop, newest first, with what the customer stated then."""
    page, size = max(page, 1), min(max(size, 1), _LONGEST_PAGE)
    rows = Assessment.objects.filter(outcome=STOP).order_by("-made_at")
    found = list(rows[(page - 1) * size : page * size])
    codes: dict[UUID, list[str]] = {}
    proposals = {row.proposal_id for row in found}
    for proposal_id, code in (
        Statement.objects.filter(shard_key__in={row.shard_key for row in found}, proposal_id__in=proposals)
        .order_by("made_at")
        .values_list("proposal_id", "code")
    ):
        codes.setdefault(proposal_id, []).append(code)
    items = tuple(
        FileLine(row.proposal_id, row.account_id, row.outcome, tuple(codes.get(row.proposal_id, ())), row.made_at)
        for row in found
    )
    return FilePage(items, rows.count(), page, size)


def problems() -> list[str]:
    """What must not be: a policy issued against the advice without the customer's own signed choice (SALE-7). Looks
    at the latest advices, a bounded number."""
    against = Assessment.objects.filter(outcome=STOP).order_by("-made_at")[:_LOOKED_AT]
    last = {row.proposal_id: row.shard_key for row in against}
    if not last:
        return []
    checks = Assessment.objects.filter(shard_key__in=set(last.values()), proposal_id__in=last)
    counting = {row.proposal_id: row for row in checks.order_by("made_at", "id")}
    chosen = set(
        Statement.objects.filter(shard_key__in=set(last.values()), proposal_id__in=last, code=OWN_CHOICE).values_list(
            "proposal_id", flat=True
        )
    )
    open_ones = [key for key, row in counting.items() if row.outcome == STOP and key not in chosen]
    return [
        f"policy {policy.number} was issued against the advice without a signed own choice"
        for policy in policies.policies_of_proposals(open_ones)
    ]
