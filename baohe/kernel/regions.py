"""Provinces of GB/T 2260: the first two digits of every region code."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from importlib import resources

from baohe.kernel.decisions import Text


@functools.cache
def provinces() -> Mapping[str, Text]:
    """Code of two digits → name."""
    with resources.files("baohe.kernel").joinpath("regions.csv").open(encoding="utf-8") as stream:
        rows = csv.DictReader(stream)
        return {row["code"]: Text(row["name_zh"], row["name_en"]) for row in rows if len(row["code"]) == 2}


def province_of(code: str) -> str | None:
    """`310115`, `310000` or `31` → `31`; None for what begins with no province."""
    return code[:2] if code.isascii() and code.isdecimal() and code[:2] in provinces() else None


def province_name(code: str) -> Text:
    """The province of a region code; the code itself where it names none, as far as it can be printed."""
    known = provinces().get(code[:2])
    if known is not None:
        return known
    shown = code[:12].encode(errors="replace").decode()
    return Text(f"“{shown}”", f"“{shown}”")
