"""Six digits sent to a telephone, and how they open a link. Only a MAC of them is kept.

The room sends the message, says how many codes there may be, and refuses in its own words.
"""

from __future__ import annotations

import hmac
import math
import re
import secrets
import unicodedata
from datetime import datetime, timedelta

from django.db import models

from baohe.plumbing import vault

LIFE = timedelta(minutes=5)
TRIES = 5
_DIGITS = 6
_LINK_PAUSE = timedelta(seconds=60)


def draw() -> str:
    return f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"


def words(code: str) -> dict[str, str]:
    """What every message with a code says: `code`, and how many `minutes` it works."""
    return {"code": code, "minutes": str(LIFE // timedelta(minutes=1))}


def plain(typed: str) -> str:
    """Full-width digits and spaces are forgiven."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", typed))


def mac(purpose: str, *bound_to: str) -> bytes:
    """Of the code and all that it is good for, its row first: six digits alone would be found by trying them all."""
    return vault.keyed_mac(purpose, "\x00".join(bound_to).encode())


class OpenedByCode(models.Model):
    """A link that opens with a code to a telephone. `opened_at`: first proven."""

    id = models.UUIDField(primary_key=True)
    expires_at = models.DateTimeField()
    code_mac = models.BinaryField(max_length=32, null=True)
    code_sent_at = models.DateTimeField(null=True)
    code_tries = models.SmallIntegerField(default=0)
    codes_sent = models.SmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


def seconds_to_wait(link: OpenedByCode, most: int, now: datetime) -> int:
    """0 when another code may be sent, else whole seconds until it may; after `most` codes, until the link ends."""
    pause = timedelta() if link.code_sent_at is None else link.code_sent_at + _LINK_PAUSE - now
    if pause > timedelta():
        return math.ceil(pause.total_seconds())
    return 0 if link.codes_sent < most else max(1, int((link.expires_at - now).total_seconds()))


def renew(link: OpenedByCode, now: datetime) -> str:
    """A fresh code in the place of the one before, with all its tries. The link is locked."""
    code = draw()
    link.code_mac, link.code_sent_at, link.code_tries = _mac_of(link, code), now, 0
    link.codes_sent += 1
    link.save(update_fields=["code_mac", "code_sent_at", "code_tries", "codes_sent"])
    return code


def spend(link: OpenedByCode, typed: str, now: datetime) -> int | None:
    """None when `typed` is the code just sent, which is used up and opens the link. Else the tries left, 0 as well for
    a code that is used, too old or was never sent.

    The link is locked, and the caller refuses after that transaction: a wrong try that is rolled back with its refusal
    would never run out.
    """
    if link.code_mac is None or link.code_sent_at is None or now >= link.code_sent_at + LIFE:
        return 0
    if link.code_tries >= TRIES:
        return 0
    if hmac.compare_digest(_mac_of(link, plain(typed)), bytes(link.code_mac)):
        link.code_mac, link.opened_at = None, link.opened_at or now
        link.save(update_fields=["code_mac", "opened_at"])
        return None
    link.code_tries += 1
    link.save(update_fields=["code_tries"])
    return TRIES - link.code_tries


def _mac_of(link: OpenedByCode, code: str) -> bytes:
    """The room is the purpose: a code of one room's link opens none of another's."""
    return mac(f"{link._meta.app_label}.code", str(link.id), code)
