"""A whole installation in a folder of its own: started as an operator starts it, killed as the world kills it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import httpx
import psycopg

from baohe.launch.environment import SIMULATED


def free_port() -> int:
    """A port with free neighbours above it: one for each simulator beside the platform."""
    for _ in range(100):
        with ExitStack() as held:
            port = int(_bound(held, 0).getsockname()[1])
            try:
                for place in range(1, len(SIMULATED) + 1):
                    _bound(held, port + place)
            except (OSError, OverflowError):
                continue
            return port
    raise RuntimeError("no neighbouring ports are free")


def _bound(held: ExitStack, port: int) -> socket.socket:
    line = held.enter_context(socket.socket())
    line.bind(("127.0.0.1", port))
    return line


class Installation:
    """`baohe run` on a temporary data folder; a context manager that leaves no process behind."""

    def __init__(self, data: Path, **environment: str) -> None:
        self.data = data
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.wallet = f"http://127.0.0.1:{self.port + 1}"
        self.log = data.parent / f"{data.name}.log"
        # The tests' own server must not leak in: this one brings its own database.
        inherited = {
            k: v for k, v in os.environ.items() if not k.startswith("BAOHE_") and k != "DJANGO_SETTINGS_MODULE"
        }
        self.environment = {**inherited, "BAOHE_DATA": str(data), "BAOHE_DEMO": "1", **environment}
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Installation:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self, seconds: float = 300) -> None:
        program = Path(sys.executable).with_name("baohe")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # the program's own path, no shell
                [str(program), "run", "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until_healthy(seconds)

    def wait_until_healthy(self, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process is not None and self.process.poll() is not None:
                raise AssertionError(f"the program ended: {self.log.read_text()[-3000:]}")
            try:
                if httpx.get(f"{self.origin}/healthz", timeout=2).status_code == 200:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise AssertionError(f"not healthy after {seconds} s: {self.log.read_text()[-3000:]}")

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
        self.process = None

    def pids(self, *words: str) -> list[int]:
        """Processes below this program whose command line holds all `words`."""
        assert self.process is not None
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue
            if all(word in line for word in words) and self._descends(int(folder.name)):
                found.append(int(folder.name))
        return sorted(found)

    def _descends(self, pid: int) -> bool:
        assert self.process is not None
        while pid > 1:
            if pid == self.process.pid:
                return True
            try:
                pid = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                return False
        return False

    def database(self) -> psycopg.Connection[tuple[object, ...]]:
        """A connection of the operator to the embedded server."""
        own = f"postgresql://baohe@/baohe?host={self.data / 'run'}&passfile={self.data / 'keys' / 'pgpass'}"
        return psycopg.connect(self.environment.get("BAOHE_DATABASE_URL", own))
