"""Units that stand in a heading's parentheses."""

from __future__ import annotations

import re

_PARENS = re.compile(r"[(（]\s*([^()（）]{1,30})\s*[)）]")
_UNIT = re.compile(r"(?:单位[:：])?.*(?:元|%|‰|份).*")


def unit_in_parentheses(text: str) -> str:
    """`年交保险费（元）` → 元; "" when the parentheses say something else."""
    for said in _PARENS.findall(text):
        if _UNIT.fullmatch(said) and not re.search(r"\d{2,}周?岁", said):
            return str(said).strip()
    return ""


def is_unit_alone(text: str) -> bool:
    """A heading that is nothing but a unit: （元）, %, 元/年."""
    return re.fullmatch(r"[(（]?\s*(?:人民币)?(?:元|万元|千元|%|‰|元/年|元/月|元/人|元/份)\s*[)）]?", text) is not None
