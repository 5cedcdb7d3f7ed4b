"""What crosses the door about the messages of a claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

LONGEST_MESSAGE = 500
"""Letters."""


@dataclass(frozen=True, slots=True)
class MessageView:
    """`side` is claimant or desk; `name` is the handler's, "" for the claimant. `masked`: a number was taken out.
    `unread`: by the side that asked."""

    number: int
    side: str
    name: str
    text: str
    masked: bool
    at: datetime
    unread: bool = False


@dataclass(frozen=True, slots=True)
class MessagePage:
    """Up to 50 messages, the newest last. `earlier`: ask again with `before` this number; None where nothing lies
    before. `last` is the number of the newest of all, 0 while there is none; `answer_by` the house's promise for the
    oldest that waits, None while none does."""

    items: Sequence[MessageView]
    earlier: int | None
    unread: int
    last: int
    answer_by: datetime | None


@dataclass(frozen=True, slots=True)
class Written:
    """A message that was sent. `fresh` is False for one that was here already; `first_unread`: the other side had
    read all before, so that it is told once until it reads."""

    message: MessageView
    claim_id: UUID
    fresh: bool
    first_unread: bool
