"""How much of one life an insurer keeps itself, by kind of benefit: sample figures, dated."""

from __future__ import annotations

import csv
import functools
from datetime import date
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "retentions.csv"


@functools.cache
def _rows() -> tuple[tuple[date, str, str, int], ...]:
    with _FILE.open(encoding="utf-8", newline="") as stream:
        return tuple(
            (date.fromisoformat(row["effective_from"]), row["insurer"], row["benefit"], int(row["retention_fen"]))
            for row in csv.DictReader(stream)
        )


def retention_fen(insurer: str, benefit: str, on: date) -> int | None:
    """The retention in force on a day, in fen; None where the insurer told none."""
    found = [(since, fen) for since, who, kind, fen in _rows() if (who, kind) == (insurer, benefit) and since <= on]
    return max(found)[1] if found else None
