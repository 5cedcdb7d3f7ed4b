"""Reads for the desk: queues by deadline, counts, and one claim's whole file on one screen."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, Min, OuterRef, Prefetch, Q, QuerySet, Sum

from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import records, sealing
from baohe.rooms.claims.actions.pay_by_person import SINGLE_AUTHORITY_FEN
from baohe.rooms.claims.actions.states import refuse_unless_reader
from baohe.rooms.claims.contracts import ClaimBrief, ClaimFile, CorrectionView, QueueCount, QueueItem, QueuePage
from baohe.rooms.claims.models import Claim, ClaimDecision, ClaimPaper, Correction, CoverUse, JointDecision
from baohe.rooms.claims.queries import wallet_of
from baohe.rooms.claims.shapes import brief, claim_view, joint_view, label_of, whole
from baohe.rooms.people import facade as people

_LONGEST_PAGE = 100
_MOST_FOUND = 50
_WAITING = Exists(JointDecision.objects.filter(claim=OuterRef("pk"), confirmed_at=None, returned_at=None))

_QUEUES: dict[str, Text] = {
    "to_decide": Text("待核定", "To decide"),
    "to_confirm": Text("待复核", "Waiting for a second name"),
    "waiting_for_papers": Text("待补材料", "Waiting for papers"),
    "reviews": Text("请人重算", "Asked to recalculate"),
    "to_pay": Text("付款未成功", "Payout failed"),
    "advance": Text("先予支付", "To pay in advance"),
}


def queue(name: str = "to_decide", page: int = 1, size: int = 20) -> QueuePage:
    """One queue, the nearest deadline first. Raises `InvalidInput` for an unknown queue."""
    page, size = max(page, 1), min(max(size, 1), _LONGEST_PAGE)
    rows = _rows(name)
    items = rows.order_by("decide_by", "id").prefetch_related(
        Prefetch("decisions", ClaimDecision.objects.order_by("number"), to_attr="all_decisions")
    )
    return QueuePage([_item(row) for row in items[(page - 1) * size : page * size]], rows.count(), page, size)


def queue_counts() -> tuple[QueueCount, ...]:
    """Every queue with its length and nearest deadline."""
    counts = []
    for name, label in _QUEUES.items():
        rows = _rows(name)
        nearest = rows.aggregate(nearest=Min("decide_by"))["nearest"]
        counts.append(QueueCount(name, label, rows.count(), nearest))
    return tuple(counts)


def file_of(staff_id: UUID, claim_id: UUID) -> ClaimFile:
    """The whole file. Raises `NotAllowed` for staff without the role, `NotFound`.

    The face that shows it logs the read (DATA-5).
    """
    refuse_unless_reader(people.staff(staff_id))
    row = whole(Claim.objects.filter(id=claim_id)).first()
    if row is None:
        raise NotFound(what="这件理赔")
    corrections = Correction.objects.filter(paper__claim_id=claim_id).order_by("id")
    joints = JointDecision.objects.filter(claim_id=claim_id).order_by("proposed_at")
    used = CoverUse.objects.filter(policy_id=row.policy_id, key__contains=":cap:").exclude(claim_id=claim_id)
    return ClaimFile(
        claim=claim_view(row, wallet_of(row)),
        decisions=tuple(records.decision_view(stored) for stored in row.all_decisions),  # type: ignore[attr-defined]
        corrections=tuple(_correction(item) for item in corrections),
        joint_decisions=tuple(joint_view(joint) for joint in joints),
        single_authority_fen=SINGLE_AUTHORITY_FEN,
        used_before_fen=used.aggregate(total=Sum("amount_fen"))["total"] or 0,
        advance_by=row.advance_by,
    )


def find(text: str) -> tuple[ClaimBrief, ...]:
    """Claims by claim number or policy number, exactly as printed; the newest 50. The face checked who asks."""
    number = text.strip().upper()
    rows = Claim.objects.filter(Q(number=number) | Q(policy_number=number)).order_by("-created_at", "id")
    return tuple(brief(row) for row in rows[:_MOST_FOUND])


def picture_for_staff(staff_id: UUID, claim_id: UUID, paper_id: UUID) -> bytes:
    """A paper's picture for a handler or an auditor. Raises `NotAllowed`, `NotFound`."""
    refuse_unless_reader(people.staff(staff_id))
    paper = ClaimPaper.objects.filter(id=paper_id, claim_id=claim_id).first()
    if paper is None:
        raise NotFound(what="这张照片")
    return sealing.open_picture(paper)


def _rows(name: str) -> QuerySet[Claim]:
    rows = Claim.objects.alias(waiting=_WAITING)
    if name == "to_decide":
        return rows.filter(state="with_person", waiting=False)
    if name == "to_confirm":
        return rows.filter(Q(state="with_person") | Q(review_open=True), waiting=True)
    if name == "waiting_for_papers":
        return rows.filter(state="draft", handler_id__isnull=False)
    if name == "reviews":
        return rows.filter(review_open=True, waiting=False).exclude(state="with_person")
    if name == "to_pay":
        return rows.filter(state="to_pay")
    if name == "advance":
        return rows.filter(state="with_person", advance__ordered_at=None, advance__isnull=False)
    raise InvalidInput(field="queue", reason_zh="没有这个队列", reason_en="is not a queue")


def _item(row: Claim) -> QueueItem:
    version = catalog.version(row.version_id)
    decisions: list[ClaimDecision] = row.all_decisions  # type: ignore[attr-defined]
    reasons = decisions[-1].reasons if decisions else []
    return QueueItem(
        id=row.id,
        number=row.number,
        insured_name=sealing.insured_name(row),
        product_name=version.name,
        event_label=label_of(version.claim_rules.event(row.event)),
        state=row.state,
        amount_fen=row.calculated_fen,
        decide_by=row.decide_by,
        handler_name=row.handler_name,
        first_reason=Text(**reasons[0]["text"]) if reasons else None,
    )


def _correction(item: Correction) -> CorrectionView:
    before, after = sealing.change(item.change_id, bytes(item.values_sealed))
    return CorrectionView(item.paper_id, item.field, before, after, item.at)
