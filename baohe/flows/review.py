"""A proposal whose terms a person is looking at, or has changed meanwhile, waits (DATA-3)."""

from __future__ import annotations

from collections.abc import Iterator

from baohe.flows.need import Moment, Need
from baohe.kernel.decisions import Text
from baohe.rooms.policies.contracts import ProposalView
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.contracts import DeclarationView

_WAITS = (
    Text("等核保员复核", "An underwriter reviews the decision"),
    Text("你请了人复核，答复后再签。", "You asked for a person to look; sign once there is an answer."),
)
_CHANGED = (
    Text("按复核后的条件重新填写", "Go on with the reviewed terms"),
    Text("核保员已答复，条件与这份投保单不同。", "The underwriter has answered; the terms differ from this proposal."),
)


def needs(proposal: ProposalView) -> Iterator[Need]:
    """One step while the decision behind the proposal is with a person, or says something else now."""
    found = underwriting.contested(proposal.account_id, proposal.declaration_id)
    if found is None:
        return
    title, detail = _WAITS if found.with_person else _CHANGED
    before: Moment = "sign" if proposal.state == "draft" else "pay"
    done = not found.with_person and _same_terms(proposal, found)
    yield Need("underwriting_review", title, detail, done, before, f"/buy/decision/{found.id}")


def _same_terms(proposal: ProposalView, found: DeclarationView) -> bool:
    return (
        found.outcome in ("accept", "load", "exclude")
        and proposal.premium_fen == found.premium_fen
        and tuple(proposal.special_exclusions) == tuple(found.exclusions)
    )
