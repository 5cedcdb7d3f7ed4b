"""Turn a code into an account, opening the account on first use."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.people import rules, sealing
from baohe.rooms.people.actions.spend_code import spend_code
from baohe.rooms.people.contracts import AccountView
from baohe.rooms.people.errors import AccountClosed
from baohe.rooms.people.models import Account
from baohe.rooms.people.queries import account as account_view


def sign_in(phone: str, code: str, request_id: UUID) -> AccountView:
    """The account of `phone`, if `code` is the one sent for `request_id`.

    Raises `CodeWrong` with the tries left, `CodeSpent` (expired, used, locked, unknown), `AccountClosed`.
    """
    phone = rules.normal_phone(phone)
    spend_code(phone, code, request_id, rules.SIGN_IN)
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


def _insert(phone: str) -> Account:
    """Insert, or take the row that a simultaneous first sign-in has just made."""
    made = Account(joined_at=clock.now())
    made.username = f"customer-{made.id}"
    made.set_unusable_password()
    sealing.seal_account_phone(made, phone)
    Account.objects.bulk_create([made], ignore_conflicts=True)
    return Account.objects.get(phone_index=made.phone_index)
