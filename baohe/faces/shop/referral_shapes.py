"""Contracts of referrals → schemas of the shop. Only names change places here."""

from __future__ import annotations

from baohe.faces.shop.schemas import underwriting as schema
from baohe.faces.shop.schemas.basis import TimelineEntry
from baohe.faces.shop.shapes import text, text_or_none
from baohe.kernel.dates import SHANGHAI
from baohe.kernel.decisions import Text
from baohe.rooms.underwriting.contracts import HistoryLine, MedicalPaperView, OfferView, ReferralView

_QUIET = frozenset({"reply_near", "returned", "papers_reminded", "offer_reminded", "reading_confirmed"})
"""What happens among staff, or is only noise on a timeline."""

_NOW = {
    "open": (Text("核保员正在看", "An underwriter is looking"), "reply_by"),
    "to_confirm": (Text("另一位核保员复核中", "A second underwriter is looking"), "reply_by"),
    "waiting_for_papers": (Text("等你的材料", "Waiting for your papers"), "papers_by"),
    "offered": (Text("等你决定", "Waiting for your choice"), None),
}
_NEXT = Text("给你答复：承保、条件或理由", "An answer: cover, terms or reasons")


def story(view: ReferralView) -> schema.ReferralStory:
    return schema.ReferralStory(
        declaration_id=str(view.declaration_id),
        state=view.state,
        cause=view.cause,
        handler=view.handler,
        reply_by=view.reply_by,
        papers_by=view.papers_by,
        requested=[
            schema.RequestedPaper(kind=one.kind, title=text(one.title), why=text(one.why), state=one.state)
            for one in view.requested
        ],
        papers=[paper(one) for one in view.papers],
        offer=offer(view.offer) if view.offer is not None else None,
        timeline=_timeline(view),
    )


def paper(view: MedicalPaperView) -> schema.MedicalPaper:
    return schema.MedicalPaper(
        id=str(view.id),
        kind=view.kind,
        title=text(view.title),
        page=view.page,
        state=view.state,
        picture_url=f"/api/shop/v1/medical-papers/{view.id}/picture",
        items=[
            schema.ReadItem(
                code=item.code,
                name=text(item.name),
                value=item.value,
                unit=item.unit,
                kind=item.kind,
                confidence=item.confidence,
                doubtful=item.doubtful,
                box=list(item.box),
                confirmed=item.confirmed,
            )
            for item in view.items
        ],
        confirmed_at=view.confirmed_at,
    )


def offer(view: OfferView) -> schema.Offer:
    assert view.valid_until is not None, "only offers that were given are shown"  # noqa: S101
    return schema.Offer(
        id=str(view.id),
        outcome=view.outcome,
        loading_bp=view.loading_bp,
        exclusions=[text(one) for one in view.exclusions],
        standard_premium_fen=view.standard_premium_fen,
        premium_fen=view.premium_fen,
        note=view.note,
        clause=view.clause,
        by="、".join(name for name in (view.maker_name, view.checker_name) if name),
        valid_until=view.valid_until,
    )


def _timeline(view: ReferralView) -> list[TimelineEntry]:
    """What happened, what is now and by when, what comes."""
    entries = [_entry(line) for line in _told(view.history)]
    if view.state in _NOW:
        title, deadline = _NOW[view.state]
        until = getattr(view, deadline) if deadline else view.offer.valid_until if view.offer else None
        until = until or view.created_at
        moment = until.astimezone(SHANGHAI)
        day = f"{moment:%m-%d %H:%M}"
        detail = Text(f"{view.handler}，最晚 {day}", f"{view.handler}, by {day}")
        if view.state in ("waiting_for_papers", "offered"):
            detail = Text(f"最晚 {day}", f"by {day}")
        entries.append(TimelineEntry(at="", title=text(title), detail=text(detail), state="now"))
        if view.state != "offered":
            entries.append(TimelineEntry(at="", title=text(_NEXT), state="next"))
    return entries


def _told(history: tuple[HistoryLine, ...]) -> list[HistoryLine]:
    """Several pages of one kind uploaded one after the other are one line."""
    shown: list[HistoryLine] = []
    for line in history:
        if line.code in _QUIET:
            continue
        same = shown and line.code == shown[-1].code == "paper_added" and line.detail == shown[-1].detail
        if not same:
            shown.append(line)
    return shown


def _entry(line: HistoryLine) -> TimelineEntry:
    return TimelineEntry(
        at=line.at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
        title=text(line.title),
        detail=text_or_none(line.detail),
        state="done",
    )
