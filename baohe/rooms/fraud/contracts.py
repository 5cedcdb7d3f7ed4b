"""What crosses the door of the fraud room. Amounts are integer fen, days Asia/Shanghai.

A signal says that something is worth a look. It has no outcome: nothing here can refuse, and nothing can hold a claim
beyond its legal clock (SERV-5, SERV-9).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baohe.kernel.decisions import Text

CONFIRMED, CLEARED, UNCLEAR = "confirmed", "cleared", "unclear"
VERDICTS = (CONFIRMED, CLEARED, UNCLEAR)

INVOICE, CARD, PHONE, DEVICE = "invoice", "card", "phone", "device"
MARKS = (INVOICE, CARD, PHONE, DEVICE)

STRONG = 60
"""Points from which one signal alone asks for a person."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something two claims can have in common. `kind` is invoice, card (any account money goes to), phone or device;
    `value` is plain and normalised here, and kept as a keyed hash alone."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class CoverDays:
    """The contract's days. `waiting_ends` and `end` are the first days after; `raised_on` is the latest day before
    the event on which an endorsement raised the sum insured."""

    bought_on: date
    start: date
    end: date
    waiting_ends: date | None = None
    raised_on: date | None = None


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """Everything the room is told of a claim. No names, no diagnoses. `provider` is a hospital's or shop's name as
    read, "" for none; `amount_fen` is what the papers add up to, None when they were not read. `kin`: of the
    accounts that `sharing` names those of the claimant's own family."""

    claim_id: UUID
    shard_key: int
    account_id: UUID
    policy_id: UUID
    event: str
    happened_on: date
    noticed_on: date
    cover: CoverDays
    amount_fen: int | None = None
    provider: str = ""
    marks: tuple[Mark, ...] = ()
    kin: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where to look: `kind` is claim, paper, account or provider; `id` its id (of a provider a short code)."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Signal:
    """`weight` is points, 0 to 100. `strong`: a person looks before the machine pays; weak ones add to the file."""

    code: str
    weight: int
    text: Text
    points_to: tuple[Pointer, ...] = ()

    @property
    def strong(self) -> bool:
        return self.weight >= STRONG


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """What a person found after looking. `verdict` is confirmed, cleared or unclear; it decides no claim."""

    claim_id: UUID
    staff_name: str
    verdict: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SignalFile:
    """What the desk shows beside a claim. `signals` are of the latest look, None when nobody looked."""

    claim_id: UUID
    signals: tuple[Signal, ...] | None
    rule_version: str
    looked_at: datetime | None
    feedback: tuple[FeedbackView, ...]


@dataclass(frozen=True, slots=True)
class Signalled:
    """Claims whose latest look raised a signal within a year. `whole` is False where there are more than are told:
    the newest are."""

    claim_ids: frozenset[UUID]
    whole: bool


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A claim with strong signals (`codes`) of which no person has said what came of them."""

    claim_id: UUID
    raised_at: datetime
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Precision:
    """Of the looked-at claims with this signal and a clear feedback: how many were confirmed.

    `low_bp` and `high_bp` are the 95 % interval after Wilson, basis points; 0 and 10,000 with no feedback at all.
    """

    code: str
    title: Text
    raised: int
    confirmed: int
    cleared: int
    share_bp: int | None
    low_bp: int
    high_bp: int


@dataclass(frozen=True, slots=True)
class SimilarPicture:
    """`distance` is the number of differing bits of 64."""

    claim_id: UUID
    paper_id: UUID
    account_id: UUID
    distance: int
