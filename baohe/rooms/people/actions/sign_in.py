"""Turn a code into an account, opening the account on first use."""

from __future__ import annotations

import hmac
import re
import unicodedata
from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.people import rules, sealing
from baohe.rooms.people.actions.send_code import code_mac
from baohe.rooms.people.contracts import AccountView
from baohe.rooms.people.errors import AccountClosed, CodeSpent, CodeWrong
from baohe.rooms.people.models import Account, LoginCode
from baohe.rooms.people.queries import account as account_view


def sign_in(phone: str, code: str, request_id: UUID) -> AccountView:
    """The account of `phone`, if `code` is the one sent for `request_id`.

    Raises `CodeWrong` with the tries left, `CodeSpent` (expired, used, locked, unknown), `AccountClosed`.
    A wrong try is counted in its own transaction: rolled back with the refusal, it would never run out.
    """
    phone = rules.normal_phone(phone)
    typed = re.sub(r"\s", "", unicodedata.normalize("NFKC", code))
    tries_left = _spend_try(phone, typed, request_id)
    if tries_left is not None:
        raise CodeWrong(tries_left=tries_left) if tries_left else CodeSpent()
    return open_account(phone)


def open_account(phone: str) -> AccountView:
    """The account of a telephone whose holder is known, made if there is none. Raises `AccountClosed`.

    For sign-in, and for programs that load people who were verified elsewhere; never reachable from a form.
    """
    phone = rules.normal_phone(phone)
    with transaction.atomic():
        row = Account.objects.filter(phone_index=sealing.phone_index(phone)).first()
        if row is None:
            row = _insert(phone)
    if not row.is_active:
        raise AccountClosed()
    return account_view(row.id)


def _spend_try(phone: str, typed: str, request_id: UUID) -> int | None:
    """None when the code is right and now used, else the tries left."""
    with transaction.atomic():
        row = (
            LoginCode.objects.select_for_update().filter(id=request_id, phone_index=sealing.phone_index(phone)).first()
        )
        now = clock.now()
        if row is None or row.used_at is not None or row.expires_at <= now or row.tries >= rules.MAX_TRIES:
            raise CodeSpent()
        if hmac.compare_digest(code_mac(row, phone, typed), bytes(row.code_mac)):
            row.used_at = now
            row.save(update_fields=["used_at"])
            return None
        row.tries += 1
        row.save(update_fields=["tries"])
        return rules.MAX_TRIES - row.tries


def _insert(phone: str) -> Account:
    """Insert, or take the row that a simultaneous first sign-in has just made."""
    made = Account(joined_at=clock.now())
    made.username = f"customer-{made.id}"
    made.set_unusable_password()
    sealing.seal_account_phone(made, phone)
    Account.objects.bulk_create([made], ignore_conflicts=True)
    return Account.objects.get(phone_index=made.phone_index)
