"""Shapes every answer of the shop shares. Amounts are integer fen, dates ISO days of Asia/Shanghai."""

from __future__ import annotations

from typing import Generic, TypeVar

from ninja import Schema
from pydantic import Field

Item = TypeVar("Item")


class Text(Schema):
    zh: str
    en: str


class Titled(Schema):
    title: Text
    detail: Text


class Labelled(Schema):
    label: Text
    value: Text


class Choice(Schema):
    value: str
    label: Text
    detail: Text | None = None


class Reason(Schema):
    code: str
    text: Text
    clause: str = ""


class TimelineEntry(Schema):
    at: str = Field(description="ISO moment or ISO day")
    title: Text
    detail: Text | None = None
    state: str = Field(description="done | now | next")
    amount_fen: int | None = None


class Problem(Schema):
    """RFC 9457 problem details with the platform's additions."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    message: Text
    next: Text


class Page(Schema, Generic[Item]):
    items: list[Item]
    total: int
    page: int
    size: int
