"""Use up a code that was sent: once, for what it was sent for."""

from __future__ import annotations

import hmac
from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock, telephone_codes
from baohe.rooms.people import rules, sealing
from baohe.rooms.people.actions.send_code import code_mac
from baohe.rooms.people.errors import AccountClosed, CodeSpent, CodeWrong
from baohe.rooms.people.models import Account, LoginCode


def spend_signing_code(account_id: UUID, code: str, request_id: UUID, subject: str) -> None:
    """The second factor of a signature: the code that was sent to the account's own telephone for `subject`.

    Raises `CodeWrong` with the tries left, `CodeSpent` (expired, used, locked, sent for another document or to
    another account), `AccountClosed`.
    """
    row = Account.objects.filter(id=account_id, is_active=True).first()
    if row is None or row.phone_sealed is None:
        raise AccountClosed()
    spend_code(sealing.open_account_phone(row), code, request_id, rules.SIGN_DOCUMENT, subject)


def spend_code(phone: str, code: str, request_id: UUID, purpose: str, subject: str = "") -> None:
    """Raises `CodeWrong` with the tries left, `CodeSpent` (expired, used, locked, unknown).

    A wrong try is counted in its own transaction: rolled back with the refusal, it would never run out. Never call it
    inside another one.
    """
    tries_left = _spend_try(phone, telephone_codes.plain(code), request_id, purpose, subject)
    if tries_left is not None:
        raise CodeWrong(tries_left=tries_left) if tries_left else CodeSpent()


def _spend_try(phone: str, typed: str, request_id: UUID, purpose: str, subject: str) -> int | None:
    """None when the code is right and now used, else the tries left."""
    with transaction.atomic():
        row = (
            LoginCode.objects.select_for_update()
            .filter(id=request_id, phone_index=sealing.phone_index(phone), purpose=purpose, subject=subject)
            .first()
        )
        now = clock.now()
        if row is None or row.used_at is not None or row.expires_at <= now or row.tries >= telephone_codes.TRIES:
            raise CodeSpent()
        if hmac.compare_digest(code_mac(row, phone, typed), bytes(row.code_mac)):
            row.used_at = now
            row.save(update_fields=["used_at"])
            return None
        row.tries += 1
        row.save(update_fields=["tries"])
        return telephone_codes.TRIES - row.tries
