"""A participating contract, the questions that it asks, and what a sale still waits for."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from baohe.flows import readiness, record_sale, suitable
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import ProposalView
from baohe.rooms.suitability.contracts import Answers
from tests.sale import steps
from tests.sale.world import Customer

BONUS = "lanjiang-participating-life"
SMALL = {"sum_insured": "100000", "pay_period": "10"}
WAN = 10_000_00


def bonus(customer: Customer, inputs: dict[str, str] | None = None) -> ProposalView:
    """A participating contract, drafted and its pages read."""
    return steps.confirmed(steps.drafted(customer, product=BONUS, instalment="yearly", inputs=inputs or SMALL))


def waiting(proposal: ProposalView) -> list[str]:
    """What a sale waits for besides its record, which grows by itself with every page."""
    now = policies.proposal(proposal.account_id, proposal.id)
    return [need.code for need in readiness.needs(now) if not need.done and need.code != record_sale.CODE]


def answer(proposal: ProposalView, **changes: Any) -> suitable.Picture:
    answers = replace(Answers("heirs", "none", 100 * WAN, 10 * WAN), **changes)
    return suitable.answer(proposal.account_id, proposal.id, answers)


def statement(picture: suitable.Picture, code: str) -> Any:
    return next(one for one in picture.statements if one.code == code)
