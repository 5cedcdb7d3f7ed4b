"""What every step shares: who acts, the row under lock, and the line in the story."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.errors import NotAllowed, NotFound
from baohe.plumbing import clock
from baohe.rooms.people import facade as people
from baohe.rooms.studio.contracts import ROLES
from baohe.rooms.studio.errors import DraftMoved
from baohe.rooms.studio.models import Draft, StudioEvent


def maker(staff_id: UUID) -> people.StaffView:
    """A member of staff who may work here. Raises `NotAllowed`."""
    staff = people.staff(staff_id)
    if not set(staff.roles) & set(ROLES):
        raise NotAllowed
    return staff


def locked(draft_id: UUID, *states: str) -> Draft:
    """The row until the end of the transaction. Raises `NotFound`, `DraftMoved` for another state."""
    row = Draft.objects.select_for_update().filter(id=draft_id).first()
    if row is None:
        raise NotFound(what="草案")
    if row.state not in states:
        raise DraftMoved(reason_zh="草案已经不在这一步", reason_en="the draft has moved on")
    return row


def tell(staff: people.StaffView, action: str, version_id: str, draft_id: UUID | None, detail: str = "") -> None:
    StudioEvent.objects.create(
        at=clock.now(),
        actor_id=staff.id,
        actor_name=staff.name,
        draft_id=draft_id,
        version_id=version_id,
        action=action,
        detail=detail[:500],
    )
