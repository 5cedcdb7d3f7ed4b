"""Claimant and handlers write to each other on the claim file, in every state of a claim. It decides nothing."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Min, QuerySet

from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.plumbing.idempotency import KeyReused
from baohe.rooms.claims import locks, sealing
from baohe.rooms.claims.actions.states import refuse_unless_handler
from baohe.rooms.claims.contracts import LONGEST_MESSAGE, Written
from baohe.rooms.claims.errors import NobodyToWriteTo, TooManyMessages
from baohe.rooms.claims.models import Claim, ClaimMessage, MessageBox
from baohe.rooms.claims.queries.messages import message_view
from baohe.rooms.claims.rules.masking import hide_numbers
from baohe.rooms.claims.rules.pace import MOST, wait_seconds
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import StaffView

_LONGEST_KEY = 255


def write_message(account_id: UUID, claim_id: UUID, text: str, key: str) -> Written:
    """From the claimant. The same `key` sends once for ever. Inside the caller's transaction.

    Raises `NotFound` (also for claims of others), `InvalidInput`, `KeyReused` for another text under the key,
    `TooManyMessages`.
    """
    row = locks.own_claim(account_id, claim_id)
    return _send(row, text, key, account_id, None)


def answer_message(staff_id: UUID, claim_id: UUID, text: str, key: str, seen: int) -> Written:
    """From a handler, in their name; `seen` is the number of the last message that stood on their screen: what came
    after it still waits. Inside the caller's transaction.

    Raises `NotAllowed`, `NotFound`, `NobodyToWriteTo` on a fact that a partner reported, and as `write_message`.
    """
    staff = people.staff(staff_id)
    refuse_unless_handler(staff)
    row = locks.any_claim(claim_id)
    if row.partner_id is not None and not row.by_link:
        raise NobodyToWriteTo()
    return _send(row, text, key, staff_id, staff, seen)


def messages_seen(account_id: UUID, claim_id: UUID, number: int) -> None:
    """The claimant has read up to `number`. Inside the caller's transaction. Raises `NotFound`."""
    row = locks.own_claim(account_id, claim_id)
    box = MessageBox.objects.filter(claim=row).first()
    if box is not None:
        _seen_by_claimant(box, number)
        box.save()


def put_messages_aside(staff_id: UUID, claim_id: UUID, seen: int) -> None:
    """A handler has read up to `seen` and nothing is to be answered. Inside the caller's transaction. Raises
    `NotAllowed`, `NotFound`."""
    refuse_unless_handler(people.staff(staff_id))
    row = locks.any_claim(claim_id)
    box = MessageBox.objects.filter(claim=row).first()
    if box is not None:
        _seen_by_desk(box, seen)
        box.save()


def _send(row: Claim, text: str, key: str, author_id: UUID, staff: StaffView | None, seen: int = 0) -> Written:
    side = "desk" if staff else "claimant"
    shown, masked = hide_numbers(_checked(text, key))
    box, _ = MessageBox.objects.get_or_create(claim=row, defaults={"shard_key": row.shard_key})
    earlier = ClaimMessage.objects.filter(claim=row, author_id=author_id, key=key).first()
    if earlier is not None:
        if sealing.message(earlier) != shown:
            raise KeyReused()
        return _written(row, earlier, fresh=False, first_unread=False)
    _refuse_haste(row, side)
    message_id = clock.new_id()
    message = ClaimMessage.objects.create(
        id=message_id,
        claim=row,
        shard_key=row.shard_key,
        number=box.last_number + 1,
        side=side,
        author_id=author_id,
        author_name=staff.name if staff else "",
        text_sealed=sealing.seal_message(message_id, shown),
        masked=masked,
        key=key,
        at=clock.now(),
    )
    box.last_number = message.number
    unread_before = box.claimant_unread if staff else box.desk_unread
    if staff:
        box.claimant_unread += 1
        _seen_by_desk(box, seen)
    else:
        box.desk_unread += 1
        box.waits_since = box.waits_since or message.at
    box.save()
    return _written(row, message, fresh=True, first_unread=not unread_before)


def _checked(text: str, key: str) -> str:
    said = text.strip()
    if not said or len(said) > LONGEST_MESSAGE or "\x00" in said:
        raise InvalidInput(
            field="text", reason_zh=f"请写 1–{LONGEST_MESSAGE} 个字", reason_en=f"write 1–{LONGEST_MESSAGE} letters"
        )
    if not 0 < len(key) <= _LONGEST_KEY:
        raise InvalidInput(
            field="Idempotency-Key",
            reason_zh=f"需要 1–{_LONGEST_KEY} 个字符",
            reason_en=f"needs 1–{_LONGEST_KEY} characters",
        )
    return said


def _refuse_haste(row: Claim, side: str) -> None:
    sent = ClaimMessage.objects.filter(claim=row, side=side).order_by("-at").values_list("at", flat=True)[:MOST]
    wait = wait_seconds(list(sent), clock.now())
    if wait:
        raise TooManyMessages(retry_after_seconds=wait)


def _seen_by_claimant(box: MessageBox, number: int) -> None:
    box.claimant_seen = max(box.claimant_seen, min(number, box.last_number))
    box.claimant_unread = _ahead(box, "desk", box.claimant_seen).count()


def _seen_by_desk(box: MessageBox, number: int) -> None:
    box.desk_seen = max(box.desk_seen, min(number, box.last_number))
    ahead = _ahead(box, "claimant", box.desk_seen)
    box.desk_unread = ahead.count()
    box.waits_since = ahead.aggregate(oldest=Min("at"))["oldest"]


def _ahead(box: MessageBox, side: str, seen: int) -> QuerySet[ClaimMessage]:
    return ClaimMessage.objects.filter(claim_id=box.claim_id, side=side, number__gt=seen)


def _written(row: Claim, message: ClaimMessage, fresh: bool, first_unread: bool) -> Written:
    return Written(message_view(message), row.id, fresh, first_unread)
