"""Open a link: first the telephone is proven by a code, then the terms are shown."""

from __future__ import annotations

import hmac
import re
import secrets
import unicodedata

from django.db import transaction

from baohe.plumbing import clock, vault
from baohe.rooms.assents import sealing
from baohe.rooms.assents.contracts import VOID, WAITING, LinkView, OpenedLink
from baohe.rooms.assents.errors import (
    CodeNeeded,
    ConsentCodeSpent,
    ConsentCodeWrong,
    LinkExpired,
    LinkUnknown,
    LinkUsed,
    LinkVoid,
    TooManyLinks,
)
from baohe.rooms.assents.models import Link
from baohe.rooms.assents.queries import view
from baohe.rooms.assents.rules.sending import (
    CODE_DIGITS,
    CODE_LIFE,
    CODE_TRIES,
    CODES_PER_LINK,
    LINK_LIFE,
    code_wait,
)
from baohe.rooms.notices import facade as notices


def look(token: str) -> LinkView:
    """Whether a link can still be used; nothing of the people but a masked telephone. Raises what `usable` raises."""
    return view(usable(token), clock.now())


def send_code(token: str) -> LinkView:
    """Send a code to the link's own telephone. Raises what `usable` raises, `TooManyLinks`."""
    with transaction.atomic():
        row = usable(token, lock=True)
        now = clock.now()
        wait = code_wait(row.code_sent_at, now)
        if wait or row.codes_sent >= CODES_PER_LINK:
            raise TooManyLinks(retry_after_seconds=wait or int((row.expires_at - now).total_seconds()))
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        row.code_mac, row.code_sent_at, row.code_tries = _mac(row, code), now, 0
        row.codes_sent += 1
        row.save(update_fields=["code_mac", "code_sent_at", "code_tries", "codes_sent"])
        minutes = str(int(CODE_LIFE.total_seconds()) // 60)
        notices.send(sealing.phone(row), "insured_consent_code", {"code": code, "minutes": minutes})
        return view(row, now)


def open_link(token: str, code: str) -> OpenedLink:
    """The terms, if `code` is the one just sent. Raises what `usable` raises, `ConsentCodeWrong` with the tries left,
    `ConsentCodeSpent`. A wrong try is counted in its own transaction: rolled back, it would never run out."""
    typed = re.sub(r"\s", "", unicodedata.normalize("NFKC", code))
    tries_left = _spend_try(token, typed)
    if tries_left is not None:
        raise ConsentCodeWrong(tries_left=tries_left) if tries_left else ConsentCodeSpent()
    return shown(usable(token))


def reopen(token: str) -> OpenedLink:
    """The terms again, once the telephone is proven; whether this is the browser that proved it is for the caller.
    Raises what `usable` raises, `CodeNeeded`."""
    row = usable(token)
    if row.opened_at is None:
        raise CodeNeeded()
    return shown(row)


def shown(row: Link) -> OpenedLink:
    return OpenedLink(view(row, clock.now()), sealing.question(row), row.terms_digest)


def usable(token: str, lock: bool = False) -> Link:
    """The waiting link of a token. Raises `LinkUnknown`, `LinkUsed`, `LinkVoid`, `LinkExpired`."""
    rows = Link.objects.select_for_update() if lock else Link.objects.all()
    row = rows.filter(token_hash=sealing.token_hash(token)).first()
    if row is None:
        raise LinkUnknown()
    if row.state == VOID:
        raise LinkVoid()
    if row.state != WAITING:
        raise LinkUsed()
    if clock.now() >= row.expires_at:
        raise LinkExpired(hours=int(LINK_LIFE.total_seconds()) // 3600)
    return row


def _spend_try(token: str, typed: str) -> int | None:
    """None when the code is right and now used, else the tries left."""
    with transaction.atomic():
        row = usable(token, lock=True)
        now = clock.now()
        if row.code_mac is None or row.code_sent_at is None or row.code_tries >= CODE_TRIES:
            raise ConsentCodeSpent()
        if now >= row.code_sent_at + CODE_LIFE:
            raise ConsentCodeSpent()
        if hmac.compare_digest(_mac(row, typed), bytes(row.code_mac)):
            row.code_mac, row.opened_at = None, row.opened_at or now
            row.save(update_fields=["code_mac", "opened_at"])
            return None
        row.code_tries += 1
        row.save(update_fields=["code_tries"])
        return CODE_TRIES - row.code_tries


def _mac(row: Link, code: str) -> bytes:
    return vault.keyed_mac("assents.code", f"{row.id}\x00{code}".encode())
