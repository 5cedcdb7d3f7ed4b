"""What a partner writes on account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OrderInsured:
    """Whom an order of a partner covers, as the partner named them with the order. `phone` is a normal mobile number or
    empty; `identity_last` the last six characters of their identity document or empty. At least one of the two is there
    to recognise them by."""

    name: str
    phone: str = ""
    identity_last: str = ""


@dataclass(frozen=True, slots=True)
class BulkIssue:
    """One policy of a bulk order; the partner is its policyholder. `facts` are whatever else the partner sent: they
    go into the digest that tells a repeat from a reuse of the reference with other content."""

    partner_id: UUID
    reference: str
    version_id: str
    product_code: str
    start: date
    end: date
    premium_fen: int
    inputs: Mapping[str, str]
    sum_insured_fen: int
    waiting_ends: date | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    insured: OrderInsured | None = None


@dataclass(frozen=True, slots=True)
class BulkResult:
    """`outcome` is new, same (issued before with the same content) or other (the reference is taken by other
    content; `policy_id` and `number` are those of the earlier policy)."""

    reference: str
    outcome: str
    policy_id: UUID
    number: str
    shard_key: int
