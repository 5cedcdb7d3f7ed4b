"""A file with a person: papers, offers, history, and the queue at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from baohe.kernel.decisions import Text


@dataclass(frozen=True, slots=True)
class ReferralItem:
    """A row of the underwriter's queue."""

    declaration_id: UUID
    person_id: UUID
    account_id: UUID
    version_id: str
    reasons: tuple[str, ...]
    handler: str
    reply_by: datetime
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ReferralPage:
    items: tuple[ReferralItem, ...]
    total: int
    page: int
    size: int


@dataclass(frozen=True, slots=True)
class OfferView:
    """Terms that an underwriter concluded. `valid_until` is set once the customer may answer; premiums in fen."""

    id: UUID
    outcome: str
    loading_bp: int
    exclusions: tuple[Text, ...]
    standard_premium_fen: int
    premium_fen: int
    note: str
    clause: str
    maker_id: UUID
    maker_name: str
    made_at: datetime
    two_names: bool
    checker_name: str
    valid_until: datetime | None


@dataclass(frozen=True, slots=True)
class ReadItem:
    """One value of a medical paper. `value` is what the machine read, `confirmed` what the person said (None: not
    asked yet). `box` is x, y, width, height in 1/10,000 of the picture; `kind` is number | text | date."""

    code: str
    name: Text
    value: str
    unit: str
    kind: str
    confidence: int
    doubtful: bool
    box: tuple[int, ...]
    confirmed: str | None = None


@dataclass(frozen=True, slots=True)
class MedicalPaperView:
    """One page. `state`: reading | read | unreadable | kept (a kind that is not read)."""

    id: UUID
    kind: str
    title: Text
    page: int
    state: str
    added_at: datetime
    confirmed_at: datetime | None
    items: tuple[ReadItem, ...]


@dataclass(frozen=True, slots=True)
class RequestedPaperView:
    """A paper that was asked for; `state`: missing | not_available | given."""

    kind: str
    title: Text
    why: Text
    state: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    at: datetime
    code: str
    title: Text
    detail: Text | None
    staff_name: str


@dataclass(frozen=True, slots=True)
class ReferralView:
    """A referral as its customer sees it. `reply_by` is None while the underwriter's clock stands still."""

    declaration_id: UUID
    account_id: UUID
    person_id: UUID
    state: str
    cause: str
    ask: str
    handler: str
    created_at: datetime
    reply_by: datetime | None
    papers_by: datetime | None
    requested: tuple[RequestedPaperView, ...]
    papers: tuple[MedicalPaperView, ...]
    offer: OfferView | None
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True)
class ReferralFile:
    """The whole file for the desk. `to_confirm` waits for a second name; `concluded` are all verdicts, oldest first."""

    referral: ReferralView
    to_confirm: OfferView | None
    concluded: tuple[OfferView, ...]
    loose_papers: tuple[MedicalPaperView, ...]
    single_sum_fen: int
    single_loading_bp: int
    sum_insured_fen: int


@dataclass(frozen=True, slots=True)
class ReferralTurns:
    """Whose turn a referral was, and since when: `turns` are (moment, ours | theirs | over), in order. `handler_id` is
    None where nobody of that name works here any more."""

    declaration_id: UUID
    account_id: UUID
    version_id: str
    shard_key: int
    handler_id: UUID | None
    turns: tuple[tuple[datetime, Literal["ours", "theirs", "over"]], ...]


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A row of the desk's queue. `mark`: "" | near | late, by the deadline that runs now."""

    declaration_id: UUID
    version_id: str
    reasons: tuple[str, ...]
    handler: str
    state: str
    cause: str
    deadline: datetime
    mark: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class QueuePage:
    items: tuple[QueueItem, ...]
    total: int
    page: int
    size: int
    counts: Mapping[str, int]
