"""Read the items of a call one by one: what cannot be read is refused alone, with its place and reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from ninja import Schema
from pydantic import ValidationError

from baohe.faces.open_api.schemas import MOST_ITEMS
from baohe.kernel.errors import BaoheError, InvalidInput

Item = TypeVar("Item", bound=Schema)


class TooManyItems(BaoheError):
    code = "too_many_items"
    status = 422
    zh = "一次最多 {most} 项，收到 {count} 项，全部没有处理"
    en = "At most {most} items a call; {count} came, and none was handled"
    next_zh = "请分成几次提交"
    next_en = "Send them in several calls"


def read_items(raw: Sequence[Any], shape: type[Item]) -> list[Item | InvalidInput]:
    """Each raw item as a `shape`, or the reason why it is none. Raises `TooManyItems` for the whole call."""
    if len(raw) > MOST_ITEMS:
        raise TooManyItems(most=MOST_ITEMS, count=len(raw))
    return [_read(item, shape) for item in raw]


def _read(item: Any, shape: type[Item]) -> Item | InvalidInput:
    try:
        return shape.model_validate(item)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        field = ".".join(str(part) for part in first["loc"]) or "item"
        return InvalidInput(field=field, reason_zh="格式不对", reason_en=str(first["msg"]))


def reference_of(item: Any) -> str | None:
    """The partner's reference in an item that could not be read, if it has one, so the refusal can be matched."""
    reference = item.get("reference") if isinstance(item, dict) else None
    return reference[:64] if isinstance(reference, str) else None
