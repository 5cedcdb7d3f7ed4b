"""What leaves the room. Moments are aware."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

LIVE, REPLACED, REVOKED = "live", "replaced", "revoked"
STATES = (LIVE, REPLACED, REVOKED)
PHONE, IDENTITY = "phone", "identity"
WAYS = (PHONE, IDENTITY)


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who may open the link: whom the order names. `phone` is a normal mobile number or empty; then `identity_last`,
    the last six characters of their identity document, is asked for."""

    name: str
    phone: str
    identity_last: str


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """What a partner tells of one of its orders: once for ever under (policy, event, incident). `content` is the digest
    of all it said."""

    partner_id: UUID
    policy_id: UUID
    shard_key: int
    reference: str
    event: str
    incident: str
    content: str


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A claim that was opened for somebody without an account. `claimant_id` is one for one telephone (or name and
    document), and no account's."""

    claim_id: UUID
    partner_id: UUID
    policy_id: UUID
    reference: str
    event: str
    incident: str
    content: str
    claimant_id: UUID
    proof: str
    phone_masked: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class LinkView:
    """`state` is live, replaced, revoked or expired; `proof` is phone or identity."""

    id: UUID
    claim_id: UUID
    partner_id: UUID
    state: str
    proof: str
    phone_masked: str
    insurer_phone: str
    made_at: datetime
    expires_at: datetime
    opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class NewLink:
    """The only time that the token leaves the room: a hash of it is kept."""

    link: LinkView
    token: str
