"""What a room asks of whoever looks at faces. No picture of a face ever passes through the platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

OPEN, PASSED, FAILED, GIVEN_UP = "open", "passed", "failed", "given_up"
VERDICTS = (OPEN, PASSED, FAILED, GIVEN_UP)


class LivenessUnknown(Exception):
    """No answer, or one that cannot be believed. It says nothing of the person: ask again later."""


class NotOurResult(Exception):
    """A notification that is forged, unreadable, or about another merchant. Whoever sent it learns nothing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A session at the provider. `page` is where the person shows their face; `nonce` comes back with the result."""

    session: str
    page: str


@dataclass(frozen=True, slots=True)
class Result:
    """`out_session` is our number, `session` the provider's. Believe it only when number, session and nonce are all
    those of one row of ours: a result may be replayed, or be somebody else's."""

    out_session: UUID
    session: str
    nonce: str
    verdict: str
    score: int
    decided_at: datetime | None


class Liveness(Protocol):
    def open_session(self, out_session: UUID, nonce: str, subject: str, notify_url: str, return_url: str) -> Asked:
        """Open, or find again, the session of our number. `subject` says who, in a form only we can read. Raises
        `LivenessUnknown`: it may or may not stand; the same number asked again gives the same session."""
        ...

    def result_of(self, out_session: UUID) -> Result | None:
        """What stands of a session; None when the provider knows none. Raises `LivenessUnknown`."""
        ...

    def heard(self, form: Mapping[str, str]) -> Result:
        """A notification, its signature checked. Raises `NotOurResult`."""
        ...
