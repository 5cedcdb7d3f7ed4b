"""Send a code to a telephone: to sign in, known or not; to sign a document, the account's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock, telephone_codes
from baohe.plumbing.queues import queue_behind
from baohe.rooms.notices import facade as notices
from baohe.rooms.people import rules, sealing
from baohe.rooms.people.contracts import CodeRequested
from baohe.rooms.people.errors import AccountClosed, TooManyCodes
from baohe.rooms.people.models import Account, LoginCode


def send_code(phone: str, ip: str) -> CodeRequested:
    """Queue a message with a fresh code; it works for five minutes, once, with five tries.

    Nothing here looks at accounts, so neither the answer nor its duration tells who is a customer.
    Raises `InvalidInput`, `TooManyCodes` (60 s pause; a day's quota of the telephone and of the address).
    """
    phone = rules.normal_phone(phone)

    def wait(phone_index: bytes, ip_index: bytes) -> int:
        return rules.seconds_to_wait(
            _recent(rules.CODES_PER_PHONE, phone_index=phone_index, purpose=rules.SIGN_IN),
            _recent(rules.CODES_PER_IP, ip_index=ip_index, purpose=rules.SIGN_IN),
            clock.now(),
        )

    return _send(phone, ip, LoginCode(purpose=rules.SIGN_IN), wait, "login_code", {}, {})


def send_signing_code(
    account_id: UUID, subject: str, ip: str, words: Mapping[str, str], words_en: Mapping[str, str]
) -> CodeRequested:
    """The same for a signature: to the telephone that the account signs in with, good for `subject` alone.

    `words` say in the message what will be signed (`paper`). The pause counts from the newest code that was not used:
    whoever signs several papers in one sitting does not wait between them. Raises `TooManyCodes`, `AccountClosed`.
    """
    row = Account.objects.filter(id=account_id, is_active=True).first()
    if row is None or row.phone_sealed is None:
        raise AccountClosed()
    phone = sealing.open_account_phone(row)

    def wait(phone_index: bytes, ip_index: bytes) -> int:
        mine = {"phone_index": phone_index, "purpose": rules.SIGN_DOCUMENT}
        unused = _recent(1, used_at=None, **mine)
        return rules.seconds_to_wait(
            _recent(rules.SIGNING_CODES_PER_PHONE, **mine) if unused else [],
            [],
            clock.now(),
            rules.SIGNING_CODES_PER_PHONE,
            unused[0] if unused else None,
        )

    code = LoginCode(purpose=rules.SIGN_DOCUMENT, subject=subject)
    return _send(phone, ip, code, wait, "signing_code", words, words_en, account_id)


def _send(
    phone: str,
    ip: str,
    row: LoginCode,
    wait: Callable[[bytes, bytes], int],
    template: str,
    words: Mapping[str, str],
    words_en: Mapping[str, str],
    account_id: UUID | None = None,
) -> CodeRequested:
    row.phone_index, row.ip_index = sealing.phone_index(phone), sealing.ip_index(ip)
    with transaction.atomic():
        # Two requests at once would both read a quota that has room for one.
        # two requests at once would both read a quota that has room for one
        queue_behind("people.send_code", [bytes(row.phone_index), bytes(row.ip_index)])
        seconds = wait(bytes(row.phone_index), bytes(row.ip_index))
        if seconds:
            raise TooManyCodes(retry_after_seconds=seconds)
        code = telephone_codes.draw()
        row.sent_at = clock.now()
        row.expires_at = row.sent_at + telephone_codes.LIFE
        row.code_mac = code_mac(row, phone, code)
        row.save(force_insert=True)
        notices.send(phone, template, {**telephone_codes.words(code), **words}, account_id, words_en)
    return CodeRequested(
        request_id=row.id,
        resend_after_seconds=int(rules.RESEND_PAUSE.total_seconds()),
        expires_in_seconds=int(telephone_codes.LIFE.total_seconds()),
    )


def code_mac(row: LoginCode, phone: str, code: str) -> bytes:
    return telephone_codes.mac("login_code", str(row.id), phone, code, row.purpose, row.subject)


def _recent(most: int, **which: object) -> list[datetime]:
    since = clock.now() - rules.QUOTA_WINDOW
    sent = LoginCode.objects.filter(sent_at__gt=since, **which).order_by("-sent_at")
    return list(sent.values_list("sent_at", flat=True)[:most])
