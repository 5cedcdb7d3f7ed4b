"""The demo's sources of data: three each of flights, weather, parcels and sensors, all simulated and called so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from baohe.adapters.oracles.simulator.server import OraclesSimulator

_NAMES = {
    "flight-a": ("航班动态甲（模拟）", "Flight data A (simulated)"),
    "flight-b": ("航班动态乙（模拟）", "Flight data B (simulated)"),
    "flight-c": ("机场公告（模拟）", "Airport notices (simulated)"),
    "weather-a": ("气象台站甲（模拟）", "Weather service A (simulated)"),
    "weather-b": ("气象台站乙（模拟）", "Weather service B (simulated)"),
    "weather-c": ("气象雷达（模拟）", "Weather radar (simulated)"),
    "parcel-a": ("承运快递（模拟）", "Parcel carrier (simulated)"),
    "parcel-b": ("驿站签收（模拟）", "Delivery point (simulated)"),
    "parcel-c": ("店铺收货（模拟）", "The shop's warehouse (simulated)"),
    "sensor-a": ("水浸传感器（模拟）", "Water sensor (simulated)"),
    "sensor-b": ("智能水表（模拟）", "Smart water meter (simulated)"),
    "sensor-c": ("家庭网关（模拟）", "Home gateway (simulated)"),
}
_HEARTBEAT_SECONDS = 300


def build() -> None:
    """Only where the simulator stands in; twice is once. Sources that were silent because nothing ran are heard here:
    the first round may come before their simulator does, and would stop them until two people let them go on."""
    from django.conf import settings

    from baohe.adapters.oracles import keys
    from baohe.adapters.oracles.simulator.lines import SOURCES
    from baohe.kernel.decisions import Text
    from baohe.rooms.parametric import facade as parametric
    from baohe.rooms.parametric.contracts import NewSource

    for code, measures in SOURCES.items():
        parametric.register_source(
            NewSource(
                code,
                Text(*_NAMES[code]),
                measures,
                settings.BAOHE_ORACLES,
                _HEARTBEAT_SECONDS,
                keys.KEY,
                keys.public_pem(keys.simulated(code)),
                datetime(2020, 1, 1, tzinfo=UTC),
                datetime(2040, 1, 1, tzinfo=UTC),
            )
        )
    if any(one.stale for one in parametric.sources()):
        with simulator():
            for code in SOURCES:
                parametric.listen(code)


@contextmanager
def simulator() -> Iterator[OraclesSimulator]:
    """While the world is built nothing of the platform runs yet, its simulators neither."""
    from django.conf import settings

    from baohe.adapters.oracles.simulator.server import OraclesSimulator

    running = OraclesSimulator(int(settings.BAOHE_ORACLES.rsplit(":", 1)[1]))
    running.start()
    try:
        yield running
    finally:
        running.stop()
