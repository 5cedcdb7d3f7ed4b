"""Messages between a claimant and the handlers: kept on the claim, and the other side hears of them.

A claimant is told once by message, until they have read: a conversation is no reason for a telephone to ring at each
line, and what was said stays out of the notice, which lies open on a locked screen. The desk has no telephones: what
waits for a word there is a queue with the house's promise of an answer, whatever became of the claim.
"""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.flows import claimant
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.facade import MessageView, Written


def write(account_id: UUID, claim_id: UUID, text: str, key: str) -> MessageView:
    """The claimant writes. Raises `NotFound`, `InvalidInput`, `KeyReused`, `TooManyMessages`."""
    with transaction.atomic():
        return claims.write_message(account_id, claim_id, text, key).message


def answer(staff_id: UUID, claim_id: UUID, text: str, key: str, seen: int) -> MessageView:
    """A handler writes, having read up to number `seen`. Raises `NotAllowed`, `NotFound`, `NobodyToWriteTo`,
    `InvalidInput`, `KeyReused`, `TooManyMessages`."""
    with transaction.atomic():
        written = claims.answer_message(staff_id, claim_id, text, key, seen)
        if written.fresh and written.first_unread:
            _tell(written)
        return written.message


def seen_by_claimant(account_id: UUID, claim_id: UUID, number: int) -> None:
    """Raises `NotFound`."""
    with transaction.atomic():
        claims.messages_seen(account_id, claim_id, number)


def put_aside(staff_id: UUID, claim_id: UUID, seen: int) -> None:
    """Nothing is to be answered up to number `seen`. Raises `NotAllowed`, `NotFound`."""
    with transaction.atomic():
        claims.put_messages_aside(staff_id, claim_id, seen)


def _tell(written: Written) -> None:
    """Where an account is closed or an order has no telephone nobody is told: the words are in the file all the
    same."""
    claim = claims.claim_by_id(written.claim_id)
    claimant.tell(claim, "message", {"number": claim.number, "name": written.message.name})
