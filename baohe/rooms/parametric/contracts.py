"""What crosses the door of the parametric room. Amounts are integer fen, moments aware UTC, days Asia/Shanghai.

`state` of an observation is waiting, people (sources apart, silent or stopped: a person decides), agreed (to be
settled), settled, or nothing (agreed that nothing is to be paid). `event` is of the claim rules, "" = nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import Band

Row = TypeVar("Row")

OPEN = ("waiting", "people")
DECIDED = ("agreed", "settled", "nothing")
STATES = OPEN + DECIDED


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of staff."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class NewSource:
    """`heartbeat_seconds`: longer without a sign of life is stale. `public_key` is Ed25519 in PEM."""

    code: str
    name: Text
    measures: tuple[str, ...]
    address: str
    heartbeat_seconds: int
    key: str
    public_key: str
    valid_from: datetime
    valid_until: datetime


@dataclass(frozen=True, slots=True)
class Watching:
    """A policy that waits for something. `subject` as `rules.subjects` writes it."""

    policy_id: UUID
    shard_key: int
    version_id: str
    trigger: str
    subject: str
    day: date


@dataclass(frozen=True, slots=True)
class ReportView:
    """`counts`: it is what its source says now, and the source is believed. `with_it`: it stands in the band that was
    agreed; None before."""

    source: str
    source_name: Text
    value: Text
    observed_at: datetime
    issued_at: datetime
    received_at: datetime
    sequence: int
    digest: str
    counts: bool
    with_it: bool | None


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """`by` is empty for the machine, else the two names."""

    number: int
    event: str
    digest: str
    decided_at: datetime
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RulingView:
    id: UUID
    event: str
    note: str
    maker_id: UUID
    maker_name: str
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class DisputeView:
    """`kind` is customer, late (a source spoke after the decision) or correction (the sources now agree on another)."""

    id: UUID
    observation_id: UUID
    kind: str
    said: Text
    opened_at: datetime
    answer_by: datetime
    answered_at: datetime | None
    stands: bool | None
    claim_id: UUID | None


@dataclass(frozen=True, slots=True)
class ObservationView:
    id: UUID
    shard_key: int
    version_id: str
    trigger: str
    name: Text
    measure: str
    subject: str
    what: Text
    day: date
    state: str
    why: str
    event: str
    band: Text | None
    clause: str
    need: int
    among: int
    closes_at: datetime
    decided_at: datetime | None
    correctable_until: datetime | None
    reports: tuple[ReportView, ...]
    outcomes: tuple[OutcomeView, ...]
    ruling: RulingView | None
    disputes: tuple[DisputeView, ...]
    choices: tuple[tuple[str, Text], ...]
    """What a person may decide: (event, in words), "" among them."""


@dataclass(frozen=True, slots=True)
class ObservationBrief:
    id: UUID
    what: Text
    name: Text
    state: str
    why: str
    answer_by: datetime | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What `decide` came to. `fresh`: this call recorded an outcome. `look_again_at`: too early to settle."""

    observation_id: UUID
    shard_key: int
    state: str
    event: str
    digest: str
    fresh: bool
    look_again_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a batch of policies is settled for; the same for all of them."""

    event: str
    subject: str
    occurred_at: datetime
    told_by: Text
    what: Text
    clause: str
    scope: str
    band: Band


@dataclass(frozen=True, slots=True)
class Batch:
    """Watches to settle next, and how much may be paid before the limits are asked again. At most `most` of them are
    one batch; the others are there for workers that find the first ones taken."""

    agreed: Agreed
    watch_ids: tuple[UUID, ...]
    most: int
    fen_left: int


@dataclass(frozen=True, slots=True)
class Taken:
    """One policy of a batch, held until the transaction ends."""

    watch_id: UUID
    policy_id: UUID
    shard_key: int


@dataclass(frozen=True, slots=True)
class SourceView:
    code: str
    name: Text
    measures: tuple[str, ...]
    heard_at: datetime
    heartbeat_seconds: int
    stale: bool
    stopped: str
    """Why it is not believed now; empty = it is."""
    refused: int
    """Reports that were not believed in the last 24 hours."""


@dataclass(frozen=True, slots=True)
class BreakerView:
    """`scope` is a source's code, or `version#trigger`; `reason` is stale, equivocates, claims or money."""

    id: UUID
    scope: str
    name: Text
    reason: str
    tripped_at: datetime
    answer_by: datetime
    asked_by: UUID | None
    asked_name: str


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    items: Sequence[Row]
    total: int
    page: int
    size: int


@dataclass(frozen=True, slots=True)
class Replay:
    """`same`: recomputed from the stored signed reports, event and digest are what was recorded."""

    observation_id: UUID
    number: int
    event: str
    digest: str
    recorded_digest: str
    reports: int
    same: bool


@dataclass(frozen=True, slots=True)
class Promise:
    """A trigger in plain words, before anything happens."""

    trigger: str
    name: Text
    what: Text
    lines: tuple[Text, ...]
    sources: tuple[Text, ...]
    need: int
    clause: str
    dispute_days: int
