"""What the public face answers."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema
from pydantic import Field

from baohe.faces.shop.schemas.basis import Text
from baohe.faces.shop.schemas.policies import Verdict


class SignedPart(Schema):
    part: str = Field(description="document | strokes | consent | device | record")
    holds: bool
    what: Text


class PublicVerdict(Verdict):
    """The shop's verdict, with the reason as a code and the way to the offline proof."""

    code: str
    proof_url: str | None = None
    stamped_at: datetime | None = Field(default=None, description="when a time-stamp authority saw it (RFC 3161)")
    stamped_by: str | None = None
    profile: str | None = Field(default=None, description="ecdsa | rsa | sm2: how the insurer signed it")
    signature: list[SignedPart] = Field(default=[], description="the policyholder's own signature, part by part")
    detached_url: str | None = Field(default=None, description="the detached SM2 signature, where there is one")
