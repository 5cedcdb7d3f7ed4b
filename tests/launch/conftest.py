"""Real platforms on real data folders, each in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journey.installation import free_port

ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_SECONDS = 120


@dataclass
class Platform:
    """One `baohe run`."""

    process: subprocess.Popen[str]
    data: Path
    port: int
    output: Path

    def said(self) -> str:
        return self.output.read_text()

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
                line.sendall(b"HEAD /api/shop/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                return line.recv(4) == b"HTTP"
        except OSError:
            return False

    def wait_until_ready(self) -> Platform:
        wait_for(lambda: "Baohe is running" in self.said() or self.process.poll() is not None)
        assert self.process.poll() is None, self.said()
        return self

    def refusal(self) -> tuple[int, str]:
        """Exit code and sentence of a platform that does not start."""
        code = self.process.wait(timeout=_PATIENCE_SECONDS)
        return code, self.said()

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(timeout=15)

    def family(self) -> list[int]:
        """Every live process that this platform started, in whatever depth."""
        return [pid for pid in _pids() if _environment_names(pid, self.data) or _arguments_name(pid, self.data)]

    def child(self, word: str) -> int:
        """The pid of the direct child whose command line has `word`."""
        found = [pid for pid in _pids() if _parent(pid) == self.process.pid and word in _arguments(pid)]
        return found[0] if found else 0


def wait_for(true: Callable[[], bool], seconds: float = _PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Platform]]:
    """Start a platform on a folder; whatever is still running after the test is ended."""
    started: list[Platform] = []

    def begin(data: Path, port: int = 0, **more: str) -> Platform:
        port = port or free_port()
        platform = launch(data, port, tmp_path / f"output{len(started)}.txt", **more)
        started.append(platform)
        return platform

    yield begin
    for platform in started:
        platform.end(signal.SIGTERM)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder that has seen its first start and was stopped by Ctrl-C."""
    folder = tmp_path_factory.mktemp("launch")
    platform = launch(folder / "data", free_port(), folder / "output.txt").wait_until_ready()
    assert platform.end(signal.SIGINT) == 0
    yield folder / "data"


def launch(data: Path, port: int, output: Path, **more: str) -> Platform:
    given = {name: value for name, value in os.environ.items() if not name.startswith(("BAOHE_", "DJANGO_"))}
    given |= {"BAOHE_DATA": str(data), "BAOHE_DEMO": "0", **more}
    with output.open("w") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "baohe.cli.main", "run", "--port", str(port)],
            cwd=ROOT,
            env=given,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            text=True,
        )
    return Platform(process, data, port, output)


def owner_of(data: Path) -> dict[str, object]:
    return dict(json.loads((data / "lock").read_text()))


def _pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _arguments(pid: int) -> str:
    return _read(pid, "cmdline").replace("\0", " ")


def _arguments_name(pid: int, data: Path) -> bool:
    return f"-D {data}/" in _arguments(pid)


def _environment_names(pid: int, data: Path) -> bool:
    return f"BAOHE_DATA={data}\0" in _read(pid, "environ") + "\0"


def _parent(pid: int) -> int:
    status = _read(pid, "stat")
    return int(status.rsplit(")", 1)[1].split()[1]) if status else 0


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(errors="replace")
    except OSError:
        return ""
