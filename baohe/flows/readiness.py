"""What a proposal still waits for besides its pages: steps of some sales before the signature or the payment.

A step belongs to the room that knows it. Its flow gives a function from a proposal to the steps that this proposal
needs, done or not, and stands in `_CONTRIBUTORS`; a sale that needs none of them gets no longer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from baohe.kernel.decisions import Text
from baohe.rooms.policies.contracts import ProposalView
from baohe.rooms.policies.errors import StepsMissing

Moment = Literal["sign", "pay"]


@dataclass(frozen=True, slots=True)
class Need:
    """One step of one proposal. `before` is what it holds up; `path` is the page of the app where it is done."""

    code: str
    title: Text
    detail: Text
    done: bool
    before: Moment
    path: str


Contributor = Callable[[ProposalView], Iterable[Need]]
_CONTRIBUTORS: tuple[Contributor, ...] = ()


def needs(proposal: ProposalView) -> tuple[Need, ...]:
    """Every step of this proposal, in the order in which the customer does them."""
    return tuple(need for contributor in _CONTRIBUTORS for need in contributor(proposal))


def refuse_unready(proposal: ProposalView, before: Moment) -> None:
    """Raises `StepsMissing` naming each step that holds up the signature, or the payment."""
    missing = [need for need in needs(proposal) if not need.done and need.before == before]
    if missing:
        raise StepsMissing(
            missing="、".join(need.title.zh for need in missing),
            missing_en=", ".join(need.title.en for need in missing),
            codes=[need.code for need in missing],
        )
