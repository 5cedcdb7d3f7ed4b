"""Which papers a claim asks for: its event's, under its contract as it stood on the day of the event (SERV-5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from baohe.kernel.decisions import Text
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ClaimEvent, ClaimPaper
from baohe.rooms.claims.models import Claim
from baohe.rooms.policies import facade as policies

_ONCE_HERE = Text("在这里办第一次，要拍一次", "Photographed once, since you have no account here")
"""In the place of a sentence that says that it is on file."""

Asked = dict[UUID, tuple[ClaimPaper, ...]]


def papers_asked(rows: Sequence[Claim]) -> Asked:
    """By claim. The contracts are read at once, and only of claims whose list depends on them."""
    filed = {row.id: catalog.version(row.version_id).claim_rules.event(row.event) for row in rows}
    depends = [row for row in rows if (event := filed[row.id]) is not None and event.papers_depend]
    contracts = {one.id: one for one in policies.policies_by_ids([row.policy_id for row in depends])} if depends else {}
    inputs = {row.id: policies.as_of(contracts[row.policy_id], row.happened_on).inputs for row in depends}
    by_id = {row.id: row for row in rows}
    return {key: _papers(by_id[key], event, inputs.get(key, {})) for key, event in filed.items()}


def on_hand(row: Claim, papers: tuple[ClaimPaper, ...]) -> tuple[ClaimPaper, ...]:
    """The list for this claimant: of somebody who comes by a link nothing is on file."""
    if not row.by_link:
        return papers
    return tuple(replace(one, on_file=False, detail=_ONCE_HERE) if one.on_file else one for one in papers)


def _papers(row: Claim, event: ClaimEvent | None, inputs: dict[str, str]) -> tuple[ClaimPaper, ...]:
    return on_hand(row, event.under(inputs).papers) if event is not None else ()
