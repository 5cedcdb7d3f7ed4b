"""What leaves the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baohe.kernel.decisions import Text


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to be sent. `phone` is 11 digits; `params` fills the template, `params_en` replaces words in the
    English text."""

    phone: str
    template: str
    params: Mapping[str, str]
    account_id: UUID | None = None
    params_en: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A message with its words opened; only the demo inbox and the account's owner may hold one."""

    id: UUID
    phone: str
    template: str
    body: Text
    state: str
    at: datetime
