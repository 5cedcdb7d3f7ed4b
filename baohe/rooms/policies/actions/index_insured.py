"""Give contracts of before there was an index of the insured the one they lack, from the sealed identity."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from baohe.kernel.errors import NotFound
from baohe.plumbing.vault import SealedDataUnreadable
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people import facade as people
from baohe.rooms.policies import parties
from baohe.rooms.policies.death_cover import index_of
from baohe.rooms.policies.models import Policy, Proposal

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Indexed:
    """One batch. `left`: rows whose person cannot be opened or has another number by now; a person looks at them.
    `last` is where the next batch goes on, None after the last one."""

    filled: int
    left: tuple[UUID, ...]
    last: UUID | None


def index_insured(after: UUID | None = None, size: int = _BATCH) -> Indexed:
    """The next policies without an index, by id. What is filled never changes again (trigger of migration
    `insured_index_once`), so it may be stopped and begun anew at any time. Things have none, nor has bulk business.
    Every opening of an identity number is logged."""
    return _fill("policies_policy", Policy.objects.filter(partner_id=None), after, size)


def index_proposals(after: UUID | None = None, size: int = _BATCH) -> Indexed:
    """The same for proposals on their way: the policy takes its index from them."""
    return _fill("policies_proposal", Proposal.objects.filter(state__in=("draft", "signed", "paying")), after, size)


@transaction.atomic
def _fill(table: str, rows: QuerySet[Policy] | QuerySet[Proposal], after: UUID | None, size: int) -> Indexed:
    waiting = rows.filter(insured_index=None, person_id__isnull=False)
    if after is not None:
        waiting = waiting.filter(id__gt=after)
    batch = list(waiting.select_for_update().order_by("id")[:size])
    filled, left = 0, []
    for row in batch:
        if catalog.version(row.version_id).insured_object:
            continue
        index = _index_for(table, row)
        if index is None:
            left.append(row.id)
        else:
            filled += rows.filter(id=row.id, insured_index=None).update(insured_index=index)
    return Indexed(filled, tuple(left), batch[-1].id if len(batch) == size else None)


def _index_for(table: str, row: Policy | Proposal) -> bytes | None:
    """None when it would be a guess."""
    if row.person_id is None:
        return None
    try:
        insured = parties.unseal(table, row.id, row.parties_sealed)
        opened = people.person(row.account_id, row.person_id, "system:policies", "index_insured")
    except (NotFound, SealedDataUnreadable):
        return None
    return index_of(opened.identity_number) if opened.identity_masked == insured.identity_masked else None
