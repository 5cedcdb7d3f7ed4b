"""Reads of referrals and medical papers for their customer. A stranger gets `NotFound`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from baohe.kernel.decisions import Text
from baohe.kernel.errors import NotFound
from baohe.kernel.ids import shard_of
from baohe.rooms.people import facade as people
from baohe.rooms.underwriting import rules_referral, rules_story, sealing
from baohe.rooms.underwriting.contracts import (
    HistoryLine,
    MedicalPaperView,
    OfferView,
    ReferralTurns,
    ReferralView,
    RequestedPaperView,
)
from baohe.rooms.underwriting.models import MedicalPaper, Referral, ReferralEvent, RequestedPaper, Verdict

_MOST_HISTORY = 300
_BATCH = 200
_RUNNING = ("open", "to_confirm")


def own_referral_view(account_id: UUID, declaration_id: UUID) -> ReferralView:
    """The customer's referral of one declaration. Raises `NotFound`, also for those of others."""
    return referral_view(_found(declaration_id=declaration_id, declaration__account_id=account_id))


def referral_by_id(declaration_id: UUID) -> ReferralView:
    """For the desk, which checked who asks. Raises `NotFound`."""
    return referral_view(_found(declaration_id=declaration_id))


def referral_turns(declaration_id: UUID) -> ReferralTurns:
    """Whose turn it was since the file came to a person, from its history. Raises `NotFound`."""
    row = _found(declaration_id=declaration_id)
    account_id = row.declaration.account_id
    told = row.events.filter(code__in=rules_referral.TURNS).order_by("id").values_list("at", "code")
    turns: list[tuple[datetime, Literal["ours", "theirs", "over"]]] = [(row.created_at, "ours")]
    turns += [(at, rules_referral.TURNS[code]) for at, code in told]
    if row.decided_at is not None:
        turns.append((row.decided_at, "over"))
    return ReferralTurns(
        declaration_id=row.declaration_id,
        account_id=account_id,
        version_id=row.declaration.version_id,
        shard_key=shard_of(str(account_id)),
        handler_id=row.handler_id or _of_name(row.handler),
        turns=tuple(turns),
    )


def open_referrals(after: UUID | None = None) -> list[UUID]:
    """The declarations whose referral has not ended, by id after `after`; at most 200."""
    rows = Referral.objects.filter(decided_at=None).order_by("declaration_id")
    if after is not None:
        rows = rows.filter(declaration_id__gt=after)
    return list(rows.values_list("declaration_id", flat=True)[:_BATCH])


def paper(account_id: UUID, paper_id: UUID) -> MedicalPaperView:
    """One page of the customer's own. Raises `NotFound`."""
    return paper_view(_own_paper(account_id, paper_id))


def paper_picture(account_id: UUID, paper_id: UUID) -> bytes:
    """The stored JPEG of one page. Raises `NotFound`, also for pages of others."""
    return sealing.open_picture(_own_paper(account_id, paper_id))


def pages_of_upload(account_id: UUID, paper_id: UUID) -> tuple[MedicalPaperView, ...]:
    """Every page that came in one file with this one, in order. Raises `NotFound`."""
    row = _own_paper(account_id, paper_id)
    rows = MedicalPaper.objects.filter(upload_id=row.upload_id, removed_at=None).order_by("page")
    return tuple(paper_view(one) for one in rows)


def referral_view(row: Referral) -> ReferralView:
    """The row with its papers, its open offer and its history: four queries, whatever the number of papers."""
    papers = tuple(row.papers.filter(removed_at=None).order_by("added_at", "upload_id", "page"))
    offer = row.verdicts.filter(valid_until__isnull=False, answer="", returned_at=None).first()
    kinds = {one.kind for one in papers}
    return ReferralView(
        declaration_id=row.declaration_id,
        account_id=row.declaration.account_id,
        person_id=row.declaration.person_id,
        state=row.state,
        cause=row.cause,
        ask=sealing.ask(row),
        handler=row.handler,
        created_at=row.created_at,
        reply_by=row.reply_by if row.state in _RUNNING else None,
        papers_by=row.papers_by,
        requested=tuple(_requested(one, kinds) for one in row.requested.order_by("asked_at", "id")),
        papers=tuple(paper_view(one) for one in papers),
        offer=offer_view(row, offer) if offer is not None and row.state == "offered" else None,
        history=_history(row),
    )


def paper_view(row: MedicalPaper) -> MedicalPaperView:
    return MedicalPaperView(
        id=row.id,
        kind=row.kind,
        title=rules_referral.KINDS[row.kind],
        page=row.page,
        state=row.state,
        added_at=row.added_at,
        confirmed_at=row.confirmed_at,
        items=sealing.items(row),
    )


def offer_view(row: Referral, verdict: Verdict) -> OfferView:
    return OfferView(
        id=verdict.id,
        outcome=verdict.outcome,
        loading_bp=verdict.loading_bp,
        exclusions=tuple(Text(**one) for one in verdict.exclusions),
        standard_premium_fen=row.declaration.quoted_premium_fen,
        premium_fen=verdict.premium_fen,
        note=verdict.note,
        clause=verdict.clause,
        maker_id=verdict.maker_id,
        maker_name=verdict.maker_name,
        made_at=verdict.made_at,
        two_names=verdict.two_names,
        checker_name=verdict.checker_name,
        valid_until=verdict.valid_until,
    )


def _requested(row: RequestedPaper, kinds: set[str]) -> RequestedPaperView:
    state = "not_available" if row.not_available else "missing" if row.wanted or row.kind not in kinds else "given"
    return RequestedPaperView(row.kind, rules_referral.KINDS[row.kind], sealing.why(row), state)


def _history(row: Referral) -> tuple[HistoryLine, ...]:
    lines = [_line(one) for one in row.events.order_by("id")[:_MOST_HISTORY]]
    if row.cause == "rules":
        opened = HistoryLine(row.created_at, "opened", rules_story.title("opened"), None, "")
        lines.insert(0, opened)
    return tuple(lines)


def _line(one: ReferralEvent) -> HistoryLine:
    detail = rules_story.detail(one.facts, one.staff_name)
    return HistoryLine(one.at, one.code, rules_story.title(one.code), detail, one.staff_name)


def _found(**which: UUID) -> Referral:
    row = Referral.objects.select_related("declaration").filter(**which).first()
    if row is None:
        raise NotFound(what="人工核保")
    return row


def _own_paper(account_id: UUID, paper_id: UUID) -> MedicalPaper:
    row = MedicalPaper.objects.filter(id=paper_id, account_id=account_id, removed_at=None).first()
    if row is None:
        raise NotFound(what="这一页材料")
    return row


def _of_name(handler: str) -> UUID | None:
    """A file is named to an underwriter before one has acted on it."""
    return next((one.id for one in people.staff_with_role("underwriter") if one.name == handler), None)
