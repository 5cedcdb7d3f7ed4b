"""The sample occupation list: six digits, class 1–6, and 9 for work the accident products do not take."""

from __future__ import annotations

import csv
import functools
from pathlib import Path

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import Occupation
from baohe.rooms.catalog.rules.listing import normal, pinyin_forms

_FILE = Path(__file__).parent / "data" / "occupations.csv"


@functools.cache
def _all() -> dict[str, tuple[Occupation, str]]:
    with _FILE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {
        row["code"]: (
            Occupation(row["code"], Text(row["name_zh"], row["name_en"]), int(row["risk_class"])),
            normal(" ".join([row["code"], row["name_zh"], row["name_en"], *pinyin_forms(row["name_zh"])])),
        )
        for row in rows
    }


def occupations(q: str = "", limit: int = 20) -> tuple[Occupation, ...]:
    """Those whose name (zh, en, pinyin or its initials) or code holds every word of `q`."""
    words = normal(q).split()
    found = [item for item, text in _all().values() if all(word in text for word in words)]
    return tuple(found[:limit])


def occupation(code: str) -> Occupation | None:
    """One occupation, or None for an unknown code."""
    entry = _all().get(code)
    return entry[0] if entry else None
