"""The record of a purchase."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from baohe.faces.shop.schemas.basis import Text


class BuildState(Schema):
    build: str = Field(description="the build of the app whose pages this server knows; recordings name it")


class RecordingIn(Schema):
    build: str = Field(pattern=r"^([0-9a-f]{64}|unbuilt)$", description="the build that draws the pages")
    product: str = Field(default="", pattern=r"^[a-z0-9-]{0,60}$", description="empty where a sitting is about several")


class RecordingState(Schema):
    id: str
    state: Literal["open", "closed", "destroyed"]
    next_part: int
    head: str = Field(description="digest of the last part (hex); the next one is sent with it")


class RecordedPage(Schema):
    kind: str
    name: Text
    recorded: bool
    path: str = Field(description="the app's page that opens it again without changing anything")


class RecordHelpIn(Schema):
    reason: Literal["unsupported", "sending", "other"] = Field(
        description="what the device lacks: the browser's means, or a way to the server"
    )


class RecordHelp(Schema):
    """A person was asked for; the payment waits for a whole record as before."""

    state: Literal["open", "ended"]
    asked_at: datetime
    answer_by: datetime


class RecordState(Schema):
    needed: bool = Field(description="false: the law asks for no record of this purchase")
    help: RecordHelp | None = Field(description="the newest request for a person's help with the record")
    pages: list[RecordedPage]
