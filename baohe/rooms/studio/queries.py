"""Reads."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from baohe.kernel.errors import NotFound
from baohe.rooms.studio.contracts import DraftCard, DraftView, EventView
from baohe.rooms.studio.models import Draft, DraftSource, StudioEvent

_MOST_EVENTS = 100
_CARD = ("id", "product_code", "version", "state", "maker_name", "updated_at")


def drafts(page: int = 1, size: int = 20) -> tuple[tuple[DraftCard, ...], int]:
    """One page of all drafts but the withdrawn, last touched first, and how many there are."""
    rows = Draft.objects.exclude(state="withdrawn").order_by("-updated_at", "id")
    first = (page - 1) * size
    return tuple(DraftCard(*row) for row in rows.values_list(*_CARD)[first : first + size]), rows.count()


def awaiting() -> int:
    """How many drafts wait for a second name."""
    return Draft.objects.filter(state="submitted").count()


def draft(draft_id: UUID) -> DraftView:
    """Raises `NotFound`."""
    row = Draft.objects.filter(id=draft_id).first()
    if row is None:
        raise NotFound(what="草案")
    return view_of(row)


def source(draft_id: UUID, name: str) -> bytes:
    """A paper of the filing, byte for byte. Raises `NotFound`."""
    row = DraftSource.objects.filter(draft_id=draft_id, name=name).first() if "\x00" not in name else None
    if row is None:
        raise NotFound(what="这份材料")
    return bytes(row.content)


def sources(draft_id: UUID) -> dict[str, bytes]:
    rows = DraftSource.objects.filter(draft_id=draft_id).order_by("name")
    return {row.name: bytes(row.content) for row in rows}


def events_of(draft_id: UUID) -> list[EventView]:
    """The story of one draft, in order; its last hundred lines."""
    return _events(StudioEvent.objects.filter(draft_id=draft_id).order_by("-id"))


def events_of_version(version_id: str) -> list[EventView]:
    """The story of a version before and after its publication."""
    return _events(StudioEvent.objects.filter(version_id=version_id).order_by("-id"))


def _events(rows: QuerySet[StudioEvent]) -> list[EventView]:
    found = [EventView(row.at, row.actor_name, row.action, row.detail, row.version_id) for row in rows[:_MOST_EVENTS]]
    return found[::-1]


def view_of(row: Draft) -> DraftView:
    return DraftView(
        **{name: getattr(row, name) for name in _CARD},
        revision=row.revision,
        files=row.files,
        base_version_id=row.base_version_id,
        created_at=row.created_at,
        maker_id=row.maker_id,
        submitter_id=row.submitter_id,
        submitter_name=row.submitter_name,
        submitted_at=row.submitted_at,
        checker_id=row.checker_id,
        checker_name=row.checker_name,
        decided_at=row.decided_at,
        note=row.note,
        filing_number=row.filing_number,
        published_at=row.published_at,
        sources=tuple(row.sources.order_by("name").values_list("name", flat=True)),
    )
