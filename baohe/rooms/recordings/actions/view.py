"""Write down who opens a film, before it is opened (DATA-5)."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.recordings.models import Viewing


def note_viewing(policy_id: UUID, staff_id: UUID, staff_name: str, reason: str, *, exported: bool = False) -> None:
    """Raises `InvalidInput` without a reason."""
    if len(reason.strip()) < 2:
        raise InvalidInput(field="reason", reason_zh="请写明查看的原因", reason_en="say why you open it")
    Viewing.objects.create(
        policy_id=policy_id,
        staff_id=staff_id,
        staff_name=staff_name,
        reason=reason.strip()[:200],
        exported=exported,
        at=clock.now(),
    )
