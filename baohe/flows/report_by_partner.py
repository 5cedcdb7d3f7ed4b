"""A partner passes on a first notice for the customer of one of its orders; a link to that one claim comes back.

What the partner may not: hand in papers, say where the money goes, see the claim beyond its state. The claimant does
all of that themselves, behind a proof that they are whom the order names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction

from baohe.kernel.canonical import digest
from baohe.kernel.errors import BaoheError
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claim_links import facade as claim_links
from baohe.rooms.claim_links.contracts import Claimant, LinkView, NewLink, NoticeView, OrderEvent
from baohe.rooms.claim_links.errors import IncidentTaken
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import ClaimView, FirstNotice
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView


class InsuredNotNamed(BaoheError):
    code = "insured_not_named"
    status = 409
    zh = "这一单没有写明被保险人，不能开理赔链接"
    en = "This order names no insured person, so nobody can be sent to its claim"
    next_zh = "请客户打保险公司电话报案；以后的单请在投保时带上 insured"
    next_en = "Let your customer call the insurer; give `insured` with your next orders"


@dataclass(frozen=True, slots=True)
class Told:
    """What a partner tells. `incident` is its own name for what happened: once for ever under (order, event)."""

    reference: str
    event: str
    incident: str
    happened_on: date
    sentence: str
    another: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """`url` leads to the claim; it is known this once, and None when the notice had been taken before."""

    notice: NoticeView
    claim: ClaimView
    link: LinkView
    url: str | None


def report(partner_id: UUID, told: Told) -> Opened:
    """Open the claim and its link; the same notice again is the same claim, without a link.

    Raises `NotFound` for an order of others, `InsuredNotNamed`, `IncidentTaken`, `TooManyNotices`, and what
    `claims.notice_of_order` raises; then nothing was kept.
    """
    policy = policies.policy_of_reference(partner_id, told.reference)
    insured = policies.insured_of_order(policy.id)
    if insured is None:
        raise InsuredNotNamed()
    told_of = _order_event(partner_id, policy, told)
    with transaction.atomic():
        policies.hold(policy.id)  # two calls at once queue here, and the second finds the first
        earlier = claim_links.told_before(told_of)
        if earlier is not None and earlier.content != told_of.content:
            raise IncidentTaken(incident=told.incident)
        if earlier is not None:
            return _state(earlier)
        claim_links.refuse_flood(policy.id)
        notice = FirstNotice(policy.id, told.event, told.sentence, told.happened_on, told.another)
        claim = claims.notice_of_order(policy, notice)
        who = Claimant(insured.name, insured.phone, insured.identity_last)
        insurer = catalog.version(policy.version_id).insurer
        made = claim_links.make(told_of, claim.id, who, insurer.service_phone)
        return _with_link(partner_id, claim.id, made)


def state(partner_id: UUID, claim_id: UUID) -> Opened:
    """How a claim stands that this partner opened. Raises `NotFound`, also for those of others."""
    return _state(claim_links.notice_of(partner_id, claim_id))


def renew(partner_id: UUID, claim_id: UUID) -> Opened:
    """Another link; the one before ends with whatever it had opened. Raises `NotFound`, `TooManyClaimLinks`."""
    with transaction.atomic():
        return _with_link(partner_id, claim_id, claim_links.renew(partner_id, claim_id))


def revoke(partner_id: UUID, claim_id: UUID) -> Opened:
    """End the link; the claim goes on without it. Raises `NotFound`."""
    with transaction.atomic():
        claim_links.revoke(partner_id, claim_id)
        return state(partner_id, claim_id)


def _order_event(partner_id: UUID, policy: PolicyView, told: Told) -> OrderEvent:
    content = {
        "happened_on": told.happened_on.isoformat(),
        "sentence": told.sentence.strip(),
        "another": told.another,
    }
    return OrderEvent(
        partner_id=partner_id,
        policy_id=policy.id,
        shard_key=policy.shard_key,
        reference=told.reference,
        event=told.event,
        incident=told.incident,
        content=digest(content),
    )


def _state(notice: NoticeView) -> Opened:
    return Opened(notice, claims.claim_by_id(notice.claim_id), claim_links.newest_link(notice.claim_id), None)


def _with_link(partner_id: UUID, claim_id: UUID, made: NewLink) -> Opened:
    """The token stands in the fragment: browsers send that part to nobody, so it is in no log and no Referer."""
    notice, claim = claim_links.notice_of(partner_id, claim_id), claims.claim_by_id(claim_id)
    return Opened(notice, claim, made.link, f"{settings.BAOHE_ORIGIN}/c#{made.token}")
