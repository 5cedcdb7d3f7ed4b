"""PostgreSQL on a chosen disk, run by hand so that it can be frozen and killed whole."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from baohe.launch.data_folder import DataFolder
from baohe.launch.postgres import server
from baohe.launch.postgres.cluster import DATABASE, SUPERUSER, Cluster


class Server:
    """One cluster; `settings` go on the command line and may be unsafe, which the launcher would refuse."""

    def __init__(self, folder: DataFolder, settings: dict[str, str]) -> None:
        for part in (folder.path, folder.keys, folder.logs):
            part.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._settings = settings
        self._process: subprocess.Popen[bytes] | None = None
        self._place: Cluster | None = None

    @property
    def url(self) -> str:
        assert self._place is not None
        return self._place.url(SUPERUSER, DATABASE)

    def start(self) -> None:
        self._place = server.open_cluster(self._folder)
        extra = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        self._process = subprocess.Popen(
            [*self._place.command(), *extra],
            preexec_fn=self._place.prepare,
            cwd="/",
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            stderr=subprocess.DEVNULL,
        )
        self._wait_and_make_database(self._place)

    def _wait_and_make_database(self, place: Cluster) -> None:
        deadline = time.monotonic() + 60
        while True:
            try:
                with psycopg.connect(place.url(SUPERUSER, "postgres"), autocommit=True) as connection:
                    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                        connection.execute(f'CREATE DATABASE "{DATABASE}"')
                return
            except psycopg.OperationalError:
                assert self._process is not None and self._process.poll() is None, "the server ended"
                assert time.monotonic() < deadline, "the server did not come up"
                time.sleep(0.05)

    def checkpoint(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")

    def pids(self) -> list[int]:
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        found = [int(pid) for pid in children.read_text().split()] if children.exists() else []
        return [*found, self._process.pid]

    def freeze(self) -> None:
        """Stand still, all of it: the postmaster first, so that it starts nobody new."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        self._everybody(signal.SIGSTOP)

    def cut(self) -> None:
        """End without a chance to write: the moment the power goes. Nothing when it has ended already."""
        if self._process is None or self._process.poll() is not None:
            return
        self._everybody(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)

    def _everybody(self, what: signal.Signals) -> None:
        for pid in self.pids():
            try:
                os.kill(pid, what)
            except ProcessLookupError:
                continue
