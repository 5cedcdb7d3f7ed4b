"""`baohe parametric …`: sources of data, replays of decisions, and prices from histories."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)
_AS_JSON = typer.Option(False, "--json", help="One JSON object a line.")
Package = Annotated[Path, typer.Argument(help="A product package with triggers.yaml.", exists=True, file_okay=False)]
SumInsured = Annotated[int, typer.Option(help="Sum insured in fen.")]
Loading = Annotated[int, typer.Option(help="Share of the premium that is not for benefits, in bp.")]
Flights = Annotated[
    Path | None,
    typer.Option(help="CSV or Parquet: date, delay, and the columns of the groups.", exists=True, dir_okay=False),
]
Typhoon = Annotated[
    Path | None,
    typer.Option(help="CSV or Parquet: track_id, season, time, lat, lon, wind.", exists=True, dir_okay=False),
]
By = Annotated[str, typer.Option(help="Groups, joined by commas: route, origin, destination, carrier, month, hour.")]


@app.command()
def source(
    code: str,
    public_key: Annotated[Path, typer.Option(help="Ed25519 public key, PEM.", exists=True, dir_okay=False)],
    name_zh: Annotated[str, typer.Option()],
    name_en: Annotated[str, typer.Option()],
    measures: Annotated[str, typer.Option(help="Joined by commas: flight_arrival, rain_24h …")],
    address: Annotated[str, typer.Option(help="https://…, without /sources/…")],
    key: Annotated[str, typer.Option(help="Id of the key; a new key has a new one.")] = "k1",
    valid_from: Annotated[datetime, typer.Option()] = datetime(2026, 1, 1),  # noqa: DTZ001 - a day as typed, UTC below
    valid_until: Annotated[datetime, typer.Option()] = datetime(2031, 1, 1),  # noqa: DTZ001
    heartbeat_seconds: Annotated[int, typer.Option(help="Silent for longer is stale.")] = 300,
) -> None:
    """登记数据源和公钥 · register a source and its key; the same again changes nothing."""

    def act() -> None:
        from datetime import UTC

        from baohe.kernel.decisions import Text
        from baohe.rooms.parametric import facade as parametric
        from baohe.rooms.parametric.contracts import NewSource

        parametric.register_source(
            NewSource(
                code,
                Text(name_zh, name_en),
                tuple(measures.split(",")),
                address.rstrip("/"),
                heartbeat_seconds,
                key,
                public_key.read_text(),
                valid_from.replace(tzinfo=UTC),
                valid_until.replace(tzinfo=UTC),
            )
        )
        print(f"{code} {key}: 已登记 · registered")

    _ready(act)


@app.command()
def replay(observation: UUID, as_json: bool = _AS_JSON) -> None:
    """从存下的签名上报重新核定一次 · decide again from the stored signed reports. Exit 1 when it differs."""

    def act() -> None:
        from baohe.rooms.parametric import facade as parametric

        found = parametric.replay(observation)
        for one in found:
            told: dict[str, Any] = {
                "observation": str(one.observation_id),
                "number": one.number,
                "event": one.event,
                "reports": one.reports,
                "digest": one.digest,
                "recorded": one.recorded_digest,
                "same": one.same,
            }
            said = (
                f"{one.number}  {one.event or '—'}  {one.reports}  {'一致 · same' if one.same else '不一致 · DIFFERS'}"
            )
            print(json.dumps(told) if as_json else f"{said}  {one.digest}")
        if not all(one.same for one in found):
            raise typer.Exit(1)

    _ready(act)


@app.command()
def price(
    package: Package,
    flights: Flights = None,
    typhoon: Typhoon = None,
    by: By = "route",
    place: Annotated[str, typer.Option(help="Of the circle: latitude,longitude.")] = "",
    sum_insured_fen: SumInsured = 40_000,
    loading_bp: Loading = 2_500,
    as_json: bool = _AS_JSON,
) -> None:
    """由历史数据定价：各档频率（可信度收缩）、区间、期望给付、保费 · price a trigger from a history."""

    def act() -> None:
        from baohe.rooms.parametric import facade as parametric

        if flights is not None:
            trigger = _trigger(package, "flight_arrival")
            found = parametric.price_flights(flights, trigger, by.split(","), sum_insured_fen, loading_bp)
        elif typhoon is not None:
            trigger = _trigger(package, "typhoon_wind")
            radius = trigger.circle.radius_km
            found = [parametric.price_typhoon(typhoon, trigger, _place(place), radius, sum_insured_fen, loading_bp)]
        else:
            raise typer.BadParameter("--flights 或 --typhoon · one of them is needed")
        for one in found:
            rates = "  ".join(f"{b['event']} {b['rate']:.4f} [{b['low']:.4f}, {b['high']:.4f}]" for b in one["bands"])
            said = (
                f"{one['group']:<12} n={one['exposure']:<7} 期望 {one['expected_fen']} 分  保费 {one['premium_fen']} 分"
            )
            print(json.dumps(one, ensure_ascii=False) if as_json else f"{said}  {rates}")

    _alone(act)


@app.command()
def calibrate(
    package: Package,
    flights: Flights = None,
    typhoon: Typhoon = None,
    by: By = "route",
    until_month: Annotated[int, typer.Option(help="Flights up to this month are fitted, later ones tested.")] = 4,
    first_tested: Annotated[int, typer.Option(help="Seasons from this one on are tested.")] = 2010,
) -> None:
    """过去拟合、以后检验：实际 / 期望 · fit on the past, test on what came after."""

    def act() -> None:
        from baohe.rooms.parametric import facade as parametric

        if flights is not None:
            trigger = _trigger(package, "flight_arrival")
            print(json.dumps(parametric.calibrate_flights(flights, trigger, by.split(","), until_month)))
        if typhoon is not None:
            trigger = _trigger(package, "typhoon_wind")
            places = [(p.lat_e4 / 10_000, p.lon_e4 / 10_000) for p in trigger.circle.by_value.values()]
            radius = trigger.circle.radius_km
            print(json.dumps(parametric.calibrate_typhoon(typhoon, trigger, places, radius, first_tested)))

    _alone(act)


def _trigger(package: Path, measure: str) -> Any:
    from baohe.rooms.catalog import facade as catalog

    version = catalog.check_package(catalog.read_package(package.resolve()))
    for one in version.triggers:
        if one.measure == measure:
            return one
    raise typer.BadParameter(f"{package}: 没有 {measure} 的触发约定 · it has no trigger of {measure}")


def _place(text: str) -> tuple[float, float]:
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError:
        raise typer.BadParameter(f"{text}: 写作 31.23,121.47 · a place is written 31.23,121.47") from None
    return lat, lon


def _ready(act: Callable[[], None]) -> None:
    """On the data of the installation."""
    from baohe.launch.session import django_ready

    with django_ready():
        _refusing(act)


def _alone(act: Callable[[], None]) -> None:
    """Without a database: prices come from files."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baohe.config.settings")
    django.setup()
    _refusing(act)


def _refusing(act: Callable[[], None]) -> None:
    from baohe.kernel.errors import BaoheError

    try:
        act()
    except BaoheError as refusal:
        print(json.dumps(refusal.problem(), ensure_ascii=False), file=sys.stderr)
        raise typer.Exit(2) from refusal
