"""A call-back becomes urgent."""

from __future__ import annotations

from uuid import UUID

from baohe.plumbing import clock
from baohe.rooms.call_backs.models import CallBack


def escalate(call_back_id: UUID) -> bool:
    """Mark it told, once; whether this call did so. Inside the transaction of the message."""
    waiting = CallBack.objects.filter(id=call_back_id, ended_at=None, escalated_at=None)
    return waiting.update(escalated_at=clock.now()) == 1
