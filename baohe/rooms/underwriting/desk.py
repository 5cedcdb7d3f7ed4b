"""Reads for the desk: the queue by deadline, and one referral's whole file on one screen."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, Count, DateTimeField, F, Q, QuerySet, Subquery, When
from django.db.models.expressions import OuterRef

from baohe.kernel.errors import InvalidInput, NotAllowed, NotFound
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people import facade as people
from baohe.rooms.underwriting import rules_referral, sealing
from baohe.rooms.underwriting.contracts import MedicalPaperView, QueueItem, QueuePage, ReferralFile
from baohe.rooms.underwriting.models import Declaration, MedicalPaper, Referral, Verdict
from baohe.rooms.underwriting.referral_queries import offer_view, paper_view, referral_view

READERS = frozenset({"underwriter", "auditor"})
QUEUES = ("open", "to_confirm", "waiting_for_papers", "offered", "closed")
_LARGEST_PAGE = 100
_LOOSE_SINCE = timedelta(days=30)


def referral_queue(
    state: str = "open", handler: str = "", late: bool = False, page: int = 1, size: int = 20
) -> QueuePage:
    """One queue, the nearest deadline first; `handler` is a name, `late` only what is past its deadline.

    `counts` are the lengths of every queue. Raises `InvalidInput` for an unknown queue.
    """
    if state not in QUEUES:
        raise InvalidInput(field="state", reason_zh="没有这个队列", reason_en="is not a queue")
    page, size, now = max(page, 1), min(max(size, 1), _LARGEST_PAGE), clock.now()
    rows = _in_queue(state)
    if handler:
        rows = rows.filter(handler=handler)
    if late:
        rows = rows.filter(deadline__lt=now)
    order = "-decided_at" if state == "closed" else "deadline"
    shown = rows.select_related("declaration").order_by(order, "declaration_id")[(page - 1) * size : page * size]
    return QueuePage(tuple(_item(row, now) for row in shown), rows.count(), page, size, _counts())


def file_of(staff_account_id: UUID, declaration_id: UUID) -> ReferralFile:
    """The whole file for an underwriter or an auditor; the face that shows it logs the read (DATA-5).

    Raises `NotAllowed`, `NotFound`.
    """
    _refuse_unless_reader(staff_account_id)
    row = Referral.objects.select_related("declaration").filter(declaration_id=declaration_id).first()
    if row is None:
        raise NotFound(what="人工核保")
    verdicts = list(row.verdicts.order_by("made_at", "id"))
    waiting = next((one for one in verdicts if row.state == "to_confirm" and one.returned_at is None), None)
    declared = row.declaration
    limit = rules_referral.authority(clock.today())
    return ReferralFile(
        referral=referral_view(row),
        to_confirm=offer_view(row, waiting) if waiting is not None else None,
        concluded=tuple(offer_view(row, one) for one in verdicts if one.given_at is not None),
        loose_papers=_loose(declared),
        single_sum_fen=limit.sum_insured_fen,
        single_loading_bp=limit.loading_bp,
        sum_insured_fen=catalog.version(declared.version_id).sum_insured.fen(declared.inputs) or 0,
    )


def picture_for_staff(staff_account_id: UUID, declaration_id: UUID, paper_id: UUID) -> bytes:
    """A page of a referral's file. Raises `NotAllowed`, `NotFound`, also for pages of another file."""
    _refuse_unless_reader(staff_account_id)
    declared = Declaration.objects.filter(id=declaration_id, referral__isnull=False).first()
    if declared is None:
        raise NotFound(what="人工核保")
    shown = Q(referral_id=declaration_id) | Q(id__in=[one.id for one in _loose_rows(declared)])
    row = MedicalPaper.objects.filter(shown, id=paper_id).first()
    if row is None:
        raise NotFound(what="这一页材料")
    return sealing.open_picture(row)


def _loose(declared: Declaration) -> tuple[MedicalPaperView, ...]:
    return tuple(paper_view(row) for row in _loose_rows(declared))


def _loose_rows(declared: Declaration) -> QuerySet[MedicalPaper]:
    """What the person uploaded to fill in this declaration, if they confirmed it."""
    return MedicalPaper.objects.filter(
        account_id=declared.account_id,
        person_id=declared.person_id,
        referral=None,
        removed_at=None,
        confirmed_at__isnull=False,
        added_at__gte=declared.created_at - _LOOSE_SINCE,
        added_at__lte=declared.created_at,
    ).order_by("-added_at", "page")[:20]


def _in_queue(state: str) -> QuerySet[Referral]:
    offered = Verdict.objects.filter(referral=OuterRef("pk"), answer="", valid_until__isnull=False)
    rows = Referral.objects.annotate(
        deadline=Case(
            When(state="waiting_for_papers", then=F("papers_by")),
            When(state="offered", then=Subquery(offered.values("valid_until")[:1])),
            default=F("reply_by"),
            output_field=DateTimeField(),
        )
    )
    if state == "closed":
        return rows.filter(decided_at__isnull=False)
    return rows.filter(decided_at=None, state=state)


def _counts() -> dict[str, int]:
    counted = Referral.objects.filter(decided_at=None).values_list("state").annotate(Count("declaration_id"))
    return {**dict.fromkeys(QUEUES[:-1], 0), **dict(counted)}


def _item(row: Referral, now: datetime) -> QueueItem:
    deadline: datetime = row.deadline  # type: ignore[attr-defined]
    left = deadline - now
    mark = "late" if left < timedelta(0) else "near" if left <= rules_referral.NEAR else ""
    return QueueItem(
        declaration_id=row.declaration_id,
        version_id=row.declaration.version_id,
        reasons=tuple(reason["text"]["zh"] for reason in row.declaration.decision["reasons"]),
        handler=row.handler,
        state=row.state,
        cause=row.cause,
        deadline=deadline,
        mark="" if row.decided_at else mark,
        created_at=row.created_at,
    )


def _refuse_unless_reader(staff_account_id: UUID) -> None:
    if not READERS.intersection(people.staff(staff_account_id).roles):
        raise NotAllowed()
