"""Reads of a claim's messages: for its claimant, and for whoever may open its file."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.errors import NotFound
from baohe.rooms.claims import sealing
from baohe.rooms.claims.actions.states import refuse_unless_reader
from baohe.rooms.claims.contracts import MessagePage, MessageView
from baohe.rooms.claims.models import Claim, ClaimMessage, MessageBox
from baohe.rooms.claims.rules import deadlines
from baohe.rooms.people import facade as people

_PAGE = 50


def messages_of(account_id: UUID, claim_id: UUID, before: int | None = None) -> MessagePage:
    """For the claimant; reading marks nothing. Raises `NotFound`, also for claims of others."""
    return _page(Claim.objects.filter(id=claim_id, account_id=account_id).first(), "claimant", before)


def messages_for_staff(staff_id: UUID, claim_id: UUID, before: int | None = None) -> MessagePage:
    """For a handler or an auditor; reading marks nothing. Raises `NotAllowed`, `NotFound`."""
    refuse_unless_reader(people.staff(staff_id))
    return _page(Claim.objects.filter(id=claim_id).first(), "desk", before)


def message_view(row: ClaimMessage, unread: bool = False) -> MessageView:
    return MessageView(row.number, row.side, row.author_name, sealing.message(row), row.masked, row.at, unread)


def _page(row: Claim | None, side: str, before: int | None) -> MessagePage:
    if row is None:
        raise NotFound(what="这件理赔")
    box = MessageBox.objects.filter(claim=row).first()
    if box is None:
        return MessagePage((), None, 0, 0, None)
    seen, unread = (box.claimant_seen, box.claimant_unread) if side == "claimant" else (box.desk_seen, box.desk_unread)
    rows = row.messages.order_by("-number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    newest = list(rows[:_PAGE])
    items = tuple(message_view(one, one.side != side and one.number > seen) for one in reversed(newest))
    earlier = items[0].number if items and items[0].number > 1 else None
    answer_by = deadlines.reply_by(box.waits_since) if box.waits_since else None
    return MessagePage(items, earlier, unread, box.last_number, answer_by)
