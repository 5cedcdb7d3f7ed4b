"""What crosses the door when something happened: the first sentence, what it is understood to say, reported facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baohe.kernel.decisions import Reason, Text


@dataclass(frozen=True, slots=True)
class FirstNotice:
    """What the claimant says first. `event` is a code of the policy's claim events, or "other".

    `another`: an open claim of the same kind and days was shown, and this is another event.
    """

    policy_id: UUID
    event: str
    sentence: str
    happened_on: date
    another: bool = False

    def as_request(self) -> dict[str, str]:
        """What an idempotency key is bound to."""
        request = {
            "policy": str(self.policy_id),
            "event": self.event,
            "sentence": self.sentence,
            "happened_on": self.happened_on.isoformat(),
        }
        return request | {"another": "yes"} if self.another else request


NOTICE_TAKERS = ("claims_handler", "service")
"""Who takes a first notice from a caller."""


@dataclass(frozen=True, slots=True)
class EventChoice:
    value: str
    label: Text
    detail: Text


@dataclass(frozen=True, slots=True)
class ClaimBrief:
    id: UUID
    number: str
    policy_id: UUID
    state: str
    event: str
    happened_on: date
    title: str
    policy_number: str
    amount_fen: int | None
    paid_at: datetime | None


@dataclass(frozen=True, slots=True)
class EventNotice:
    """A fact that settles by itself ("parcel_returned"). One claim for one (policy, event, reference) for ever."""

    event: str
    reference: str
    occurred_at: datetime
    told_by: Text = Text("合作方系统", "The partner's system")


@dataclass(frozen=True, slots=True)
class Told:
    """What the claimant has said and chosen so far; what is None or "" is still to be understood."""

    sentence: str
    person_id: UUID | None = None
    policy_id: UUID | None = None
    event: str = ""
    happened_on: date | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """One thing proposed, with its reason and what else it could be. `value` is "" where nothing is proposed: the
    person chooses from `options`. `sure` is False where the proposal wants a look."""

    value: str
    label: Text
    reason: Text
    sure: bool = True
    options: tuple[EventChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """What one sentence was understood to say. Nothing is stored of it.

    `policy` with value "" and no options: no policy fits, a person is asked. `amount_fen` is a hint in yuan;
    `currency` is ISO 4217. `to_person`: why a person will look, told at once. `already`: claims of the same policy and
    event within two days. `ask`: what to ask next (member, policy, event, day), "" when all is understood.
    """

    member: Understood
    policy: Understood
    event: Understood
    day: Understood
    amount_fen: int | None
    currency: str
    to_person: tuple[Reason, ...]
    already: tuple[ClaimBrief, ...]
    ask: str
    words: str
