"""What the steps share: stamps, running a tool with progress, and saying why it failed in one sentence."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
VENV = ROOT / ".venv"
_NO_NETWORK = (
    "Temporary failure in name resolution",
    "Failed to establish a new connection",
    "Name or service not known",
    "Network is unreachable",
    "Connection refused",
    "Connection timed out",
    "Read timed out",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ETIMEDOUT",
    "ENETUNREACH",
    "Could not resolve",
    "(from versions: none)",  # pip, when the registry did not answer for a package that is pinned
)
_NO_ROOM = ("No space left on device", "ENOSPC", "Disk quota exceeded")


class Sentence(Exception):
    """Why it does not go on, and what to do: Chinese, then English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh}\n{en}")


def done(step: str, key: str) -> bool:
    """Was this step finished with the same inputs?"""
    stamp = BUILD / f"{step}.stamp"
    return stamp.exists() and stamp.read_text() == key


def mark(step: str, key: str) -> None:
    (BUILD / f"{step}.stamp").write_text(key)


def key_of(paths: Iterable[Path], *more: str) -> str:
    """Of names and contents, and of whatever else the step depends on."""
    total = hashlib.sha256("\0".join(more).encode())
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def run(
    title: str,
    command: list[str],
    count: Callable[[str], str] = lambda line: "",
    folder: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    fetches: bool = True,
) -> None:
    """Run a tool into a log under build/, with one moving line of progress. Raises `Sentence` when it fails.

    `fetches`: it reads from the network, so that words of network trouble in its output mean just that.
    """
    log = BUILD / f"{Path(command[0]).name}-{_slug(command)}.log"
    lines: list[str] = []
    with log.open("w") as stream, _Progress(title) as progress:
        with subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                stream.write(line)
                lines.append(line)
                progress.detail = count(line) or progress.detail
        progress.detail = "✓" if process.returncode == 0 else "✗"
    if process.returncode != 0:
        raise _why("".join(lines), title, log, fetches)


class _Progress:
    """One line: on a terminal rewritten twice a second, so that a silent tool is seen to be at work; elsewhere
    printed when its detail changes."""

    def __init__(self, title: str) -> None:
        self.detail = "…"
        self._title, self._started, self._shown = title, time.monotonic(), ""
        self._over = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> _Progress:
        self._show()
        self._ticker.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._over.set()
        self._ticker.join()
        self._show()
        if sys.stdout.isatty():
            print(flush=True)

    def _tick(self) -> None:
        while not self._over.wait(0.5):
            self._show()

    def _show(self) -> None:
        seconds = f"{time.monotonic() - self._started:.0f} s"
        if sys.stdout.isatty():
            print(f"\r\033[K  {self._title} · {seconds}  {self.detail}", end="", flush=True)
        elif self.detail != self._shown:
            print(f"  {self._title} · {seconds}  {self.detail}", flush=True)
            self._shown = self.detail


def _why(output: str, title: str, log: Path, fetches: bool) -> Sentence:
    if any(sign in output for sign in _NO_ROOM):
        return Sentence(
            f"{title}：磁盘已满；请清出约 2 GB 空间再运行，已装好的部分会保留",
            f"{title}: the disk is full; free about 2 GB and run it again, what is installed stays",
        )
    if fetches and any(sign in output for sign in _NO_NETWORK):
        return Sentence(
            f"{title}：连不上软件源；请检查网络后再运行，会从这里接着做（详情见 {log}）",
            f"{title}: the package registry cannot be reached; check the network and run it again ({log})",
        )
    tail = "".join(output.strip().splitlines(keepends=True)[-12:])
    return Sentence(f"{tail}\n\n{title}：失败，详情见 {log}", f"{title}: failed, see {log}")


def _slug(command: list[str]) -> str:
    words = [word for word in command[1:] if word.isidentifier()]
    return "-".join(words[:2]) or "run"
