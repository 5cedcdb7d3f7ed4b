"""For which sales the law demands the record: dated data, because a regulator may change it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Demand:
    """From `since` on the shop's sales to natural persons are recorded, but not of the lines in `exempt`."""

    since: date
    exempt: frozenset[str]
    source: str


DEMANDS = (
    Demand(
        since=date(2020, 10, 1),
        # compulsory motor cover is no commercial insurance; what partners buy in bulk has no natural person as holder
        # and never comes through the shop
        exempt=frozenset({"compulsory_motor"}),
        source="银保监发〔2020〕26号；互联网保险业务监管办法 33",
    ),
)


def demanded(line: str, on: date) -> bool:
    """Whether a sale of this product line in the shop must be on record on that business date."""
    in_force = [demand for demand in DEMANDS if demand.since <= on]
    return bool(in_force) and line not in in_force[-1].exempt
