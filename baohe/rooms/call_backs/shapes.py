"""Rows → contracts."""

from __future__ import annotations

from datetime import date

from baohe.plumbing import vault
from baohe.rooms.call_backs.contracts import AnsweredView, CallBackView
from baohe.rooms.call_backs.models import Answered, CallBack
from baohe.rooms.call_backs.rules.states import state_of

NOTE = "call_backs_answered.note"


def call_back_view(row: CallBack, today: date) -> CallBackView:
    """Reads the answers of the row; lists prefetch them. Raises `SealedDataUnreadable`."""
    answered = tuple(_answered(one) for one in sorted(row.answered.all(), key=lambda one: (one.at, one.id)))
    return CallBackView(
        id=row.id,
        shard_key=row.shard_key,
        policy_id=row.policy_id,
        account_id=row.account_id,
        version_id=row.version_id,
        last_day=row.last_day,
        escalate_on=row.escalate_on,
        made_at=row.made_at,
        escalated_at=row.escalated_at,
        ended_at=row.ended_at,
        state=state_of(
            row.ended_at is not None, tuple(one.outcome for one in answered), row.escalate_on, row.last_day, today
        ),
        answered=answered,
    )


def _answered(row: Answered) -> AnsweredView:
    return AnsweredView(
        channel=row.channel,
        outcome=row.outcome,
        unclear=tuple(row.unclear),
        note="" if row.note_sealed is None else vault.unseal(NOTE, row.id, bytes(row.note_sealed)),
        staff_name=row.staff_name,
        at=row.at,
    )
