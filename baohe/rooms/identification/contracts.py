"""What leaves the room. Amounts are integer fen, moments aware, days of Asia/Shanghai."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baohe.adapters.ocr.contracts import CardReading

COPY, LIVENESS, FUNDS, BY_PERSON = "copy", "liveness", "funds", "by_person"
STEPS = (COPY, LIVENESS, FUNDS, BY_PERSON)
BIOMETRIC = "biometric"
"""Purpose of the separate consent for liveness (DATA-1)."""

PURPOSES = ("protection", "saving", "education", "retirement", "gift", "other")
SOURCES = ("salary", "business", "savings", "property", "investment", "gift", "other")

OPEN, PROPOSED, CONFIRMED, CLEARED = "open", "proposed", "confirmed", "cleared"
HIT_STATES = (OPEN, PROPOSED, CONFIRMED, CLEARED)
MOVED, DESTROYED = "moved", "destroyed"
"""What happens to the keeping of a step."""

HOW = ("exact", "sound", "near")
"""exact: name and birth · sound: written otherwise, sounds the same · near: the list knows the birth roughly or not."""


@dataclass(frozen=True, slots=True)
class Party:
    """A person as screening and identification need them."""

    account_id: UUID
    person_id: UUID
    shard_key: int
    name: str
    birth: date


@dataclass(frozen=True, slots=True)
class Demand:
    """What a premium needs: `level` 1–3, the steps of it, and why (`threshold` is the code of the datum)."""

    level: int
    steps: tuple[str, ...]
    threshold: str = ""


@dataclass(frozen=True, slots=True)
class StepView:
    kind: str
    at: datetime
    kept_until: date
    by_name: str = ""


@dataclass(frozen=True, slots=True)
class OverView:
    """A step whose date is over, for the round; `account_id` leads to the contracts that may have moved the date."""

    id: UUID
    account_id: UUID
    kept_until: date


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a person is: steps done, what is missing for a demand, and a check by a person that waits."""

    demand: Demand
    done: tuple[StepView, ...]
    missing: tuple[str, ...]
    person_asked_at: datetime | None
    liveness_open: bool
    biometric_allowed: bool


@dataclass(frozen=True, slots=True)
class LivenessStarted:
    id: UUID
    page: str


@dataclass(frozen=True, slots=True)
class ListView:
    version: str
    dated: date
    source: str
    entries: int
    loaded_at: datetime
    screened: bool


@dataclass(frozen=True, slots=True)
class HitEventView:
    at: datetime
    what: str
    by_name: str
    text: str


@dataclass(frozen=True, slots=True)
class HitView:
    """A match, for the desk alone. `entry_*` is what the list says; the person is opened by the desk, and logged."""

    id: UUID
    account_id: UUID
    person_id: UUID
    state: str
    how: str
    list_version: str
    entry_reference: str
    entry_name: str
    entry_birth: date | None
    entry_note: str
    found_at: datetime
    answer_by: datetime
    proposed_by: UUID | None
    events: tuple[HitEventView, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckView:
    """A customer who wants a person to make sure who they are instead of a machine."""

    id: UUID
    account_id: UUID
    person_id: UUID
    state: str
    asked_at: datetime
    answer_by: datetime


__all__ = ["CardReading"]
