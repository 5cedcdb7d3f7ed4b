"""A link by which one insurer would like to introduce the customer to another."""

from __future__ import annotations

from ninja import Schema
from pydantic import Field

from baohe.faces.shop.schemas.basis import Text


class Introduction(Schema):
    introducer: Text
    insurer: Text
    text: list[Text] = Field(description="what the customer agrees to, line by line; the digest is over it")
    digest: str
    state: str = Field(description="asked | agreed | declined | taken_back | answered (by somebody else)")


class IntroductionAnswer(Schema):
    agreed: bool
    digest: str = Field(max_length=64, description="of the text that was shown")
