"""Reads; the queue pages."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.call_backs.contracts import CallBackPage, CallBackView
from baohe.rooms.call_backs.models import CallBack
from baohe.rooms.call_backs.shapes import call_back_view

_LONGEST_PAGE = 50
_TOLD = 100


def of_policy(policy_id: UUID, shard_key: int) -> CallBackView | None:
    row = CallBack.objects.filter(shard_key=shard_key, policy_id=policy_id).first()
    return None if row is None else call_back_view(row, clock.today())


def by_id(call_back_id: UUID) -> CallBackView:
    """Raises `NotFound`."""
    row = CallBack.objects.filter(id=call_back_id).first()
    if row is None:
        raise NotFound(what="回访")
    return call_back_view(row, clock.today())


def waiting(page: int = 1, size: int = 20) -> CallBackPage:
    """One page of what nobody has finished, nearest deadline first; the overdue stand at the top and stay."""
    page, size = max(page, 1), min(max(size, 1), _LONGEST_PAGE)
    rows = CallBack.objects.filter(ended_at=None).order_by("last_day", "id")
    today = clock.today()
    found = rows.prefetch_related("answered")[(page - 1) * size : page * size]
    return CallBackPage([call_back_view(row, today) for row in found], rows.count(), page, size)


def to_escalate(on: date, size: int = 200) -> list[UUID]:
    """The tasks that become urgent on a day and have not been told of, by their deadline."""
    rows = CallBack.objects.filter(ended_at=None, escalated_at=None, escalate_on__lte=on)
    return list(rows.order_by("escalate_on", "id").values_list("id", flat=True)[:size])


def problems() -> list[str]:
    """What the round should have told of and did not: it looks every hour, so a day's delay is a broken round."""
    late = CallBack.objects.filter(ended_at=None, escalated_at=None, escalate_on__lt=clock.today())
    return [
        f"call-back of policy {policy_id} is urgent and nobody was told"
        for policy_id in late.values_list("policy_id", flat=True)[:_TOLD]
    ]
