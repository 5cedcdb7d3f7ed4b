"""Reads for the desk: queues by deadline, counts, and one claim's whole file on one screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, Min, OuterRef, Prefetch, Q, QuerySet, Sum

from baohe.kernel.day_counts import end_of
from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import records, sealing
from baohe.rooms.claims.actions.states import refuse_unless_reader
from baohe.rooms.claims.asked import papers_asked
from baohe.rooms.claims.contracts import (
    NOBODY,
    ClaimBrief,
    ClaimFile,
    CorrectionView,
    QueueCount,
    QueueFilter,
    QueueItem,
    QueuePage,
)
from baohe.rooms.claims.models import (
    OPEN,
    Claim,
    ClaimDecision,
    ClaimPaper,
    Correction,
    CoverUse,
    Escalation,
    JointDecision,
)
from baohe.rooms.claims.queries.claim import wallet_of
from baohe.rooms.claims.queries.clocks import deadlines_of, level_now, move_view
from baohe.rooms.claims.rules.authority import authority_of, grade_of
from baohe.rooms.claims.rules.deadlines import reply_by
from baohe.rooms.claims.shapes.claim import brief, claim_view, joint_view, label_of, origin, whole
from baohe.rooms.people import facade as people

_LONGEST_PAGE = 100
_MOST_FOUND = 50
_WAITING = Exists(JointDecision.objects.filter(claim=OuterRef("pk"), confirmed_at=None, returned_at=None))

_BY_DEADLINE = (F("due_at").asc(nulls_last=True), F("calculated_fen").desc(nulls_last=True), "id")
_BY_WAITING = ("message_box__waits_since", "id")
_MOST_MOVES = 100

_QUEUES: dict[str, Text] = {
    "to_decide": Text("待核定", "To decide"),
    "to_confirm": Text("待复核", "Waiting for a second name"),
    "waiting_for_papers": Text("待补材料", "Waiting for papers"),
    "reviews": Text("请人重算", "Asked to recalculate"),
    "to_pay": Text("待付款", "Agreed, not paid"),
    "advance": Text("先予支付", "To pay in advance"),
    "messages": Text("客户留言", "Messages to answer"),
}


def queue(name: str = "to_decide", page: int = 1, size: int = 20, narrow: QueueFilter | None = None) -> QueuePage:
    """One queue, the nearest deadline first, then the larger sum; in a fixed number of queries. "open" is all that a
    handler has to do something about, which the workload picture counts.

    Raises `InvalidInput` for an unknown queue.
    """
    page, size = max(page, 1), min(max(size, 1), _LONGEST_PAGE)
    rows = _narrowed(_rows(name), narrow or QueueFilter())
    order = _BY_WAITING if name == "messages" else _BY_DEADLINE
    items = rows.order_by(*order).prefetch_related(
        Prefetch("decisions", ClaimDecision.objects.order_by("number"), to_attr="all_decisions"),
        Prefetch("escalations", Escalation.objects.order_by("id"), to_attr="all_escalations"),
    )
    some = items[(page - 1) * size : page * size]
    if name == "messages":  # what falls due there is the answer, not the claim
        some = some.select_related("message_box")
        shown = [replace(_item(row), due_at=_answer_by(row.message_box.waits_since), level=None) for row in some]
    else:
        shown = [_item(row) for row in some]
    return QueuePage(shown, rows.count(), page, size)


def queue_counts() -> tuple[QueueCount, ...]:
    """Every queue with its length and nearest deadline; one query each."""
    counts = []
    for name, label in _QUEUES.items():
        by = "message_box__waits_since" if name == "messages" else "due_at"
        found = _rows(name).aggregate(count=Count("id"), nearest=Min(by))
        nearest = _answer_by(found["nearest"]) if name == "messages" else found["nearest"]
        counts.append(QueueCount(name, label, found["count"], nearest))
    return tuple(counts)


def file_of(staff_id: UUID, claim_id: UUID) -> ClaimFile:
    """The whole file. Raises `NotAllowed` for staff without the role, `NotFound`.

    The face that shows it logs the read (DATA-5).
    """
    staff = people.staff(staff_id)
    refuse_unless_reader(staff)
    row = whole(Claim.objects.filter(id=claim_id)).first()
    if row is None:
        raise NotFound(what="这件理赔")
    corrections = Correction.objects.filter(paper__claim_id=claim_id).order_by("id")
    joints = JointDecision.objects.filter(claim_id=claim_id).order_by("proposed_at")
    used = CoverUse.objects.filter(policy_id=row.policy_id, key__contains=":cap:").exclude(claim_id=claim_id)
    grade = grade_of(staff.roles)
    return ClaimFile(
        claim=claim_view(row, wallet_of(row), papers_asked([row])[row.id]),
        decisions=tuple(records.decision_view(stored) for stored in row.all_decisions),  # type: ignore[attr-defined]
        corrections=tuple(_correction(item) for item in corrections),
        joint_decisions=tuple(joint_view(joint) for joint in joints),
        single_authority_fen=authority_of(grade, clock.today()).alone if grade else 0,
        used_before_fen=used.aggregate(total=Sum("amount_fen"))["total"] or 0,
        advance_by=row.advance_by,
        origins=tuple(origin(paper) for paper in row.live_papers),  # type: ignore[attr-defined]
        handler_id=row.handler_id,
        deadlines=deadlines_of(row),
        moves=tuple(move_view(move) for move in row.moves.order_by("id")[:_MOST_MOVES]),
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
    if name == "open":
        return rows.filter(OPEN)
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
    if name == "messages":
        return rows.filter(message_box__waits_since__isnull=False)
    raise InvalidInput(field="queue", reason_zh="没有这个队列", reason_en="is not a queue")


def _narrowed(rows: QuerySet[Claim], narrow: QueueFilter) -> QuerySet[Claim]:
    if narrow.line:
        rows = rows.filter(version_id__in=catalog.versions_of_line(narrow.line))
    if narrow.insurer:
        rows = rows.filter(insurer_code=narrow.insurer)
    if narrow.handler is not None:
        rows = rows.filter(handler_id=None if narrow.handler == NOBODY else narrow.handler)
    if narrow.due_from is not None:
        rows = rows.filter(due_at__gt=end_of(narrow.due_from - timedelta(days=1)))
    if narrow.due_by is not None:
        rows = rows.filter(due_at__lte=end_of(narrow.due_by))
    if narrow.least is not None:
        rows = rows.filter(calculated_fen__gte=narrow.least)
    if narrow.most is not None:
        rows = rows.filter(calculated_fen__lte=narrow.most)
    if narrow.among is not None:
        rows = rows.filter(id__in=narrow.among)
    return rows


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
        due_at=row.due_at,
        level=level_now(row.all_escalations, row.due_at),  # type: ignore[attr-defined]
    )


def _answer_by(waits_since: datetime | None) -> datetime | None:
    return reply_by(waits_since) if waits_since else None


def _correction(item: Correction) -> CorrectionView:
    before, after = sealing.change(item.change_id, bytes(item.values_sealed))
    return CorrectionView(item.paper_id, item.field, before, after, item.at)
