"""Open a link: first the telephone is proven by a code, then the terms are shown."""

from __future__ import annotations

from django.db import transaction

from baohe.plumbing import clock, telephone_codes
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
from baohe.rooms.assents.rules.sending import CODES_PER_LINK, LINK_LIFE
from baohe.rooms.notices import facade as notices


def look(token: str) -> LinkView:
    """Whether a link can still be used; nothing of the people but a masked telephone. Raises what `usable` raises."""
    return view(usable(token), clock.now())


def send_code(token: str) -> LinkView:
    """Send a code to the link's own telephone. Raises what `usable` raises, `TooManyLinks`."""
    with transaction.atomic():
        row, now = usable(token, lock=True), clock.now()
        wait = telephone_codes.seconds_to_wait(row, CODES_PER_LINK, now)
        if wait:
            raise TooManyLinks(retry_after_seconds=wait)
        code = telephone_codes.renew(row, now)
        notices.send(sealing.phone(row), "insured_consent_code", telephone_codes.words(code))
        return view(row, now)


def open_link(token: str, code: str) -> OpenedLink:
    """The terms, if `code` is the one just sent. Raises what `usable` raises, `ConsentCodeWrong` with the tries left,
    `ConsentCodeSpent`. A wrong try is counted in its own transaction: rolled back, it would never run out."""
    with transaction.atomic():
        row = usable(token, lock=True)
        tries_left = telephone_codes.spend(row, code, clock.now())
    if tries_left is None:
        return shown(row)
    raise ConsentCodeWrong(tries_left=tries_left) if tries_left else ConsentCodeSpent()


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
