"""Reads, and the shapes of a notice and a link."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.claim_links import sealing
from baohe.rooms.claim_links.contracts import LIVE, Claimant, LinkView, NoticeView, OrderEvent
from baohe.rooms.claim_links.models import Link, Notice


def told_before(told: OrderEvent) -> NoticeView | None:
    """The notice under this (policy, event, incident), if there is one."""
    row = Notice.objects.filter(
        shard_key=told.shard_key, policy_id=told.policy_id, event=told.event, incident=told.incident
    ).first()
    return None if row is None else notice_view(row)


def notice_of(partner_id: UUID, claim_id: UUID) -> NoticeView:
    """A claim that this partner opened. Raises `NotFound`, also for those of others."""
    row = Notice.objects.filter(claim_id=claim_id, partner_id=partner_id).first()
    if row is None:
        raise NotFound(what="这件理赔")
    return notice_view(row)


def newest_link(claim_id: UUID) -> LinkView:
    """The newest link of a claim, whatever became of it. Raises `NotFound`."""
    row = Link.objects.filter(notice_id=claim_id).select_related("notice").order_by("-made_at", "-id").first()
    if row is None:
        raise NotFound(what="链接")
    return view(row, clock.now())


def claimant_id_of(claim_id: UUID) -> UUID | None:
    """Who is behind a claim that was opened by a partner; None for every other claim."""
    return Notice.objects.filter(claim_id=claim_id).values_list("claimant_id", flat=True).first()


def claimant_of(claim_id: UUID) -> Claimant | None:
    """In clear, for a message to them; the caller writes the read down. None for a claim that no partner opened."""
    row = Notice.objects.filter(claim_id=claim_id).first()
    return None if row is None else sealing.who(row)


def links_made(claim_id: UUID, since: datetime, most: int) -> Sequence[datetime]:
    made = Link.objects.filter(notice_id=claim_id, made_at__gt=since).order_by("-made_at")
    return list(made.values_list("made_at", flat=True)[:most])


def notices_made(policy_id: UUID, since: datetime, most: int) -> Sequence[datetime]:
    made = Notice.objects.filter(policy_id=policy_id, made_at__gt=since).order_by("-made_at")
    return list(made.values_list("made_at", flat=True)[:most])


def notice_view(row: Notice) -> NoticeView:
    return NoticeView(
        claim_id=row.claim_id,
        partner_id=row.partner_id,
        policy_id=row.policy_id,
        reference=row.reference,
        event=row.event,
        incident=row.incident,
        content=row.content,
        claimant_id=row.claimant_id,
        proof=row.proof,
        phone_masked=_masked(row),
        made_at=row.made_at,
    )


def view(row: Link, now: datetime) -> LinkView:
    return LinkView(
        id=row.id,
        claim_id=row.notice_id,
        partner_id=row.notice.partner_id,
        state="expired" if row.state == LIVE and now >= row.expires_at else row.state,
        proof=row.notice.proof,
        phone_masked=_masked(row.notice),
        insurer_phone=row.notice.insurer_phone,
        made_at=row.made_at,
        expires_at=row.expires_at,
        opened_at=row.opened_at,
    )


def _masked(row: Notice) -> str:
    phone = sealing.who(row).phone
    return f"{phone[:3]}****{phone[-4:]}" if phone else ""
