"""The part of a package that asks which thing is insured."""

from __future__ import annotations

import re

from baohe.rooms.catalog.contracts import InsuredField
from baohe.rooms.catalog.contracts.insured import LONGEST_ANSWER
from baohe.rooms.catalog.rules.reading import Node

_CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
_REPEATED_REPEAT = re.compile(r"[*+}]\??\)[*+{]")
MOST_FIELDS = 6
_LONGEST_PATTERN = 200


def insured_object(product: Node) -> tuple[InsuredField, ...]:
    """The fields in the order they are asked; none when the package names none.

    A pattern that repeats a repeated group is refused: on a hostile answer it could run for minutes.
    """
    fields: list[InsuredField] = []
    for node in product.nodes_or_none("insured_object"):
        field = _field(node)
        if any(other.code == field.code for other in fields):
            raise node.wrong("code", f"{field.code} 重复", f"{field.code} stands twice")
        fields.append(field)
    if len(fields) > MOST_FIELDS:
        raise product.wrong("insured_object", f"最多 {MOST_FIELDS} 项", f"may have {MOST_FIELDS} fields at most")
    return tuple(fields)


def _field(node: Node) -> InsuredField:
    field = InsuredField(
        code=node.word("code"),
        name=node.text("name"),
        pattern=node.word("pattern"),
        example=node.word("example"),
        sealed=node.bool_or("sealed", True),
    )
    if not _CODE.fullmatch(field.code):
        raise node.wrong("code", "只用小写字母、数字和下划线", "takes small letters, digits and underscores")
    if len(field.pattern) > _LONGEST_PATTERN or _REPEATED_REPEAT.search(field.pattern):
        raise node.wrong("pattern", "过长，或有重复套重复", "is too long or repeats a repeated group")
    try:
        re.compile(field.pattern)
    except re.error:
        raise node.wrong("pattern", "不是正确的格式表达式", "is not a regular expression") from None
    if not field.accepts(field.example):
        raise node.wrong(
            "example",
            f"不符合 pattern，或超过 {LONGEST_ANSWER} 字",
            f"does not match the pattern, or is longer than {LONGEST_ANSWER} characters",
        )
    return field
