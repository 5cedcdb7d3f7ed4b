"""What was said in a call that was asked for goes when its date is over; that it was asked and answered stays."""

from __future__ import annotations

from uuid import UUID

import structlog
from django.db import transaction

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.claims.errors import CallHeld, CallKept
from baohe.rooms.claims.models import CallAsked

log = structlog.get_logger()


def forget_call(call_id: UUID, dispute: str = "") -> None:
    """Destroy the sentence and the note of an ended call. A repeat changes nothing.

    `dispute` is the reason why something of the account is held. Raises `CallKept` while it waits and up to its last
    day, `CallHeld` for a dispute, `NotFound`.
    """
    with transaction.atomic():
        row = CallAsked.objects.select_for_update().filter(id=call_id).first()
        if row is None:
            raise NotFound(what="来电请求")
        if row.emptied_at is not None:
            return
        if row.kept_until is None or clock.today() <= row.kept_until:
            raise CallKept(until=row.kept_until.isoformat() if row.kept_until else "")
        if dispute:
            raise CallHeld(reason=dispute)
        row.sentence_sealed, row.note_sealed, row.emptied_at = None, None, clock.now()
        row.save(update_fields=["sentence_sealed", "note_sealed", "emptied_at"])
    log.info("call_asked_forgotten", call=str(call_id))
