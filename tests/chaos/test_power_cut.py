"""The power goes while policies are being sold. What was acknowledged must be there afterwards.

The second test runs the same harness on a database that does not flush at commit, and must see a loss: a harness that
cannot lose proves nothing. (The launcher refuses such a database; here it is started past the launcher.)
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from baohe.launch.data_folder import DataFolder
from tests.chaos.disk import Disk, make_disk
from tests.chaos.server import Server
from tests.journey.books import faults

ENOUGH = 400
UNSAFE = {"synchronous_commit": "off", "wal_writer_delay": "10s", "wal_writer_flush_after": "100MB"}


def _sell_until(acknowledged: Path, environment: dict[str, str], enough: int) -> subprocess.Popen[bytes]:
    seller = subprocess.Popen([sys.executable, "-m", "tests.chaos.seller", "sell", str(acknowledged)], env=environment)
    deadline = time.monotonic() + 90
    while not acknowledged.exists() or acknowledged.read_bytes().count(b"\n") < enough:
        assert seller.poll() is None, "the seller ended by itself"
        assert time.monotonic() < deadline, "too few sales"
        time.sleep(0.02)
    return seller


def _cut_in_the_middle(place: Path, settings: dict[str, str]) -> tuple[set[str], set[str], dict[str, int]]:
    """(acknowledged, held after the cut, broken invariants)."""
    disk: Disk = make_disk(place)
    acknowledged = place / "acknowledged"
    server = Server(DataFolder(disk.folder / "data"), settings)
    try:
        server.start()
        environment = {**os.environ, "BAOHE_DATABASE_URL": server.url, "BAOHE_DATA": str(place / "keys")}
        subprocess.run([sys.executable, "-m", "tests.chaos.seller", "prepare"], env=environment, check=True)
        server.checkpoint()
        seller = _sell_until(acknowledged, environment, ENOUGH)
        server.freeze()
        seller.kill()
        seller.wait()
        disk.freeze_copy()
        server.cut()
        disk.wake_with_the_copy()
        server.start()
        with psycopg.connect(server.url) as database:
            held = {number for (number,) in database.execute("SELECT number FROM policies_policy").fetchall()}
            broken = faults(database)
        server.stop()
        complete_lines = acknowledged.read_text().rpartition("\n")[0].splitlines()
        return set(complete_lines), held, broken
    finally:
        server.cut()
        disk.close()


def test_no_acknowledged_policy_is_lost(tmp_path: Path) -> None:
    acknowledged, held, broken = _cut_in_the_middle(tmp_path / "safe", {})
    assert len(acknowledged) >= ENOUGH
    assert acknowledged - held == set()
    assert broken == {}


def test_the_harness_sees_the_loss_of_a_database_that_does_not_flush(tmp_path: Path) -> None:
    acknowledged, held, broken = _cut_in_the_middle(tmp_path / "unsafe", UNSAFE)
    assert len(acknowledged - held) > 0
    assert broken == {}, "a lost tail is a loss, but what is left must still agree with itself"
