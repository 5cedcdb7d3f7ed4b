"""Migrations, demo world and static files: done when something changed, skipped when nothing did.

The fingerprint of what was prepared lies in the database itself, so that a restored backup, another database or a
new version is prepared again, and a second start need not even import Django.
"""

from __future__ import annotations

import hashlib
import signal
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import psycopg

from baohe.launch.data_folder import ROOT
from baohe.launch.postgres import grants
from baohe.launch.postgres.server import Addresses
from baohe.launch.processes import on_a_leash, python
from baohe.launch.refusals import PreparationFailed

_TABLE = """
CREATE TABLE IF NOT EXISTS launch_preparation (
    one_row boolean PRIMARY KEY CHECK (one_row),
    fingerprint text NOT NULL
)
"""
_DATA_SOURCES = (
    "baohe/*/migrations/*.py",
    "baohe/rooms/*/migrations/*.py",
    "baohe/config/settings.py",
    "baohe/demo/**/*.py",
    "products/**/*",
    "baohe/launch/postgres/grants.py",
    "requirements.lock",
)
_STATIC_SOURCES = ("baohe/**/static/**/*", "baohe/config/settings.py", "requirements.lock")
_STATIC_MARK = ROOT / "build" / "static.stamp"


def prepare(environment: Mapping[str, str], owner: str) -> bool:
    """Bring database and static files up to date; True when there was work. `owner` is the address of the role that
    owns the tables; the platform's own role then gets its rights on them. Raises `PreparationFailed`."""
    address = owner
    data, static = fingerprint(_DATA_SOURCES, environment["BAOHE_DEMO"]), fingerprint(_STATIC_SOURCES)
    tasks = []
    if _remembered(address) != data:
        tasks.append("database")
    if _static_mark() != static:
        tasks.append("static")
    if not tasks:
        return False
    done = subprocess.run(
        python("-m", "baohe.launch.preparing", *tasks),
        env={**environment, "BAOHE_DATABASE_URL": owner},
        cwd=ROOT,
        start_new_session=True,  # Ctrl-C reaches the launcher, which ends this process in silence
        preexec_fn=on_a_leash(signal.SIGTERM),
    )
    if done.returncode != 0:
        raise PreparationFailed(reason=f"exit code {done.returncode}")
    grants.give(Addresses(environment["BAOHE_DATABASE_URL"], owner))
    _remember(address, data)
    _STATIC_MARK.parent.mkdir(exist_ok=True)
    _STATIC_MARK.write_text(static)
    return True


def fingerprint(patterns: Iterable[str], *more: str) -> str:
    """Of the names and contents of all files that the patterns find below the checkout."""
    total = hashlib.sha256("\0".join(more).encode())
    for path in _files(patterns):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _files(patterns: Iterable[str]) -> Iterator[Path]:
    for pattern in patterns:
        yield from sorted(path for path in ROOT.glob(pattern) if path.is_file() and path.suffix != ".pyc")


def _static_mark() -> str:
    return _STATIC_MARK.read_text() if _STATIC_MARK.exists() else ""


def _remembered(address: str) -> str:
    with psycopg.connect(address) as connection:
        connection.execute(_TABLE)
        row = connection.execute("SELECT fingerprint FROM launch_preparation").fetchone()
    return str(row[0]) if row else ""


def _remember(address: str, value: str) -> None:
    with psycopg.connect(address) as connection:
        connection.execute(
            "INSERT INTO launch_preparation VALUES (true, %s)"
            " ON CONFLICT (one_row) DO UPDATE SET fingerprint = excluded.fingerprint",
            [value],
        )
