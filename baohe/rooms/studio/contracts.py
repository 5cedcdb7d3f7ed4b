"""What leaves the room: drafts of product packages, and who did what with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

ROLES = ("product_manager", "actuary")
"""Either may make and either may check; never the same person both."""

OPEN = ("draft", "returned")
"""States in which the files may change."""

STATES = ("draft", "submitted", "returned", "approved", "published", "withdrawn")


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A draft in a list. `state` is draft | submitted | returned | approved | published | withdrawn."""

    id: UUID
    product_code: str
    version: str
    state: str
    maker_name: str
    updated_at: datetime

    @property
    def version_id(self) -> str:
        return f"{self.product_code}@{self.version}"


@dataclass(frozen=True, slots=True)
class DraftView(DraftCard):
    """A draft whole. `revision` counts its saves: a save must name the one it was made from.

    `files` are the package's files without the number of its filing, which comes after the approval.
    """

    revision: int
    files: Mapping[str, str]
    base_version_id: str
    created_at: datetime
    maker_id: UUID
    submitter_id: UUID | None
    submitter_name: str
    submitted_at: datetime | None
    checker_id: UUID | None
    checker_name: str
    decided_at: datetime | None
    note: str
    filing_number: str
    published_at: datetime | None
    sources: tuple[str, ...]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of what was done, by whom. Never changed, never removed."""

    at: datetime
    actor_name: str
    action: str
    detail: str
    version_id: str


@dataclass(frozen=True, slots=True)
class NewDraft:
    """What a draft begins with. `sources` are the papers a filing was read from: name → bytes."""

    product_code: str
    version: str
    files: Mapping[str, str]
    base_version_id: str = ""
    sources: Mapping[str, bytes] | None = None
    origin: str = ""
