"""Reads, and the shape of a link."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.assents import sealing
from baohe.rooms.assents.contracts import WAITING, LinkView
from baohe.rooms.assents.models import Link
from baohe.rooms.assents.rules.sending import RESEND_PAUSE


def latest(subject: str, subject_id: UUID) -> LinkView | None:
    """The newest link about a subject, whatever became of it."""
    row = Link.objects.filter(subject=subject, subject_id=subject_id).order_by("-sent_at", "-id").first()
    return None if row is None else view(row, clock.now())


def phone_in_demo(link_id: UUID) -> str:
    """The telephone in clear, for the page that shows the demo's inbox; callers ask in the demo alone. Raises
    `NotFound`."""
    row = Link.objects.filter(id=link_id).first()
    if row is None:
        raise NotFound(what="链接")
    return sealing.phone(row)


def view(row: Link, now: datetime) -> LinkView:
    phone = sealing.phone(row)
    return LinkView(
        id=row.id,
        subject=row.subject,
        subject_id=row.subject_id,
        account_id=row.account_id,
        shard_key=row.shard_key,
        content=row.content,
        state="expired" if row.state == WAITING and now >= row.expires_at else row.state,
        phone_masked=f"{phone[:3]}****{phone[-4:]}",
        sent_at=row.sent_at,
        expires_at=row.expires_at,
        resend_after=row.sent_at + RESEND_PAUSE,
        decided_at=row.decided_at,
    )
