"""The link to one claim of somebody without an account."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field


class ClaimLinkToken(Schema):
    """In the body: addresses end in logs."""

    token: str = Field(min_length=16, max_length=128)


class ClaimLinkCode(ClaimLinkToken):
    code: str = Field(min_length=1, max_length=20)


class ClaimLinkIdentity(ClaimLinkToken):
    name: str = Field(min_length=1, max_length=60)
    identity_last: str = Field(min_length=6, max_length=8, description="last six characters of the document")


class ClaimLinkState(Schema):
    proof: str = Field(description="phone | identity")
    phone_masked: str = Field(description="empty where no telephone was given")
    insurer_phone: str
    expires_at: datetime
    claim_id: str | None = Field(description="once this browser proved it")
    demo_phone: str | None = Field(default=None, description="for the demo's inbox alone")
