"""What leaves the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baohe.kernel.decisions import Text


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A message with its words opened; only the demo inbox and the account's owner may hold one."""

    id: UUID
    phone: str
    template: str
    body: Text
    state: str
    at: datetime
