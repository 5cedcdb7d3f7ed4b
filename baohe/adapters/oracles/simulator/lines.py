"""What each simulated source has told, as its faults bend it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from baohe.adapters.oracles import keys, protocol
from baohe.adapters.oracles.protocol import Report, Signed
from baohe.adapters.simulating.faults import Faults, Switches
from baohe.adapters.simulating.store import Store
from baohe.plumbing import clock

SOURCES: Mapping[str, tuple[str, ...]] = {
    "flight-a": ("flight_arrival",),
    "flight-b": ("flight_arrival",),
    "flight-c": ("flight_arrival",),
    "weather-a": ("rain_24h", "typhoon_wind"),
    "weather-b": ("rain_24h", "typhoon_wind"),
    "weather-c": ("rain_24h", "typhoon_wind"),
    "parcel-a": ("parcel",),
    "parcel-b": ("parcel",),
    "parcel-c": ("parcel",),
    "sensor-a": ("sensor",),
    "sensor-b": ("sensor",),
    "sensor-c": ("sensor",),
}
SWITCHES = Switches(
    measured=frozenset(["silent", "stale", "lies", "late", "duplicate", "wrong_signature", "equivocates"])
)
TABLES = """
CREATE TABLE IF NOT EXISTS told (
    source TEXT NOT NULL, position INTEGER NOT NULL, due_at REAL NOT NULL, signed TEXT NOT NULL,
    PRIMARY KEY (source, position));
CREATE TABLE IF NOT EXISTS counted (
    source TEXT NOT NULL, subject TEXT NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (source, subject));
"""
MOST = 500
LATE_SECONDS = 60
_LIE = 90
"""A lying source is that much off, or says the other word."""
_OTHER_WORD: Mapping[str, int | str] = {
    "cancelled": 0,
    "diverted": 0,
    "returned": "withdrawn",
    "alarm": "withdrawn",
    "withdrawn": "withdrawn",
}


class Lines:
    def __init__(self, store: Store, faults: Faults) -> None:
        self._store, self._faults = store, faults

    def strikes(self, fault: str, source: str) -> bool:
        """Whether the fault is set to this source's number."""
        return self._faults.size(fault) == 1 + "abc".index(source[-1])

    def tell(
        self,
        measure: str,
        subject: str,
        value: int | str,
        at: datetime,
        place: tuple[int, int] | None,
        without: Collection[str] = (),
    ) -> None:
        """Every source of the measure, but for some, reports it, each in its own way. Raises `BadReport`."""
        for source in [code for code, measures in SOURCES.items() if measure in measures and code not in without]:
            if not self.strikes("stale", source):
                self._tell(source, Report(source, measure, subject, value, at, clock.now(), 1, place))

    def after(self, source: str, position: int) -> dict[str, Any]:
        with self._store.write() as db:
            ahead = db.execute(
                "SELECT position, due_at, signed FROM told WHERE source = ? AND position > ? ORDER BY position LIMIT ?",
                (source, position, MOST),
            ).fetchall()
        now = clock.now().timestamp()
        rows = list(takewhile(lambda row: row["due_at"] <= now, ahead))  # a late one holds up those behind it
        head = rows[-1]["position"] if rows else position
        heartbeat = protocol.sign(self._heartbeat(source, head), keys.KEY, keys.simulated(source))
        reports = [{"position": row["position"], **json.loads(row["signed"])} for row in rows]
        return {"reports": reports, "heartbeat": _words(heartbeat)}

    def _heartbeat(self, source: str, head: int) -> dict[str, Any]:
        at = "2020-01-01T00:00:00+00:00" if self.strikes("stale", source) else clock.now().isoformat(timespec="seconds")
        return {"source": source, "head": head, "issued_at": at}

    def _tell(self, source: str, report: Report) -> None:
        if self.strikes("lies", source):
            report = replace(report, value=_lie(report.value))
        private = Ed25519PrivateKey.generate() if self.strikes("wrong_signature", source) else keys.simulated(source)
        with self._store.write() as db:
            report = replace(report, sequence=_next(db, source, report.subject))
            protocol.read(report.content())
            told = [protocol.sign(report.content(), keys.KEY, private)]
            if self.strikes("duplicate", source):
                told.append(told[0])
            if self.strikes("equivocates", source):
                other = replace(report, value=_lie(report.value)).content()
                told.append(protocol.sign(other, keys.KEY, private))
            late = LATE_SECONDS if self.strikes("late", source) else 0
            for signed in told:
                _put(db, source, signed, clock.now().timestamp() + late)


def _lie(value: int | str) -> int | str:
    return value + _LIE if isinstance(value, int) else _OTHER_WORD[value]


def _next(db: sqlite3.Connection, source: str, subject: str) -> int:
    db.execute(
        "INSERT INTO counted VALUES (?, ?, 1) ON CONFLICT (source, subject) DO UPDATE SET sequence = sequence + 1",
        (source, subject),
    )
    found = db.execute("SELECT sequence FROM counted WHERE source = ? AND subject = ?", (source, subject)).fetchone()
    return int(found["sequence"])


def _put(db: sqlite3.Connection, source: str, signed: Signed, due_at: float) -> None:
    db.execute(
        "INSERT INTO told SELECT ?, coalesce(max(position), 0) + 1, ?, ? FROM told WHERE source = ?",
        (source, due_at, json.dumps(_words(signed), ensure_ascii=False), source),
    )


def _words(signed: Signed) -> dict[str, Any]:
    return {"content": dict(signed.content), "key": signed.key, "signature": signed.signature}
