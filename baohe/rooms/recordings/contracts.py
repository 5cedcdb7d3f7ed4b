"""What leaves the room. Moments are aware UTC, days business dates of Asia/Shanghai, digests SHA-256 in hex."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RecordingView:
    """`state` is open, closed (sealed with the contract) or destroyed (the key is gone). `next_part` is the number of
    the part that comes next; `head` the digest of the last one."""

    id: UUID
    account_id: UUID
    shard_key: int
    product_code: str
    build: str
    state: str
    next_part: int
    head: str
    size: int
    opened_at: datetime
    last_at: datetime
    closed_at: datetime | None
    keep_until: date | None
    destroyed_at: datetime | None


@dataclass(frozen=True, slots=True)
class PageView:
    """A page that a recording shows. `at` is the phone's clock in ms, `version` the digest of the page as it was
    built, `shown` names the digests of what stood on it."""

    recording_id: UUID
    part: int
    at: int
    kind: str
    page: str
    version: str
    subjects: tuple[UUID, ...]
    shown: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is on record of one sale. `broken` names recordings that do not hold together: their pages do not count."""

    recorded: frozenset[str]
    missing: tuple[str, ...]
    broken: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a leaf commits to when a sale is closed."""

    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was recorded."""

    recording_id: UUID
    part: int | None
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Reel:
    """One recording opened to be played. `events` are neutral (nothing in them can act), `removed` counts what was
    taken out, `styles` maps the address of a stylesheet's file to the digest of its content."""

    recording: RecordingView
    pages: tuple[PageView, ...]
    events: tuple[Mapping[str, Any], ...]
    removed: int
    styles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HoldView:
    """A dispute that keeps recordings beyond their date. Lifting takes two: `lift_asked_by_name`, then another."""

    id: UUID
    policy_id: UUID
    reason: str
    placed_by_name: str
    placed_at: datetime
    lift_reason: str
    lift_asked_by: UUID | None
    lift_asked_by_name: str
    lift_asked_at: datetime | None
    lifted_by_name: str
    lifted_at: datetime | None

    @property
    def state(self) -> str:
        return "lifted" if self.lifted_at else "lift_asked" if self.lift_asked_at else "held"


@dataclass(frozen=True, slots=True)
class ViewingView:
    """Who opened a film, and why."""

    at: datetime
    staff_name: str
    reason: str
    exported: bool


@dataclass(frozen=True, slots=True)
class SaleRow:
    """A closed sale in the desk's list."""

    policy_id: UUID
    recording_ids: tuple[UUID, ...]
    closed_at: datetime
    size: int
    keep_until: date | None
    state: str


@dataclass(frozen=True, slots=True)
class BuildView:
    """A build of the app: page name → digest of the page as built, stylesheet file → digest of its content."""

    id: str
    pages: Mapping[str, str]
    styles: Mapping[str, str]


HELP_REASONS = ("unsupported", "sending", "other")
"""unsupported: the browser lacks what the recorder needs · sending: nothing arrives · other: the customer says so."""
HELP_OUTCOMES = ("own_device", "hosted", "works_again", "given_up")
"""own_device: another device of the customer's · hosted: one of ours, where the customer signs in themselves ·
works_again: the same device after all · given_up: the customer does not go on."""
RECORDED = "recorded"
"""The sale was sealed with its whole record; nobody had to end the request."""


@dataclass(frozen=True, slots=True)
class HelpView:
    """A request for a person because a device cannot keep the record. `state` is open or ended; `outcome`, `note` and
    `by_name` are empty while it is open."""

    id: UUID
    account_id: UUID
    proposal_id: UUID
    version_id: str
    reason: str
    state: str
    asked_at: datetime
    answer_by: datetime
    link_sent_at: datetime | None
    outcome: str
    note: str
    by_name: str
    ended_at: datetime | None
