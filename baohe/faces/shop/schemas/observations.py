"""What settles by itself, as the customer sees it: before it happens, and what a claim rests on."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field

from baohe.faces.shop.schemas.basis import Text


class TriggerPromise(Schema):
    code: str
    name: Text
    where: Text
    lines: list[Text] = Field(description="one a band: what happens, and what it pays under this policy")
    sources: list[Text]
    need: int = Field(description="how many of the sources must agree")
    clause: str
    dispute_days: int


class Triggers(Schema):
    triggers: list[TriggerPromise]


class SourceSaid(Schema):
    source: Text
    value: Text
    observed_at: datetime
    issued_at: datetime
    counts: bool = Field(description="what this source says now; false for what it has corrected, or is not believed")
    agrees: bool | None = Field(description="null where it cannot be said of one report alone")


class DataDispute(Schema):
    opened_at: datetime
    answer_by: datetime
    answered_at: datetime | None
    stands: bool | None = Field(description="null until two handlers have answered")


class Observation(Schema):
    name: Text
    what: Text
    outcome: Text | None
    clause: str
    need: int
    among: int
    said: list[SourceSaid]
    decided_at: datetime | None
    decided_by: list[str] = Field(description="two names where people decided; empty = the agreement of the sources")
    digest: str
    dispute_until: datetime | None
    may_dispute: bool
    dispute: DataDispute | None


class ClaimObservation(Schema):
    observation: Observation | None = Field(description="null for a claim that no source of data settled")
