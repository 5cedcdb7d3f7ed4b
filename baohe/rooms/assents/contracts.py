"""What leaves the room. Amounts are integer fen, moments aware."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baohe.kernel.decisions import Text

PROPOSAL, BENEFICIARIES = "proposal", "beneficiaries"
SUBJECTS = (PROPOSAL, BENEFICIARIES)
WAITING, AGREED, REFUSED, VOID = "waiting", "agreed", "refused", "void"
STATES = (WAITING, AGREED, REFUSED, VOID)

Strokes = Sequence[Sequence[Mapping[str, int]]]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `content` is the digest of what must still hold when the answer comes; `lines` are the sentences
    that are agreed to."""

    account_id: UUID
    shard_key: int
    subject: str
    subject_id: UUID
    content: str
    holder_name: str
    insured_name: str
    product: Text
    insurer: Text
    sum_fen: int
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class LinkView:
    """`state` is waiting, agreed, refused, void or expired. `resend_after` is when another may be sent."""

    id: UUID
    subject: str
    subject_id: UUID
    account_id: UUID
    shard_key: int
    content: str
    state: str
    phone_masked: str
    sent_at: datetime
    expires_at: datetime
    resend_after: datetime
    decided_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """What the insured sees once their telephone is proven; `terms` is the digest of all of it."""

    link: LinkView
    question: Question
    terms: str
