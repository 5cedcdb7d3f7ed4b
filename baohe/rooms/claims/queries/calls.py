"""Calls that were asked for: of an account, and the desk's queue."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.claims import sealing
from baohe.rooms.claims.contracts import CallAskedView, CallOverView
from baohe.rooms.claims.models import CallAsked


def call_of(account_id: UUID) -> CallAskedView | None:
    """The one that waits."""
    row = CallAsked.objects.filter(account_id=account_id, ended_at=None).first()
    return None if row is None else call_view(row)


def call_asked(call_id: UUID) -> CallAskedView:
    """For the desk. Raises `NotFound`."""
    row = CallAsked.objects.filter(id=call_id).first()
    if row is None:
        raise NotFound(what="来电请求")
    return call_view(row)


def calls_asked(page: int, size: int) -> tuple[list[CallAskedView], int]:
    """Who waits for a call, the first to be answered at the top, and how many."""
    rows = CallAsked.objects.filter(ended_at=None)
    first = (max(page, 1) - 1) * size
    return [call_view(row) for row in rows.order_by("answer_by", "id")[first : first + size]], rows.count()


def calls_over(after: CallOverView | None, size: int) -> list[CallOverView]:
    """Ended calls whose date is over and of which something can still be read, the oldest first, after `after`."""
    rows = CallAsked.objects.filter(ended_at__isnull=False, emptied_at=None, kept_until__lt=clock.today())
    if after is not None:
        later = Q(kept_until=after.kept_until, id__gt=after.id) | Q(kept_until__gt=after.kept_until)
        rows = rows.filter(later)
    found = rows.order_by("kept_until", "id").values_list("id", "account_id", "kept_until")[:size]
    return [CallOverView(*row) for row in found]


def call_view(row: CallAsked) -> CallAskedView:
    return CallAskedView(
        id=row.id,
        account_id=row.account_id,
        reason=row.reason,
        sentence=sealing.call_sentence(row),
        asked_at=row.asked_at,
        answer_by=row.answer_by,
        outcome=row.outcome,
        note=sealing.call_note(row),
        by_name=row.by_name,
        ended_at=row.ended_at,
    )
