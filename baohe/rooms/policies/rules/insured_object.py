"""Which thing is insured: the answers against the fields that the version filed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from baohe.rooms.policies.contracts import ObjectLine
from baohe.rooms.policies.errors import InsuredObjectNeeded

if TYPE_CHECKING:
    from baohe.rooms.catalog.contracts import InsuredField, ProductVersion


def object_lines(version: ProductVersion, answers: Mapping[str, str]) -> tuple[ObjectLine, ...]:
    """The answers in the order of the fields, without blanks around them. Raises `InsuredObjectNeeded` for the first
    that is missing, does not match, or names no field."""
    known = {field.code for field in version.insured_object}
    for code in answers:
        if code not in known:
            raise InsuredObjectNeeded(
                field=f"insured_object.{code}",
                name=code,
                name_en=code,
                reason_zh="这款产品不问这一项",
                reason_en="is not asked for this product",
                example="",
            )
    return tuple(_line(field, answers.get(field.code, "").strip()) for field in version.insured_object)


def _line(field: InsuredField, answer: str) -> ObjectLine:
    if not field.accepts(answer):
        raise InsuredObjectNeeded(
            field=f"insured_object.{field.code}",
            name=field.name.zh,
            name_en=field.name.en,
            reason_zh="格式不对" if answer else "还没有填",
            reason_en="is not written as expected" if answer else "is missing",
            example=field.example,
        )
    return ObjectLine(field.code, answer)
