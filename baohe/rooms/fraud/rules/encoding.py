"""From a table of words to columns of statements that hold or not. What is encoded is learned from training rows
alone; a value never seen there makes no statement of its own. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from baohe.rooms.fraud.rules.trees import Columns
from baohe.rooms.fraud.rules.vehicle import Feature

IS, AT_LEAST = "is", "at least"
_LEAST_ROWS = 10
"""A statement that holds for fewer training rows, or fails for fewer, cannot be learned from."""

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Statement:
    """`kind` IS: the feature has this value. AT_LEAST: its level stands at this value or after it."""

    feature: int
    kind: str
    value: str


def plain(value: str) -> str:
    """As it is compared: without spaces around, and 400.0 is 400."""
    text = value.strip()
    return text.removesuffix(".0") if text.removesuffix(".0").isdecimal() else text


def statements(features: Sequence[Feature], rows: Sequence[Row]) -> tuple[Statement, ...]:
    """Every statement that divides the rows."""
    found = []
    for place, feature in enumerate(features):
        values = [plain(row[feature.name]) for row in rows]
        counts = Counter(values)
        named = feature.levels or tuple(sorted(counts))
        candidates = [Statement(place, IS, value) for value in named]
        candidates += [Statement(place, AT_LEAST, value) for value in feature.levels[1:]]
        found += [one for one in candidates if _LEAST_ROWS <= _count(feature, one, counts) <= len(rows) - _LEAST_ROWS]
    return tuple(found)


def encode(
    features: Sequence[Feature], said: Sequence[Statement], usual: Sequence[str], rows: Sequence[Row]
) -> Columns:
    """One row of zeros and ones a row. An unknown level of an ordered feature stands as the `usual` one; elsewhere an
    unknown value is simply none of the known."""
    columns = np.zeros((len(rows), len(said)), dtype=np.float32)
    read = [[known(feature, row[feature.name], usual[place]) for row in rows] for place, feature in enumerate(features)]
    for column, one in enumerate(said):
        feature = features[one.feature]
        held = {value: _holds(feature, one, value) for value in set(read[one.feature])}
        columns[:, column] = [held[value] for value in read[one.feature]]
    return columns


def known(feature: Feature, value: str, usual: str) -> str:
    read = plain(value)
    return usual if feature.levels and read not in feature.levels else read


def usual_values(features: Sequence[Feature], rows: Sequence[Row]) -> tuple[str, ...]:
    """The commonest value of each feature; the first by name among equals."""
    found = []
    for feature in features:
        counts = Counter(plain(row[feature.name]) for row in rows)
        usable = {value: count for value, count in counts.items() if not feature.levels or value in feature.levels}
        found.append(min(usable, key=lambda value: (-usable[value], value)) if usable else feature.levels[0])
    return tuple(found)


def _holds(feature: Feature, one: Statement, value: str) -> bool:
    if one.kind == IS:
        return value == one.value
    return value in feature.levels and feature.levels.index(value) >= feature.levels.index(one.value)


def _count(feature: Feature, one: Statement, counts: Mapping[str, int]) -> int:
    return sum(count for value, count in counts.items() if _holds(feature, one, value))
