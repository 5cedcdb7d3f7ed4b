"""A line chart as plain numbers for an SVG: no library, no style attribute, the same picture on every machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from baohe.kernel.money import yuan

_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 16, 14, 30
_Place = Callable[[int, int], tuple[float, float]]
_MARKS = ("solid", "dashed", "dotted", "long")


@dataclass(frozen=True, slots=True)
class Series:
    """`points` are (x, fen); None where nothing is sold: the line breaks there."""

    label: str
    points: tuple[tuple[int, int | None], ...]


@dataclass(frozen=True, slots=True)
class Line:
    label: str
    mark: str
    paths: tuple[str, ...]
    dots: tuple[tuple[float, float, str], ...]


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that a template draws, in units of the view box."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    lines: tuple[Line, ...]
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]


def draw(series: Sequence[Series], width: int, height: int, unit: str = "") -> Chart:
    """Axes from zero, so that a picture never makes a small difference look large."""
    xs = sorted({x for one in series for x, _ in one.points})
    top = max((fen for one in series for _, fen in one.points if fen is not None), default=0)
    step, most = _scale(top)
    low, high = (xs[0], xs[-1]) if xs else (0, 1)
    right, bottom = width - _RIGHT, height - _BOTTOM

    def place(x: int, fen: int) -> tuple[float, float]:
        across = _LEFT + (right - _LEFT) * (x - low) / max(high - low, 1)
        return round(across, 1), round(bottom - (bottom - _TOP) * fen / most, 1)

    lines = tuple(
        Line(one.label, _MARKS[number % len(_MARKS)], tuple(_paths(one, place)), tuple(_dots(one, place, unit)))
        for number, one in enumerate(series)
    )
    wanted = 10 if width > 500 else 5
    every = max(1, -(-(high - low) // wanted))
    every = next((nice for nice in (1, 2, 5, 10, 20, 50, 100) if nice >= every), every)
    x_ticks = [Tick(place(x, 0)[0], f"{x}") for x in range(low, high + 1) if x % every == 0 or (high == low)]
    y_ticks = [Tick(place(low, fen)[1], _short(fen)) for fen in range(0, most + 1, step)]
    return Chart(width, height, _LEFT, right, bottom, lines, tuple(x_ticks), tuple(y_ticks))


def _scale(top: int) -> tuple[int, int]:
    """A round step and the end of the axis: four to six steps."""
    step = 100
    while True:
        for nice in (1, 2, 5):
            if step * nice * 5 >= top:
                return step * nice, step * nice * max(1, -(-top // (step * nice)))
        step *= 10


def _paths(one: Series, place: _Place) -> Iterator[str]:
    run: list[str] = []
    for x, fen in (*one.points, (0, None)):
        if fen is None:
            if len(run) > 1:
                yield "M" + "L".join(run)
            run = []
        else:
            run.append("{} {}".format(*place(x, fen)))


def _dots(one: Series, place: _Place, unit: str) -> Iterator[tuple[float, float, str]]:
    for x, fen in one.points:
        if fen is not None:
            yield (*place(x, fen), f"{one.label} {x}{unit}：¥{yuan(fen)}")


def _short(fen: int) -> str:
    if fen >= 1_000_000:
        return f"{fen / 1_000_000:g} 万"
    return f"{fen / 100:g}"
