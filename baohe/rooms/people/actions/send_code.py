"""Send a login code to a telephone, known or not."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from django.db import connection, transaction

from baohe.plumbing import clock, vault
from baohe.rooms.notices import facade as notices
from baohe.rooms.people import rules, sealing
from baohe.rooms.people.contracts import CodeRequested
from baohe.rooms.people.errors import TooManyCodes
from baohe.rooms.people.models import LoginCode


def send_code(phone: str, ip: str) -> CodeRequested:
    """Queue a message with a fresh code; it works for five minutes, once, with five tries.

    Nothing here looks at accounts, so neither the answer nor its duration tells who is a customer.
    Raises `InvalidInput`, `TooManyCodes` (60 s pause; a day's quota of the telephone and of the address).
    """
    phone = rules.normal_phone(phone)
    phone_index, ip_index = sealing.phone_index(phone), sealing.ip_index(ip)
    with transaction.atomic():
        # Two requests at once would both read a quota that has room for one.
        _queue_behind(phone_index, ip_index)
        now = clock.now()
        wait = rules.seconds_to_wait(
            _recent("phone_index", phone_index, rules.CODES_PER_PHONE),
            _recent("ip_index", ip_index, rules.CODES_PER_IP),
            now,
        )
        if wait:
            raise TooManyCodes(retry_after_seconds=wait)
        code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}d}"
        row = LoginCode(phone_index=phone_index, ip_index=ip_index, sent_at=now, expires_at=now + rules.CODE_LIFE)
        row.code_mac = code_mac(row, phone, code)
        row.save(force_insert=True)
        minutes = int(rules.CODE_LIFE.total_seconds()) // 60
        notices.send(phone, "login_code", {"code": code, "minutes": str(minutes)})
    return CodeRequested(
        request_id=row.id,
        resend_after_seconds=int(rules.RESEND_PAUSE.total_seconds()),
        expires_in_seconds=int(rules.CODE_LIFE.total_seconds()),
    )


def code_mac(row: LoginCode, phone: str, code: str) -> bytes:
    """Bound to row and telephone: six digits alone would be found by trying them all."""
    return vault.keyed_mac("login_code", f"{row.id}\x00{phone}\x00{code}".encode())


def _recent(column: str, index: bytes, most: int) -> list[datetime]:
    since = clock.now() - rules.QUOTA_WINDOW
    sent = LoginCode.objects.filter(**{column: index}, sent_at__gt=since).order_by("-sent_at")
    return list(sent.values_list("sent_at", flat=True)[:most])


def _queue_behind(*indexes: bytes) -> None:
    """Advisory locks in ascending order, so that two requests never wait for each other."""
    numbers = sorted(
        int.from_bytes(hashlib.sha256(b"send_code" + index).digest()[:8], "big", signed=True) for index in indexes
    )
    with connection.cursor() as cursor:
        for number in numbers:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
