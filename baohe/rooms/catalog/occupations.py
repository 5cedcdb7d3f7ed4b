"""The occupation list: dated editions in `data/occupations/`, each a whole list. Six digits; class 1–6, and 9 for work
the accident products do not take.

A new edition is one file and one line of `editions.csv`; an edition that ever held is never changed, because prices and
decisions were made with it.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import Occupation
from baohe.rooms.catalog.rules.listing import normal, pinyin_forms
from baohe.rooms.catalog.rules.occupations import Edition, edition_on, listed, ordered

_FOLDER = Path(__file__).parent / "data" / "occupations"


def occupations(day: date, q: str = "", limit: int = 20) -> tuple[Occupation, ...]:
    """Those of the edition in force on `day` whose name (zh, en, pinyin or its initials) or code holds every word of
    `q`."""
    words = normal(q).split()
    edition = edition_on(editions(), day)
    spoken = _spoken(edition.code)
    found = [item for code, item in edition.occupations.items() if all(word in spoken[code] for word in words)]
    return tuple(found[:limit])


def occupation(code: str, day: date) -> Occupation | None:
    """One occupation as the edition in force on `day` has it, or None for a code it does not know."""
    return edition_on(editions(), day).occupations.get(code)


@functools.cache
def editions(folder: Path = _FOLDER) -> tuple[Edition, ...]:
    """Every edition, oldest first. Raises `OccupationsBroken`."""
    return ordered(
        Edition(
            row["edition"],
            date.fromisoformat(row["effective_from"]),
            Text(row["name_zh"], row["name_en"]),
            listed(row["edition"], _rows(folder / f"{row['edition']}.csv")),
        )
        for row in _rows(folder / "editions.csv")
    )


@functools.cache
def _spoken(edition: str) -> Mapping[str, str]:
    """Code → everything an occupation of this edition may be searched by."""
    [found] = [one for one in editions() if one.code == edition]
    return {
        code: normal(" ".join([code, item.name.zh, item.name.en, *pinyin_forms(item.name.zh)]))
        for code, item in found.occupations.items()
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
