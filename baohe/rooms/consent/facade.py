"""The only door of the room: who allowed what, for which purpose, under which wording."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.consent.contracts import ConsentView
from baohe.rooms.consent.models import GRANTED, WITHDRAWN, ConsentEvent

__all__ = ["ConsentView", "grant", "history", "is_granted", "refusals", "withdraw"]

_MOST = 100


def grant(account_id: UUID, purpose: str, text_digest: str, subject: str = "") -> ConsentView:
    """Record that the person agreed to the wording with this digest. Nothing else ever grants (DATA-1)."""
    return _record(account_id, purpose, subject, GRANTED, text_digest)


def withdraw(account_id: UUID, purpose: str, text_digest: str = "", subject: str = "") -> ConsentView:
    """Record that the person takes it back, or does not want it; one call, no condition, no earlier grant needed."""
    return _record(account_id, purpose, subject, WITHDRAWN, text_digest)


def is_granted(account_id: UUID, purpose: str, subject: str = "") -> bool:
    """Whether the latest event is a grant. No event is no consent."""
    events = ConsentEvent.objects.filter(account_id=account_id, purpose=purpose, subject=subject)
    return events.order_by("-id").values_list("event", flat=True).first() == GRANTED


def refusals(account_id: UUID, purpose: str) -> frozenset[str]:
    """The subjects whose latest event for this purpose is a withdrawal."""
    latest = (
        ConsentEvent.objects.filter(account_id=account_id, purpose=purpose)
        .order_by("subject", "-id")
        .distinct("subject")
        .values_list("subject", "event")
    )
    return frozenset(subject for subject, event in latest if event == WITHDRAWN)


def history(account_id: UUID, before: int | None = None, size: int = 50) -> list[ConsentView]:
    """The person's own events, newest first; `before` is the id of the last one already shown."""
    rows = ConsentEvent.objects.filter(account_id=account_id).order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_view(row) for row in rows[: min(size, _MOST)]]


def _record(account_id: UUID, purpose: str, subject: str, event: str, text_digest: str) -> ConsentView:
    with transaction.atomic():
        row = ConsentEvent.objects.create(
            account_id=account_id,
            purpose=purpose,
            subject=subject,
            event=event,
            text_digest=text_digest,
            at=clock.now(),
        )
    return _view(row)


def _view(row: ConsentEvent) -> ConsentView:
    return ConsentView(row.id, row.account_id, row.purpose, row.subject, row.event, row.text_digest, row.at)
