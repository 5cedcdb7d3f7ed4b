"""A partner opens a notice, makes another link to it, or ends the link. Inside the caller's transaction."""

from __future__ import annotations

import secrets
from uuid import UUID

from baohe.plumbing import clock
from baohe.rooms.claim_links import queries, sealing
from baohe.rooms.claim_links.contracts import IDENTITY, LIVE, PHONE, REPLACED, REVOKED, Claimant, NewLink, OrderEvent
from baohe.rooms.claim_links.errors import TooManyClaimLinks, TooManyNotices
from baohe.rooms.claim_links.models import Link, Notice
from baohe.rooms.claim_links.rules.sending import DAY, LINK_LIFE, LINKS_PER_DAY, NOTICES_PER_DAY, day_wait


def refuse_flood(policy_id: UUID) -> None:
    """Before a claim is opened, its order held. Raises `TooManyNotices`."""
    now = clock.now()
    wait = day_wait(queries.notices_made(policy_id, now - DAY, NOTICES_PER_DAY), NOTICES_PER_DAY, now)
    if wait:
        raise TooManyNotices(retry_after_seconds=wait)


def make(told: OrderEvent, claim_id: UUID, who: Claimant, insurer_phone: str) -> NewLink:
    """The first link of a claim that was just opened. `insurer_phone` is where a refused link leads. One notice for
    ever under (policy, event, incident); the caller asked `told_before` with the order held."""
    row = Notice(
        claim_id=claim_id,
        shard_key=told.shard_key,
        partner_id=told.partner_id,
        policy_id=told.policy_id,
        reference=told.reference,
        event=told.event,
        incident=told.incident,
        content=told.content,
        proof=PHONE if who.phone else IDENTITY,
        insurer_phone=insurer_phone,
        made_at=clock.now(),
    )
    sealing.put(row, who)
    row.save(force_insert=True)
    return _link(row)


def renew(partner_id: UUID, claim_id: UUID) -> NewLink:
    """Another link in the place of the one before, which ends. Raises `NotFound`, `TooManyClaimLinks`."""
    queries.notice_of(partner_id, claim_id)
    # The first link of a claim is never gone; the notice itself may not be locked, since its table only grows.
    first = Link.objects.select_for_update(of=("self",)).select_related("notice").filter(notice_id=claim_id)
    row = first.order_by("made_at", "id")[0].notice
    now = clock.now()
    wait = day_wait(queries.links_made(claim_id, now - DAY, LINKS_PER_DAY), LINKS_PER_DAY, now)
    if wait:
        raise TooManyClaimLinks(retry_after_seconds=wait)
    row.links.filter(state=LIVE).update(state=REPLACED, ended_at=now)
    return _link(row)


def revoke(partner_id: UUID, claim_id: UUID) -> None:
    """End the link and whatever it opened, at once; ending it twice is once. Raises `NotFound`."""
    queries.notice_of(partner_id, claim_id)
    Link.objects.filter(notice_id=claim_id, state=LIVE).update(state=REVOKED, ended_at=clock.now())


def _link(notice: Notice) -> NewLink:
    token, now = secrets.token_urlsafe(32), clock.now()
    row = Link(
        id=clock.new_id(),
        shard_key=notice.shard_key,
        notice=notice,
        token_hash=sealing.token_hash(token),
        state=LIVE,
        made_at=now,
        expires_at=now + LINK_LIFE,
    )
    row.save(force_insert=True)
    return NewLink(queries.view(row, now), token)
