"""Which other claims hold the same paper, and whether that is a second use of one benefit. Called with the papers
locked."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ClaimEvent
from baohe.rooms.claims.models import Claim, ClaimPaper
from baohe.rooms.claims.rules.benefits import PaperUse, kind_of, may_serve_both
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

_SUBMITTED = ("with_person", "to_pay", "paying", "paid", "refused_by_person")
_MOST = 20
"""A paper in more claims than this is looked at by a person without further question."""


def used_again(
    row: Claim, event: ClaimEvent | None, policy: PolicyView, papers: Sequence[ClaimPaper]
) -> set[ClaimPaper]:
    """The papers that another submitted claim, of anybody, holds for the same benefit."""
    if not papers:  # a reported fact: thousands of them come at once
        return set()
    mine = _use(event, policy)
    others = {paper: _holders(row, paper) for paper in papers}
    rows = {claim.id: claim for found in others.values() for claim in found}
    contracts = {one.id: one for one in policies.policies_by_ids([claim.policy_id for claim in rows.values()])}
    uses = {claim.id: _use_of(claim, contracts[claim.policy_id]) for claim in rows.values()}
    return {
        paper
        for paper, found in others.items()
        if len(found) > _MOST or not all(may_serve_both(mine, uses[claim.id]) for claim in found)
    }


def _holders(row: Claim, paper: ClaimPaper) -> list[Claim]:
    """Other submitted claims with the same picture, invoice number or facts."""
    same = Q(papers__sha256=paper.sha256)
    if paper.number_index:
        same |= Q(papers__number_index=paper.number_index)
    if paper.facts_index:
        same |= Q(papers__facts_index=paper.facts_index)
    others = Claim.objects.filter(same, papers__removed_at=None, state__in=_SUBMITTED).exclude(id=row.id)
    return list(others.order_by("id").distinct()[: _MOST + 1])


def _use_of(claim: Claim, policy: PolicyView) -> PaperUse:
    then = policies.as_of(policy, claim.happened_on)
    filed = catalog.version(claim.version_id).claim_events_of(then.inputs)
    return _use(next((event for event in filed if event.code == claim.event), None), then)


def _use(event: ClaimEvent | None, policy: PolicyView) -> PaperUse:
    person = (policy.account_id, policy.person_id) if policy.person_id is not None else None
    return PaperUse(person, (policy.id, event.coverage if event else ""), kind_of(event))
