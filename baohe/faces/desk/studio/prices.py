"""What a draft's tariff answers: one price with its steps and path, and a chart over age by sex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from baohe.faces.desk.studio.chart import Chart, Series, draw
from baohe.kernel.errors import BaoheError, InvalidInput
from baohe.rooms.catalog.contracts import ProductVersion, RatingInput
from baohe.rooms.rating import facade as rating
from baohe.rooms.rating.contracts import PathPoint, Price

_MOST_POINTS = 121
_MOST_SERIES = 4


@dataclass(frozen=True, slots=True)
class Field:
    """One input as a form field. `choices` are (value, label, chosen)."""

    code: str
    label: str
    value: str
    choices: tuple[tuple[str, str, bool], ...]
    minimum: int | None
    maximum: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """`refusal` and `refused_field` stand instead of a price when the product does not take such inputs."""

    price: Price | None
    path: tuple[PathPoint, ...]
    path_chart: Chart | None
    path_narrow: Chart | None
    refusal: str
    refused_field: str


@dataclass(frozen=True, slots=True)
class RateChart:
    """The same prices as lines (wide and narrow) and as rows: (x, one amount a series)."""

    across: RatingInput
    wide: Chart
    narrow: Chart
    labels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]


def fields(version: ProductVersion, said: Mapping[str, str], without: tuple[str, ...] = ()) -> list[Field]:
    """The inputs of a version, with what was said, the filed default elsewhere."""
    return [
        _field(item, said.get(item.code, item.default)) for item in version.rating_inputs if item.code not in without
    ]


def _field(item: RatingInput, value: str) -> Field:
    choices = tuple((choice.value, choice.label.zh, choice.value == value) for choice in item.choices)
    return Field(item.code, item.name.zh, value[:40], choices, item.minimum, item.maximum)


def answer(version: ProductVersion, said: Mapping[str, str]) -> Answer:
    """One price, its steps, its path; or why not."""
    known = {item.code for item in version.rating_inputs} | {"region"}
    try:
        inputs = version.sold_in({code: value for code, value in said.items() if code in known and value})
        whole = rating.complete(version, inputs)
        rater = rating.rater(version)
        price, path = rater.price(whole), rater.path(whole)
    except BaoheError as refusal:
        return Answer(None, (), None, None, refusal.message_zh, str(refusal.facts.get("field", "")))
    if len(path) < 2:
        return Answer(price, path, None, None, "", "")
    line = Series(version.name.zh, tuple((point.age, point.premium_fen) for point in path))
    return Answer(price, path, draw([line], 720, 240, " 岁"), draw([line], 340, 220, " 岁"), "", "")


def rate_chart(version: ProductVersion, said: Mapping[str, str]) -> RateChart | None:
    """Premium over the age (or the first amount), a line a sex (or a value of the first choice); None when nothing in
    the tariff can be drawn as a line."""
    across = next(_across(version), None)
    if across is None or across.minimum is None or across.maximum is None:
        return None
    series_input = by_input(version)
    chosen = {item.code: said.get(item.code) or item.default for item in version.rating_inputs}
    values = [choice.value for choice in series_input.choices][:_MOST_SERIES] if series_input else [""]
    stride = max(1, -(-(across.maximum - across.minimum + 1) // _MOST_POINTS))
    xs = range(across.minimum, across.maximum + 1, stride)
    series = []
    for value in values:
        fixed = chosen | ({series_input.code: value} if series_input else {})
        label = series_input.label_of(value).zh if series_input else version.name.zh
        points = tuple((x, _premium(version, fixed | {across.code: str(x)})) for x in xs)
        series.append(Series(label, points))
    unit = " 岁" if across.kind == "age" else ""
    rows = tuple(
        (f"{x}{unit}", tuple(one.points[place][1] for one in series))
        for place, x in enumerate(xs)
        if any(one.points[place][1] is not None for one in series)
    )
    return RateChart(
        across, draw(series, 760, 320, unit), draw(series, 340, 260, unit), tuple(s.label for s in series), rows
    )


def by_input(version: ProductVersion) -> RatingInput | None:
    """What the lines of the chart stand for: the sex where the tariff knows it, else the first choice."""
    choices = [item for item in version.rating_inputs if item.kind == "choice"]
    return next((item for item in choices if item.code == "sex"), choices[0] if choices else None)


def _across(version: ProductVersion) -> Iterator[RatingInput]:
    yield from (item for item in version.rating_inputs if item.kind == "age")
    yield from (item for item in version.rating_inputs if item.kind == "amount")


def _premium(version: ProductVersion, inputs: Mapping[str, str]) -> int | None:
    try:
        return rating.rater(version).premium(inputs)
    except InvalidInput:
        return None
