"""Editions of the occupation list: which one holds on a day, and what a list has to look like. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import Occupation
from baohe.rooms.catalog.errors import OccupationsBroken

CLASSES = frozenset({1, 2, 3, 4, 5, 6, 9})
_CODE = re.compile(r"^\d{6}$", re.ASCII)


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the list, whole. It holds from `effective_from` until the day before the next one's."""

    code: str
    effective_from: date
    name: Text
    occupations: Mapping[str, Occupation]


def edition_on(editions: Sequence[Edition], day: date) -> Edition:
    """The edition in force on a day. Raises `OccupationsBroken` for a day before the first one."""
    begun = [edition for edition in editions if edition.effective_from <= day]
    if not begun:
        raise OccupationsBroken(edition="", reason_zh=f"{day} 之前没有任何一版", reason_en=f"none holds on {day}")
    return max(begun, key=lambda edition: edition.effective_from)


def ordered(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """Oldest first. Raises `OccupationsBroken` when two begin on one day: a day would have two classes."""
    found = tuple(sorted(editions, key=lambda edition: edition.effective_from))
    days = {edition.effective_from for edition in found}
    if not found or len(days) < len(found):
        raise OccupationsBroken(edition="", reason_zh="没有版本，或两版同日生效", reason_en="none, or two on one day")
    return found


def listed(edition: str, rows: Iterable[Mapping[str, str]]) -> dict[str, Occupation]:
    """The rows of one edition by code. Raises `OccupationsBroken` naming the row: a code that is not six digits or
    stands twice, a class other than 1–6 and 9."""
    found: dict[str, Occupation] = {}
    for row in rows:
        code, risk_class = row["code"], row["risk_class"]
        if not _CODE.match(code) or code in found:
            raise OccupationsBroken(edition=edition, reason_zh=f"{code} 不是六位或重复", reason_en=f"code {code}")
        if risk_class not in {str(known) for known in CLASSES}:
            raise OccupationsBroken(edition=edition, reason_zh=f"{code} 类别不对", reason_en=f"class of {code}")
        found[code] = Occupation(code, Text(row["name_zh"], row["name_en"]), int(risk_class), edition)
    return found
