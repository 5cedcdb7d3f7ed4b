"""What settles by itself: told before it happens, shown with its sources afterwards, and disputed with one press."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from baohe.faces.shop.schemas.observations import (
    ClaimObservation,
    DataDispute,
    Observation,
    SourceSaid,
    TriggerPromise,
    Triggers,
)
from baohe.faces.shop.session import account_id, signed_in
from baohe.faces.shop.shapes import text
from baohe.flows import settle_parametric
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import facade as claims
from baohe.rooms.parametric import facade as parametric
from baohe.rooms.parametric.contracts import DisputeView, ObservationView
from baohe.rooms.policies import facade as policies

router = Router(tags=["claims"], auth=signed_in)


@router.get("policies/{policy_id}/triggers", response=Triggers)
def triggers(request: HttpRequest, policy_id: UUID) -> Triggers:
    policy = policies.policy(account_id(request), policy_id)
    promised = parametric.promises(catalog.version(policy.version_id), policy.inputs, policy.sum_insured_fen)
    return Triggers(
        triggers=[
            TriggerPromise(
                code=one.trigger,
                name=text(one.name),
                where=text(one.what),
                lines=[text(line) for line in one.lines],
                sources=[text(source) for source in one.sources],
                need=one.need,
                clause=one.clause,
                dispute_days=one.dispute_days,
            )
            for one in promised
        ]
    )


@router.get("claims/{claim_id}/observation", response=ClaimObservation)
def observation(request: HttpRequest, claim_id: UUID) -> ClaimObservation:
    claim = claims.claim(account_id(request), claim_id)
    found = parametric.observation_of(claim.id)
    return ClaimObservation(observation=_observation(found, claim.id) if found else None)


@router.post("claims/{claim_id}/observation/dispute", response={201: DataDispute})
def dispute(request: HttpRequest, claim_id: UUID) -> Status[DataDispute]:
    """A person looks, by a clock. Once for a claim: pressed again it answers the same."""
    return Status(201, _dispute(settle_parametric.dispute(account_id(request), claim_id)))


def _observation(found: ObservationView, claim_id: UUID) -> Observation:
    mine = next((one for one in found.disputes if one.claim_id == claim_id), None)
    last = found.outcomes[-1] if found.outcomes else None
    until = found.correctable_until
    return Observation(
        name=text(found.name),
        what=text(found.what),
        outcome=text(found.band) if found.band else None,
        clause=found.clause,
        need=found.need,
        among=found.among,
        said=[
            SourceSaid(
                source=text(one.source_name),
                value=text(one.value),
                observed_at=one.observed_at,
                issued_at=one.issued_at,
                counts=one.counts,
                agrees=one.with_it,
            )
            for one in sorted(found.reports, key=lambda one: one.source)  # newest first within each
        ],
        decided_at=found.decided_at,
        decided_by=list(last.by) if last else [],
        digest=last.digest if last else "",
        dispute_until=until,
        may_dispute=mine is None and until is not None and clock.now() <= until,
        dispute=_dispute(mine) if mine else None,
    )


def _dispute(view: DisputeView) -> DataDispute:
    return DataDispute(
        opened_at=view.opened_at, answer_by=view.answer_by, answered_at=view.answered_at, stands=view.stands
    )
