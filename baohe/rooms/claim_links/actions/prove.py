"""Whoever holds a link proves who they are: by a code to the telephone of the order, or by name and document."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock, telephone_codes
from baohe.rooms.claim_links import sealing
from baohe.rooms.claim_links.contracts import IDENTITY, LIVE, PHONE, LinkView
from baohe.rooms.claim_links.errors import (
    ClaimantNotRecognised,
    ClaimCodeSpent,
    ClaimCodeWrong,
    ClaimLinkEnded,
    ClaimLinkExpired,
    ClaimLinkLocked,
    ClaimLinkProofNeeded,
    ClaimLinkUnknown,
    TooManyClaimCodes,
)
from baohe.rooms.claim_links.models import Link
from baohe.rooms.claim_links.queries import view
from baohe.rooms.claim_links.rules.sending import CODES_PER_LINK, IDENTITY_TRIES, LINK_LIFE, PROOF_LIFE
from baohe.rooms.notices import facade as notices


def look(token: str) -> LinkView:
    """How a link is opened; nothing of people or claim but a masked telephone. Raises what `_usable` raises."""
    return view(_usable(token), clock.now())


def send_code(token: str) -> LinkView:
    """Send a code to the telephone of the order, and to no other. Raises what `_usable` raises, `TooManyClaimCodes`,
    `ClaimLinkProofNeeded` for a link that is opened by a document."""
    with transaction.atomic():
        row, now = _usable(token, lock=True), clock.now()
        if row.notice.proof != PHONE:
            raise ClaimLinkProofNeeded()
        wait = telephone_codes.seconds_to_wait(row, CODES_PER_LINK, now)
        if wait:
            raise TooManyClaimCodes(retry_after_seconds=wait)
        code = telephone_codes.renew(row, now)
        notices.send(sealing.who(row.notice).phone, "claim_link_code", telephone_codes.words(code))
        return view(row, now)


def open_by_code(token: str, code: str) -> LinkView:
    """Proven, if `code` is the one just sent; the link then lives on from now. Raises what `_usable` raises,
    `ClaimCodeWrong` with the tries left, `ClaimCodeSpent`. A wrong try is counted in its own transaction: rolled back,
    it would never run out."""
    with transaction.atomic():
        row, now = _usable(token, lock=True), clock.now()
        tries_left = telephone_codes.spend(row, code, now)
        if tries_left is None:
            _opened(row, now)
    if tries_left is None:
        return view(row, now)
    raise ClaimCodeWrong(tries_left=tries_left) if tries_left else ClaimCodeSpent()


def open_by_identity(token: str, name: str, identity_last: str) -> LinkView:
    """Proven, if both are those of the order; only where the order has no telephone. Raises what `_usable` raises,
    `ClaimantNotRecognised` with the tries left, `ClaimLinkLocked` after the last, `ClaimLinkProofNeeded` where a code
    is asked for."""
    with transaction.atomic():
        row, now = _usable(token, lock=True), clock.now()
        if row.notice.proof != IDENTITY:
            raise ClaimLinkProofNeeded()
        right = sealing.same_person(sealing.who(row.notice), name, identity_last)
        if right:
            _opened(row, now)
        else:
            row.identity_tries += 1
            row.save(update_fields=["identity_tries"])
    if right:
        return view(row, now)
    if row.identity_tries >= IDENTITY_TRIES:
        raise ClaimLinkLocked(phone=row.notice.insurer_phone)
    raise ClaimantNotRecognised(tries_left=IDENTITY_TRIES - row.identity_tries)


def held(link_id: UUID, proven_at: datetime) -> LinkView:
    """What a browser that proved a link at that moment may still open: asked at every request, so that a link that was
    ended closes what it opened. Raises `ClaimLinkProofNeeded`, `ClaimLinkEnded`, `ClaimLinkExpired`."""
    row = Link.objects.filter(id=link_id).select_related("notice").first()
    if row is None or clock.now() >= proven_at + PROOF_LIFE:
        raise ClaimLinkProofNeeded()
    _refuse_over(row)
    return view(row, clock.now())


def _usable(token: str, lock: bool = False) -> Link:
    """The live link of a token. Raises `ClaimLinkUnknown`, `ClaimLinkEnded`, `ClaimLinkExpired`, `ClaimLinkLocked`."""
    rows = Link.objects.select_related("notice")
    rows = rows.select_for_update(of=("self",)) if lock else rows
    row = rows.filter(token_hash=sealing.token_hash(token)).first()
    if row is None:
        raise ClaimLinkUnknown()
    _refuse_over(row)
    if row.identity_tries >= IDENTITY_TRIES:
        raise ClaimLinkLocked(phone=row.notice.insurer_phone)
    return row


def _refuse_over(row: Link) -> None:
    if row.state != LIVE:
        raise ClaimLinkEnded(phone=row.notice.insurer_phone)
    if clock.now() >= row.expires_at:
        raise ClaimLinkExpired(phone=row.notice.insurer_phone)


def _opened(row: Link, now: datetime) -> None:
    row.opened_at, row.expires_at = row.opened_at or now, now + LINK_LIFE
    row.save(update_fields=["opened_at", "expires_at"])
