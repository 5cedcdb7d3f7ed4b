"""Start, second start, restart of what is killed, and nothing left behind."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import psycopg

from tests.launch.conftest import Platform, wait_for

Start = Callable[..., Platform]


def test_second_start_repeats_no_work(prepared: Path, start: Start) -> None:
    # given a folder that has been started before
    made = (prepared / "postgres" / "PG_VERSION").stat()
    # when it is started again
    platform = start(prepared).wait_until_ready()
    # then it answers, and neither the cluster nor the tables nor the static files were made again
    assert platform.answers()
    assert "creating" not in platform.said()
    assert "migrations" not in platform.said()
    assert (prepared / "postgres" / "PG_VERSION").stat().st_ino == made.st_ino


def test_killed_children_come_back(prepared: Path, start: Start) -> None:
    # given a running platform
    platform = start(prepared).wait_until_ready()
    before = {word: platform.child(word) for word in ("/postgres", "granian", "launch.worker")}
    assert all(before.values())
    # when the database, the server and the worker are killed
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    # then each is replaced, and the platform answers again with its data
    wait_for(lambda: all(platform.child(word) not in {0, pid} for word, pid in before.items()))
    wait_for(platform.answers)
    wait_for(lambda: _counts_migrations(prepared))


def test_ctrl_c_ends_every_process(prepared: Path, start: Start) -> None:
    # given a running platform
    platform = start(prepared).wait_until_ready()
    assert len(platform.family()) > 5
    # when Ctrl-C is pressed
    code = platform.end(signal.SIGINT)
    # then it ends well, nothing runs on, and the database was shut down in order
    assert code == 0
    assert platform.family() == []
    assert not (prepared / "postgres" / "postmaster.pid").exists()


def test_a_killed_launcher_leaves_nothing_running(prepared: Path, start: Start) -> None:
    # given a running platform
    platform = start(prepared).wait_until_ready()
    # when the launcher itself is killed and cannot tidy up
    platform.end(signal.SIGKILL)
    # then its children end by themselves, and the next start works
    wait_for(lambda: platform.family() == [], seconds=15)
    assert start(prepared).wait_until_ready().answers()


def test_a_long_path_gets_a_short_private_socket_folder(tmp_path: Path) -> None:
    # given a data folder whose path does not fit into a socket's name
    from baohe.launch.data_folder import DataFolder
    from baohe.launch.postgres.cluster import sockets_for
    from baohe.launch.postgres.identity import Identity

    folder = DataFolder(tmp_path / ("long" * 30))
    folder.path.mkdir()
    # when its place is chosen
    place = sockets_for(folder, Identity(None, (os.geteuid(), os.getegid())))
    # then it is short and nobody else may enter
    assert len(str(place)) < 90
    assert place.stat().st_mode & 0o777 == 0o700
    place.rmdir()


def _counts_migrations(data: Path) -> bool:
    try:
        with psycopg.connect((data / "database").read_text()) as connection:
            row = connection.execute("SELECT count(*) FROM django_migrations").fetchone()
    except psycopg.OperationalError:
        return False
    return row is not None and row[0] > 10
