"""Reads for the claimant and for other rooms' faces. A stranger gets `NotFound`."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.decisions import Text
from baohe.kernel.errors import NotFound
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import sealing
from baohe.rooms.claims.asked import papers_asked
from baohe.rooms.claims.contracts import ClaimBrief, ClaimPage, ClaimView, EventChoice
from baohe.rooms.claims.models import Claim, ClaimPaper
from baohe.rooms.claims.shapes.claim import OTHER, OTHER_LABEL, brief, claim_view, whole
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies

_LONGEST_PAGE = 50
_MOST_OF_A_POLICY = 100
_OTHER_DETAIL = Text("说不清属于哪一类，由理赔员来看", "Not sure what it is: a handler looks at it")


def claim(account_id: UUID, claim_id: UUID) -> ClaimView:
    """One claim of this account. Raises `NotFound`, also for claims of others."""
    row = whole(Claim.objects.filter(id=claim_id, account_id=account_id)).first()
    if row is None:
        raise NotFound(what="这件理赔")
    return claim_view(row, wallet_of(row), papers_asked([row])[row.id])


def claim_by_id(claim_id: UUID) -> ClaimView:
    """For flows and the desk, which checked who asks. Raises `NotFound`."""
    row = whole(Claim.objects.filter(id=claim_id)).first()
    if row is None:
        raise NotFound(what="这件理赔")
    return claim_view(row, wallet_of(row), papers_asked([row])[row.id])


def policy_id_of(claim_id: UUID) -> UUID:
    """Raises `NotFound`."""
    found = Claim.objects.filter(id=claim_id).values_list("policy_id", flat=True).first()
    if found is None:
        raise NotFound(what="这件理赔")
    return found


def claims_of(account_id: UUID, page: int = 1, size: int = 20) -> ClaimPage:
    """The account's claims, newest first, in a fixed number of queries."""
    page, size = max(page, 1), min(max(size, 1), _LONGEST_PAGE)
    mine = Claim.objects.filter(account_id=account_id)
    rows = list(whole(mine.order_by("-created_at", "id"))[(page - 1) * size : page * size])
    wallet = wallet_of(rows[0]) if rows else None
    asked = papers_asked(rows)
    return ClaimPage([claim_view(row, wallet, asked[row.id]) for row in rows], mine.count(), page, size)


def claims_of_policy(policy_id: UUID) -> tuple[ClaimBrief, ...]:
    """The latest claims of a policy, newest first, at most 100. The caller checked whose policy it is."""
    rows = Claim.objects.filter(policy_id=policy_id).order_by("-created_at", "id")[:_MOST_OF_A_POLICY]
    return tuple(brief(row) for row in rows)


def events_of(account_id: UUID, policy_id: UUID) -> tuple[EventChoice, ...]:
    """What can be claimed by hand under this policy; always with "other", which a person looks at.

    Raises `NotFound`.
    """
    policy = policies.policy_for_claim(account_id, policy_id)
    filed = [event for event in catalog.version(policy.version_id).claim_events_of(policy.inputs) if event.papers]
    return (
        *(EventChoice(event.code, event.label, event.detail) for event in filed),
        EventChoice(OTHER, OTHER_LABEL, _OTHER_DETAIL),
    )


def picture_of(account_id: UUID, claim_id: UUID, paper_id: UUID) -> bytes:
    """The stored JPEG of one paper. Raises `NotFound`, also for papers of others."""
    paper = ClaimPaper.objects.filter(
        id=paper_id, claim_id=claim_id, claim__account_id=account_id, removed_at=None
    ).first()
    if paper is None:
        raise NotFound(what="这张照片")
    return sealing.open_picture(paper)


def wallet_of(row: Claim) -> str | None:
    """The account the money goes to, masked: the wallet under the claimant's telephone."""
    if row.partner_id is not None:
        return None
    return people.account(row.account_id).phone_masked
