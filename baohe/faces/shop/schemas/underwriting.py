"""Referrals, papers, readings and offers, as the person who declared sees them."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field

from baohe.faces.shop.schemas.basis import Text, TimelineEntry


class ReadItem(Schema):
    code: str
    name: Text
    value: str = Field(description="what the machine read")
    unit: str
    kind: str = Field(description="number | text | date")
    confidence: int = Field(ge=0, le=100)
    doubtful: bool
    box: list[int] = Field(default=[], description="x, y, width, height on the picture, in 1/10,000 of its sides")
    confirmed: str | None = Field(default=None, description="what the person said; null until they did")


class MedicalPaper(Schema):
    id: str
    kind: str
    title: Text
    page: int
    state: str = Field(description="reading | read | unreadable | kept")
    picture_url: str
    items: list[ReadItem]
    confirmed_at: datetime | None


class RequestedPaper(Schema):
    kind: str
    title: Text
    why: Text
    state: str = Field(description="missing | not_available | given")


class Offer(Schema):
    id: str
    outcome: str = Field(description="load | exclude")
    loading_bp: int
    exclusions: list[Text]
    standard_premium_fen: int
    premium_fen: int
    note: str
    clause: str
    by: str = Field(description="the underwriter who offers it, and the second one where two agreed")
    valid_until: datetime


class ReferralStory(Schema):
    declaration_id: str
    state: str = Field(
        description="open | to_confirm | waiting_for_papers | offered | accepted | declined_by_customer | expired | "
        "decided"
    )
    cause: str = Field(description="rules | customer: who sent it to a person")
    handler: str
    reply_by: datetime | None = Field(description="null while the underwriter's clock stands still")
    papers_by: datetime | None
    requested: list[RequestedPaper]
    papers: list[MedicalPaper]
    offer: Offer | None
    timeline: list[TimelineEntry]


class HandIn(Schema):
    not_available: list[str] = Field(default=[], max_length=10, description="kinds that the person cannot get")


class OfferAnswer(Schema):
    offer_id: str = Field(max_length=40, description="the offer that was shown")


class ReviewIn(Schema):
    reason: str = Field(min_length=2, max_length=500)


class ConfirmedValues(Schema):
    values: dict[str, str] = Field(max_length=60, description="code → what is right; empty takes a value back")


class Report(Schema):
    """A report before the declaration: its pages, and what was read of them."""

    id: str = Field(description="the id of its first page")
    pages: list[MedicalPaper]
