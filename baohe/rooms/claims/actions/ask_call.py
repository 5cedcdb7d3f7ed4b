"""Somebody without a claim asks to be called, and a named person says what came of it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput, NotAllowed, NotFound
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock
from baohe.rooms.claims import sealing
from baohe.rooms.claims.contracts import CALL_OUTCOMES, CALL_REASONS, CallAskedView
from baohe.rooms.claims.errors import CallOver
from baohe.rooms.claims.models import CallAsked
from baohe.rooms.claims.queries.calls import call_view
from baohe.rooms.claims.rules import deadlines
from baohe.rooms.claims.rules.keeping import call_kept_until
from baohe.rooms.people import facade as people

ANSWERING = ("service", "claims_handler")
_LONGEST = 500


def ask_call(account_id: UUID, reason: str, sentence: str) -> CallAskedView:
    """One waits at a time: asking again, also at the same moment, answers with the one that waits.

    Raises `InvalidInput` for an unknown reason or a sentence above 500 letters.
    """
    if reason not in CALL_REASONS:
        raise InvalidInput(field="reason", reason_zh="不认识的原因", reason_en="the reason is unknown")
    said = sentence.strip()
    if len(said) > _LONGEST or "\x00" in said:
        raise InvalidInput(field="sentence", reason_zh="最多 500 字", reason_en="at most 500 letters")
    call_id, moment = clock.new_id(), clock.now()
    asked = CallAsked(
        id=call_id,
        shard_key=shard_of(str(account_id)),
        account_id=account_id,
        reason=reason,
        sentence_sealed=sealing.seal_call_sentence(call_id, said) if said else None,
        asked_at=moment,
        answer_by=deadlines.reply_by(moment),
    )
    with transaction.atomic():
        CallAsked.objects.bulk_create([asked], ignore_conflicts=True)
        # the newest: one that waited may have been ended in this very moment
        return call_view(CallAsked.objects.filter(account_id=account_id).latest("asked_at"))


def end_call(staff_id: UUID, call_id: UUID, outcome: str, note: str) -> CallAskedView:
    """Raises `NotAllowed`, `InvalidInput`, `CallOver`, `NotFound`."""
    staff = people.staff(staff_id)
    if not set(ANSWERING) & set(staff.roles):
        raise NotAllowed
    if outcome not in CALL_OUTCOMES:
        raise InvalidInput(field="outcome", reason_zh="请选一项", reason_en="choose one")
    if not 2 <= len(note.strip()) <= _LONGEST:
        raise InvalidInput(field="note", reason_zh="请写一句经过", reason_en="say in a sentence what happened")
    with transaction.atomic():
        row = CallAsked.objects.select_for_update().filter(id=call_id).first()
        if row is None:
            raise NotFound(what="来电请求")
        if row.ended_at is not None:
            raise CallOver(name=row.by_name)
        row.outcome, row.note_sealed = outcome, sealing.seal_call_note(row.id, note.strip())
        row.by, row.by_name, row.ended_at = staff.id, staff.name, clock.now()
        row.kept_until = call_kept_until(clock.today())
        row.save(update_fields=["outcome", "note_sealed", "by", "by_name", "ended_at", "kept_until"])
        return call_view(row)
