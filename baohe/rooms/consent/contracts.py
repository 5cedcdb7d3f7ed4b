"""What leaves the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ConsentView:
    """One event. `event` is granted or withdrawn; `text_digest` names the wording the person saw."""

    id: int
    account_id: UUID
    purpose: str
    subject: str
    event: str
    text_digest: str
    at: datetime
