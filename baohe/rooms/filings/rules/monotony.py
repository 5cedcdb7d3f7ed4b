"""Figures that do not follow from their neighbours: told, never altered.

Rates move smoothly along ages and policy years. A figure is doubtful when it breaks the direction that its
neighbours hold, by more than the rounding of the last printed place and far more than the bends nearby.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median

from baohe.rooms.filings.contracts import Cell, Problem
from baohe.rooms.filings.rules import sayings
from baohe.rooms.filings.rules.keys import span_of

_WINDOW = 4
"""Neighbours on each side."""
_TIMES = 6.0
"""How many times the usual bend a doubtful bend is."""
_ALONE = 8.0
"""How many times the sharpest bend nearby a bend is that needs no direction to be doubtful."""
_ISLAND = 3.0
"""A few figures beyond a gap, so many times larger or smaller than those before it, are strays."""


@dataclass(frozen=True)
class Point:
    """A figure along an ordered dimension."""

    at: int
    value: float
    grain: float
    cell: Cell


def problems_of_monotony(cells: Sequence[Cell], ordered: Sequence[str]) -> list[Problem]:
    """`ordered`: names of the dimensions that have an order; each is walked with all the others held."""
    found: dict[tuple[int, int, int], Problem] = {}
    for name in ordered:
        for series in _series(cells, name):
            for point, near in _doubtful(series):
                cell = point.cell
                place = (cell.table, cell.row, cell.column)
                found.setdefault(place, sayings.monotony(cell.file, *place, cell.value, near))
    return list(found.values())


def _series(cells: Sequence[Cell], name: str) -> list[list[Point]]:
    runs: dict[tuple[object, ...], dict[int, Point]] = {}
    for cell in cells:
        span = span_of(cell.dimensions.get(name, ""))
        if span is None:
            continue
        others = tuple(sorted(item for item in cell.dimensions.items() if item[0] != name))
        _, _, places = cell.value.partition(".")
        point = Point(span[0], float(cell.value), 10.0 ** -len(places), cell)
        runs.setdefault((cell.section, cell.unit, others), {}).setdefault(span[0], point)
    return [[run[at] for at in sorted(run)] for run in runs.values() if len(run) >= 5]


def _doubtful(series: list[Point]) -> list[tuple[Point, str]]:
    found = _islands(series)
    strays = {id(point) for point, _ in found}
    kept = [point for point in series if id(point) not in strays]
    return found + _bends(kept)


def _islands(series: list[Point]) -> list[tuple[Point, str]]:
    """One to three figures at an end, parted from the rest by missing ones and of another size altogether."""
    step = min((b.at - a.at for a, b in zip(series, series[1:], strict=False)), default=1)
    for run, flip in ((series, False), (series[::-1], True)):
        for size in (1, 2, 3):
            if len(run) < size + 5:
                continue
            edge, tail = run[-size - 1], run[-size:]
            parted = abs(tail[0].at - edge.at) > step
            if parted and all(_far(edge.value, point.value) for point in tail):
                return [(point, f"{edge.cell.value}") for point in (tail[::-1] if flip else tail)]
    return []


def _far(one: float, other: float) -> bool:
    low, high = sorted((abs(one), abs(other)))
    return high > 0 and (low == 0 or high / low > _ISLAND)


def _bends(series: list[Point]) -> list[tuple[Point, str]]:
    """Figures out of line with both neighbours; the worst of a stretch first, then the rest without it."""
    found: list[tuple[Point, str]] = []
    points = list(series)
    for _ in range(max(3, len(series) // 6)):
        worst = _worst(points)
        if worst is None:
            break
        near = [points[n].cell.value for n in (worst - 1, worst + 1) if 0 <= n < len(points)]
        found.append((points[worst], "、".join(near)))
        del points[worst]
    return found


def _worst(points: list[Point]) -> int | None:
    residuals = [_residual(points, n) for n in range(len(points))]
    best: tuple[float, int] | None = None
    for n, point in enumerate(points):
        residual = residuals[n]
        if residual is None:
            continue
        bends = _bends_beside(points, n)
        if len(bends) < 2:
            continue
        limit = max(_TIMES * median(bends), 2.6 * point.grain, 0.004 * abs(point.value))
        alone = 0 < n < len(points) - 1 and abs(residual) > max(_ALONE * max(bends), 0.02 * abs(point.value))
        if abs(residual) > limit and (alone or _breaks(points, n) or _gross(points, n)):
            score = abs(residual) / limit
            if best is None or score > best[0]:
                best = (score, n)
    return best[1] if best else None


def _residual(points: list[Point], n: int) -> float | None:
    """Distance from the straight line between the neighbours; at an end, from the nearest of the lines through the
    next three, so that a stray beside the end is not laid at the end's door.
    """
    if len(points) < 5:
        return None
    if 0 < n < len(points) - 1:
        return _off_line(points[n], points[n - 1], points[n + 1])
    near = points[1:4] if n == 0 else points[-4:-1]
    lines = [_off_line(points[n], a, b) for a, b in combinations(near, 2)]
    return min(lines, key=abs)


def _off_line(point: Point, a: Point, b: Point) -> float:
    return point.value - (a.value + (point.at - a.at) / (b.at - a.at) * (b.value - a.value))


def _bends_beside(points: list[Point], n: int) -> list[float]:
    """The bends nearby, reckoned without the figure itself."""
    others = points[:n] + points[n + 1 :]
    window = range(max(1, n - _WINDOW), min(len(others) - 1, n + _WINDOW))
    return [abs(_off_line(others[place], others[place - 1], others[place + 1])) for place in window]


def _gross(points: list[Point], n: int) -> bool:
    """Half as large again as both neighbours, or less than two thirds of both: no direction is needed."""
    near = [points[place].value for place in (n - 1, n + 1) if 0 <= place < len(points)]
    value = points[n].value
    return len(near) == 2 and (value > 1.5 * max(near) > 0 or 0 <= value * 1.5 < min(near))


def _breaks(points: list[Point], n: int) -> bool:
    """Whether the figure turns the direction that its neighbours agree on."""
    left = points[max(0, n - 3) : n]
    right = points[n + 1 : n + 4]
    around = [*left, *right]
    rises = [b.value - a.value for a, b in zip(around, around[1:], strict=False)]
    if not (all(rise >= 0 for rise in rises) or all(rise <= 0 for rise in rises)):
        return False
    inside = points[n]
    low = left[-1].value if left else None
    high = right[0].value if right else None
    if low is None or high is None:
        edge = high if low is None else low
        way = 1 if sum(rises) >= 0 else -1
        return edge is not None and ((inside.value - edge) * way * (1 if low is not None else -1)) < 0
    return not min(low, high) <= inside.value <= max(low, high)


def problems_of_direction(cells: Sequence[Cell], stepped: Sequence[str], smooth: Sequence[str]) -> list[Problem]:
    """Two neighbouring columns (pay periods, classes of occupation) that keep one order in nearly every row, and
    one row that turns it: the cell further from its column's own course is told.
    """
    found: dict[tuple[int, int, int], Problem] = {}
    for name in stepped:
        for pairs in _pairs(cells, name, smooth):
            signs = [(a.value > b.value) - (a.value < b.value) for a, b in pairs]
            most = 1 if signs.count(1) >= signs.count(-1) else -1
            against = [place for place, sign in enumerate(signs) if sign == -most]
            if len(signs) < 8 or len(against) * 12 > len(signs):
                continue
            for place in against:
                one, other = pairs[place]
                if abs(one.value - other.value) <= max(one.grain, other.grain):
                    continue
                worse, near = (one, other) if _off(pairs, place, 0) >= _off(pairs, place, 1) else (other, one)
                at = (worse.cell.table, worse.cell.row, worse.cell.column)
                found.setdefault(at, sayings.monotony(worse.cell.file, *at, worse.cell.value, near.cell.value))
    return list(found.values())


def _pairs(cells: Sequence[Cell], name: str, smooth: Sequence[str]) -> list[list[tuple[Point, Point]]]:
    """For each two neighbouring values of the dimension, the rows that have both, in order."""
    held: dict[tuple[object, ...], dict[int, dict[tuple[str, ...], Point]]] = {}
    for cell in cells:
        span = span_of(cell.dimensions.get(name, ""))
        if span is None or not smooth:
            continue
        row = tuple(cell.dimensions.get(one, "") for one in smooth)
        others = tuple(sorted(item for item in cell.dimensions.items() if item[0] != name and item[0] not in smooth))
        _, _, places = cell.value.partition(".")
        point = Point(span[0], float(cell.value), 10.0 ** -len(places), cell)
        held.setdefault((cell.section, cell.unit, others), {}).setdefault(span[0], {})[row] = point
    result = []
    for columns in held.values():
        order = sorted(columns)
        for left, right in zip(order, order[1:], strict=False):
            shared = [row for row in columns[left] if row in columns[right]]
            result.append([(columns[left][row], columns[right][row]) for row in shared])
    return result


def _off(pairs: list[tuple[Point, Point]], place: int, side: int) -> float:
    """How far, in shares of itself, the figure lies from the middle of its neighbours in the column."""
    near = [pairs[other][side].value for other in (place - 1, place + 1) if 0 <= other < len(pairs)]
    value = pairs[place][side].value
    middle = sum(near) / len(near) if near else value
    return abs(value - middle) / (abs(middle) or 1.0)
