"""One line of the desk's left column."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Queue:
    code: str
    name: str
    count: int
    nearest: datetime | None
    url: str
