"""Start the embedded database under a supervisor, and wait until it serves."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from baohe.launch.data_folder import DataFolder
from baohe.launch.postgres import binaries, cluster, identity
from baohe.launch.postgres.cluster import APPLICATION, DATABASE, OWNER, SUPERUSER, Cluster
from baohe.launch.refusals import DatabaseUnreachable
from baohe.launch.supervisor import Program, Supervisor

_PATIENCE_SECONDS = 600  # recovery after a power cut may read all of max_wal_size


def open_cluster(folder: DataFolder) -> Cluster:
    """Find the programs, check or make the cluster, and tidy up after a launcher that was killed."""
    programs = binaries.find()
    cluster.check(folder, programs)
    who = identity.choose(folder.path, programs.folder)
    place = Cluster(folder, programs, who, cluster.sockets_for(folder, who))
    cluster.write_passfile(folder)
    if cluster.is_new(folder):
        cluster.create(place)
    _end_orphan(folder.cluster)
    who.take_over(folder.cluster)
    return place


@dataclass(frozen=True, slots=True)
class Addresses:
    """The same database for two roles: the running platform, and whoever migrates."""

    application: str
    owner: str


def start(place: Cluster, supervisor: Supervisor) -> Addresses:
    """Start it, wait, make roles and database where missing. Raises a Refusal."""
    log = place.folder.logs / "postgres-start.log"
    log.unlink(missing_ok=True)
    supervisor.start(program(place, log))
    _wait(place, supervisor, log)
    with psycopg.connect(place.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        _ensure_database(connection, (place.folder.keys / "database").read_text())
    return Addresses(place.url(APPLICATION), place.url(OWNER))


def start_for_tests(folder: DataFolder, supervisor: Supervisor) -> str:
    """A cluster whose superuser the tests are: Django makes and drops its test databases with it."""
    place = open_cluster(folder)
    start(place, supervisor)
    return place.url(SUPERUSER)


def program(place: Cluster, log: Path) -> Program:
    environment = {name: os.environ[name] for name in ("PATH", "TZ") if name in os.environ}
    return Program(
        name="postgres",
        command=place.command(),
        log=log,
        environment=environment | {"LC_ALL": "C.UTF-8"},
        identity=place.prepare,
        stop=signal.SIGINT,  # fast shutdown
        insist=signal.SIGQUIT,  # immediate: recovers at the next start, where SIGKILL would leave shared memory
    )


def _ensure_database(connection: psycopg.Connection[tuple[object, ...]], password: str) -> None:
    for role in (OWNER, APPLICATION):
        if connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone() is None:
            create = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(role), sql.Literal(password))
            connection.execute(create)
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
        make = sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
        connection.execute(make)


def _wait(place: Cluster, supervisor: Supervisor, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            psycopg.connect(place.url(SUPERUSER, "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError as failure:
            if "authentication" in str(failure):
                raise DatabaseUnreachable(reason=str(failure).splitlines()[0], where=str(place.folder.keys)) from None
        else:
            return
        if supervisor.has_ended("postgres"):
            # The last backends of a postmaster that was killed are still leaving: they hold the memory.
            if "shared memory" not in _last_words(log):
                break
            supervisor.look()
        time.sleep(0.05)
    raise DatabaseUnreachable(reason=_last_words(log), where=f"{log}, {place.folder.cluster / 'log'}")


def _last_words(log: Path) -> str:
    lines = [line for line in log.read_text(errors="replace").splitlines() if "FATAL" in line or "PANIC" in line]
    return lines[-1].split(":", 3)[-1].strip() if lines else "postgres exited"


def _end_orphan(path: Path) -> None:
    """A launcher that was killed took its database down a moment ago; it may still be writing its checkpoint."""
    pid = _postmaster(path)
    if pid is None:
        return
    for number, seconds in ((signal.SIGINT, 20), (signal.SIGQUIT, 10)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if _postmaster(path) is None:
                return
            time.sleep(0.05)
    raise DatabaseUnreachable(reason=f"an old postgres (process {pid}) does not end", where=f"process {pid}")


def _postmaster(path: Path) -> int | None:
    """The pid in postmaster.pid, if that process lives and is a PostgreSQL of this very folder."""
    try:
        pid = int((path / "postmaster.pid").read_text().splitlines()[0])
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError, IndexError):
        return None
    return pid if os.fsencode(path) in arguments else None
