"""A person helps where a device cannot keep the record. Nothing here opens the payment (SALE-5)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.recordings.contracts import HELP_OUTCOMES, HELP_REASONS, RECORDED, HelpView
from baohe.rooms.recordings.errors import HelpEnded, LinkJustSent
from baohe.rooms.recordings.models import Help
from baohe.rooms.recordings.views import help_view

_BETWEEN_LINKS = timedelta(minutes=1)


def ask_help(account_id: UUID, proposal_id: UUID, shard_key: int, version_id: str, reason: str) -> HelpView:
    """One open request a proposal: asking again, also at the same moment, answers with the one that waits.

    Raises `InvalidInput` for an unknown reason. Whoever calls has seen that the proposal is the account's own.
    """
    if reason not in HELP_REASONS:
        raise InvalidInput(field="reason", reason_zh="不认识的原因", reason_en="the reason is unknown")
    with transaction.atomic():
        asked = Help(
            shard_key=shard_key,
            account_id=account_id,
            proposal_id=proposal_id,
            version_id=version_id,
            reason=reason,
            asked_at=clock.now(),
        )
        Help.objects.bulk_create([asked], ignore_conflicts=True)
        # the newest: one that waited may have been ended in this very moment
        return help_view(Help.objects.filter(proposal_id=proposal_id).latest("asked_at"))


def note_link(help_id: UUID) -> HelpView:
    """The link is being sent, in the transaction of its message. Raises `HelpEnded`, `LinkJustSent`, `NotFound`."""
    with transaction.atomic():
        row = _open(help_id)
        moment = clock.now()
        if row.link_sent_at is not None and moment - row.link_sent_at < _BETWEEN_LINKS:
            raise LinkJustSent
        row.link_sent_at = moment
        row.save(update_fields=["link_sent_at"])
        return help_view(row)


def end_help(help_id: UUID, staff_id: UUID, staff_name: str, outcome: str, note: str) -> HelpView:
    """A named person says what helped. Raises `InvalidInput`, `HelpEnded`, `NotFound`."""
    if outcome not in HELP_OUTCOMES:
        raise InvalidInput(field="outcome", reason_zh="请选一项", reason_en="choose one")
    if not note.strip():
        raise InvalidInput(field="note", reason_zh="请写一句经过", reason_en="say in a sentence what happened")
    with transaction.atomic():
        row = _open(help_id)
        row.outcome, row.note = outcome, note.strip()[:200]
        row.by, row.by_name, row.ended_at = staff_id, staff_name, clock.now()
        row.save(update_fields=["outcome", "note", "by", "by_name", "ended_at"])
        return help_view(row)


def help_over(proposal_id: UUID) -> None:
    """The sale is sealed with its record: what still waits is over, in the transaction of the issue."""
    Help.objects.filter(proposal_id=proposal_id, ended_at=None).update(outcome=RECORDED, ended_at=clock.now())


def _open(help_id: UUID) -> Help:
    row = Help.objects.select_for_update().filter(id=help_id).first()
    if row is None:
        raise NotFound(what="协助请求")
    if row.ended_at is not None:
        raise HelpEnded
    return row
