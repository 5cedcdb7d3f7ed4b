"""Answers of the customer, online or on the telephone."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput, NotAllowed, NotFound
from baohe.plumbing import clock, vault
from baohe.rooms.call_backs.contracts import (
    CUSTOMER,
    NOT_REACHED,
    PHONE,
    UNCLEAR,
    UNDERSTOOD,
    CallBackView,
    Contract,
)
from baohe.rooms.call_backs.errors import CallBackEnded
from baohe.rooms.call_backs.models import Answered, CallBack
from baohe.rooms.call_backs.rules import questions
from baohe.rooms.call_backs.shapes import NOTE, call_back_view
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.people import facade as people

_LONGEST_NOTE = 500
_AGENTS = frozenset({"service"})


def answer(call_back_id: UUID, account_id: UUID, contract: Contract, answers: Mapping[str, str]) -> CallBackView:
    """The customer answers every question; all clear ends it, anything unclear waits for a person to explain.

    Raises `InvalidInput`, `CallBackEnded`, `NotFound` for another account's.
    """
    unclear = questions.unclear(questions.questions(contract), answers)
    with transaction.atomic():
        row = _held(call_back_id)
        if row.account_id != account_id:
            raise NotFound(what="回访")
        return _record(row, CUSTOMER, UNCLEAR if unclear else UNDERSTOOD, unclear)


def record_call(
    staff_account_id: UUID, call_back_id: UUID, contract: Contract, outcome: str, unclear: tuple[str, ...], note: str
) -> CallBackView:
    """A named agent called: understood, unclear (naming what), or not reached. Raises `NotAllowed`, `InvalidInput`,
    `CallBackEnded`, `NotFound`."""
    staff = people.staff(staff_account_id)
    if not _AGENTS.intersection(staff.roles):
        raise NotAllowed()
    known = {question.code for question in questions.questions(contract)}
    if outcome not in (UNDERSTOOD, UNCLEAR, NOT_REACHED) or (outcome == UNCLEAR) != bool(unclear):
        raise InvalidInput(
            field="outcome",
            reason_zh="结论和没听明白的问题要对得上",
            reason_en="outcome and unclear questions must agree",
        )
    if not set(unclear) <= known or not 0 < len(note.strip()) <= _LONGEST_NOTE or "\x00" in note:
        raise InvalidInput(
            field="note", reason_zh="写一句经过（500 字以内）", reason_en="say in up to 500 characters what happened"
        )
    with transaction.atomic():
        return _record(_held(call_back_id), PHONE, outcome, unclear, note.strip(), staff_account_id, staff.name)


def _held(call_back_id: UUID) -> CallBack:
    row = CallBack.objects.select_for_update().filter(id=call_back_id).first()
    if row is None:
        raise NotFound(what="回访")
    if row.ended_at is not None:
        raise CallBackEnded()
    return row


def _record(
    row: CallBack,
    channel: str,
    outcome: str,
    unclear: tuple[str, ...],
    note: str = "",
    staff_account_id: UUID | None = None,
    staff_name: str = "",
) -> CallBackView:
    row_id = clock.new_id()
    moment = clock.now()
    Answered.objects.create(
        id=row_id,
        call_back=row,
        shard_key=row.shard_key,
        channel=channel,
        outcome=outcome,
        unclear=list(unclear),
        note_sealed=vault.seal(NOTE, row_id, note) if note else None,
        staff_account_id=staff_account_id,
        staff_name=staff_name,
        at=moment,
    )
    if outcome == UNDERSTOOD:
        row.ended_at = moment
        row.save(update_fields=["ended_at"])
    evidence.append(
        "call_back_answered",
        str(row_id),
        {"policy": str(row.policy_id), "channel": channel, "outcome": outcome, "unclear": list(unclear)},
        row.shard_key,
    )
    return call_back_view(row, clock.today())
