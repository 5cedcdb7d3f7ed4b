"""What the insured of a proposal has under other accounts: told only as far as SALE-7 needs it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from baohe.kernel.errors import NotFound
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock
from baohe.rooms.policies import parties
from baohe.rooms.policies.contracts import CoverElsewhere
from baohe.rooms.policies.models import Policy, Proposal
from baohe.rooms.policies.rules.parties import FAMILY
from baohe.rooms.policies.shapes import parties_of

_MOST = 50


def covers_elsewhere(account_id: UUID, proposal_id: UUID) -> tuple[CoverElsewhere, ...]:
    """Policies of other accounts that cover or will cover the insured of this proposal, at most `_MOST`.

    Found by the index that the proposal was drafted with, so no identity number is opened. Told of the family alone,
    and only where the name on that policy is the name entered here: a number by itself tells nothing about its owner.
    Raises `NotFound`, also for another account's proposal.
    """
    row = Proposal.objects.filter(id=proposal_id, account_id=account_id, shard_key=shard_of(str(account_id))).first()
    if row is None:
        raise NotFound(what="投保单")
    who = parties_of(row)
    if row.insured_index is None or who.insured_relation not in FAMILY:
        return ()
    today = clock.today()
    held = (
        Policy.objects.filter(
            Q(lapsed_on=None) | Q(lapsed_on__gt=today),
            ended_by_claim_on=None,
            insured_index=row.insured_index,
            cancelled_at=None,
            end__gt=today,
        )
        .exclude(account_id=account_id)
        .order_by("-issued_at", "id")[:_MOST]
    )
    return tuple(
        CoverElsewhere(policy.version_id, dict(policy.inputs), policy.start, policy.end)
        for policy in held
        if _named(policy, who.insured_name)
    )


def _named(policy: Policy, name: str) -> bool:
    return parties.unseal("policies_policy", policy.id, policy.parties_sealed).insured_name == name
