"""What settles by itself from observed data: what is measured, what is paid from which value on, by whose word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from baohe.kernel.decisions import Text


@dataclass(frozen=True, slots=True)
class Measure:
    """`scale` units of a value are one of `unit` (rain is told in tenths of a millimetre). `states` are values in
    words; a measure without a `unit` has nothing else. `at_a_place`: observed at points on the map, within a circle.
    `only_if_happens`: a source speaks when it happens and not otherwise, so that nobody's word means that nothing did.
    `of_one_policy`: a second policy that waits for the same is refused when it is sold.
    """

    words: Text
    unit: Text | None = None
    scale: int = 1
    states: Mapping[str, Text] = field(default_factory=dict)
    at_a_place: bool = False
    only_if_happens: bool = False
    of_one_policy: bool = False


WITHDRAWN = "withdrawn"
"""The source's own word that what it told before was a mistake."""

MEASURES: Mapping[str, Measure] = {
    "flight_arrival": Measure(
        Text("晚到", "late by"),
        Text("分钟", "minutes"),
        states={"cancelled": Text("航班取消", "flight cancelled"), "diverted": Text("备降或返航", "flight diverted")},
    ),
    "rain_24h": Measure(Text("一天降雨", "rain of a day"), Text("毫米", "mm"), scale=10, at_a_place=True),
    "typhoon_wind": Measure(Text("台风最大风速", "typhoon wind"), Text("节", "knots"), at_a_place=True),
    "parcel": Measure(
        Text("退货", "return"),
        states={"returned": Text("包裹已退回", "parcel returned"), WITHDRAWN: Text("退回已撤销", "return withdrawn")},
        only_if_happens=True,
        of_one_policy=True,
    ),
    "sensor": Measure(
        Text("传感器", "sensor"),
        states={"alarm": Text("传感器报警", "sensor alarm"), WITHDRAWN: Text("报警已撤销", "alarm withdrawn")},
        only_if_happens=True,
    ),
}


@dataclass(frozen=True, slots=True)
class Band:
    """From `low`, itself included, to below `high` (None = without end); or the value in words `state`. `event` of the
    claim rules is paid, which comes to `share_bp` of the sum insured or to `amount_fen`."""

    event: str
    low: int = 0
    high: int | None = None
    state: str = ""
    share_bp: int = 0
    amount_fen: int = 0

    def holds(self, value: int | str) -> bool:
        if isinstance(value, str):
            return value == self.state
        return not self.state and self.low <= value and (self.high is None or value < self.high)


@dataclass(frozen=True, slots=True)
class Point:
    """A place in ten thousandths of a degree, north and east positive."""

    lat_e4: int
    lon_e4: int
    name: Text


@dataclass(frozen=True, slots=True)
class Circle:
    """Around the point that the rating input `input` chooses."""

    input: str
    radius_km: int
    by_value: Mapping[str, Point]


@dataclass(frozen=True, slots=True)
class Trigger:
    """`need` of the `sources` must agree; numbers within `tolerance` of a band's edge count for it once the window
    closes. Settled `settle_after_minutes` after what was observed; after `observe_hours` without agreement a person
    looks. A correction within `dispute_days` pays more, never less. Above the limits of an hour the machine stops."""

    code: str
    name: Text
    measure: str
    clause: str
    bands: tuple[Band, ...]
    sources: tuple[str, ...]
    need: int
    tolerance: int
    settle_after_minutes: int
    observe_hours: int
    dispute_days: int
    claims_an_hour: int
    fen_an_hour: int
    circle: Circle | None = None

    def band_of(self, value: int | str) -> Band | None:
        return next((band for band in self.bands if band.holds(value)), None)

    def band(self, event: str) -> Band | None:
        return next((band for band in self.bands if band.event == event), None)
