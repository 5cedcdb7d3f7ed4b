"""Which papers a claim asks for: its event's, under its contract as it stood on the day of the event (SERV-5)."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ClaimEvent, ClaimPaper
from baohe.rooms.claims.models import Claim
from baohe.rooms.policies import facade as policies

Asked = dict[UUID, tuple[ClaimPaper, ...]]


def papers_asked(rows: Sequence[Claim]) -> Asked:
    """By claim. The contracts are read at once, and only of claims whose list depends on them."""
    filed = {row.id: catalog.version(row.version_id).claim_rules.event(row.event) for row in rows}
    depends = [row for row in rows if (event := filed[row.id]) is not None and event.papers_depend]
    contracts = {one.id: one for one in policies.policies_by_ids([row.policy_id for row in depends])} if depends else {}
    inputs = {row.id: policies.as_of(contracts[row.policy_id], row.happened_on).inputs for row in depends}
    return {key: _papers(event, inputs.get(key, {})) for key, event in filed.items()}


def _papers(event: ClaimEvent | None, inputs: dict[str, str]) -> tuple[ClaimPaper, ...]:
    return event.under(inputs).papers if event is not None else ()
