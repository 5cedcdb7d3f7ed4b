"""Headings that lost the border between them: 20年交30年交 over two columns, 15年交2 before 20年交."""

from __future__ import annotations

import re
from collections.abc import Sequence

from baohe.rooms.filings.rules.words import bare, pieces, value_type

_SCRAP = re.compile(r"[\d|lI.,、]{1,3}")


def suspicious(texts: Sequence[str]) -> list[int]:
    """Places in a run of sister headings that cannot be read as they stand."""
    found = []
    for place, text in enumerate(texts):
        values, rest = pieces(text)
        glued = len(values) > 1 and len({value_type(value) for value in values}) == 1
        scrap = len(values) == 1 and rest != "" and _SCRAP.fullmatch(rest) is not None
        if (
            glued
            or scrap
            or (text and list(texts).count(text) > 1)
            or (not text and place and _glued(texts[place - 1]))
        ):
            found.append(place)
    return found


def _glued(text: str) -> bool:
    return len(pieces(text)[0]) > 1


def resolve(texts: Sequence[str], sisters: Sequence[Sequence[str]]) -> list[str] | None:
    """The headings one by one; None when no reading is certain. A sister half of the table confirms; without
    one, the values glued together must be as many as their columns, in order.
    """
    broken = suspicious(texts)
    if not broken:
        return list(texts)
    for sister in sisters:
        if len(sister) == len(texts) and not suspicious(sister) and _fits(texts, sister, broken):
            return list(sister)
    return _in_order(texts)


def _fits(texts: Sequence[str], sister: Sequence[str], broken: Sequence[int]) -> bool:
    for place, text in enumerate(texts):
        if place not in broken:
            if bare(text) != bare(sister[place]):
                return False
        elif text and bare(sister[place]) not in bare(text):
            return False
    return True


def _in_order(texts: Sequence[str]) -> list[str] | None:
    result = list(texts)
    place = 0
    while place < len(texts):
        values, rest = pieces(texts[place])
        if len(values) > 1 and not rest and place in suspicious(texts):
            run = 1
            while place + run < len(texts) and texts[place + run] in ("", texts[place]) and run < len(values):
                run += 1
            if run != len(values):
                return None
            result[place : place + run] = values
            place += run
            continue
        if len(values) == 1 and rest and _SCRAP.fullmatch(rest):
            following = texts[place + 1] if place + 1 < len(texts) else ""
            if not following or not bare(following).startswith(rest):
                return None
            result[place] = values[0]
        place += 1
    return result if not suspicious(result) else None
