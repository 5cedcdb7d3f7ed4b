"""Starts the children, starts again the ones that die, and stops all of them in order.

One thread, one loop. What it is trusted with: after `stop` (or after a kill -9 of this process, by the leash of
`processes.on_a_leash`) nothing that it started is left.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from baohe.launch.processes import Preparation, on_a_leash

_FIRST_PAUSE_SECONDS = 0.1
_LONGEST_PAUSE_SECONDS = 5.0
_HEALTHY_AFTER_SECONDS = 20.0
_TOLD_DEATHS = 4
_LARGEST_LOG_BYTES = 10 * 1024 * 1024
_PATIENCE_SECONDS = 3.0
_DATABASE_PATIENCE_SECONDS = 5.0  # its last checkpoint; together they stay below ten seconds


@dataclass(frozen=True, slots=True)
class Program:
    """How to run one child. `stop` asks it to end in good order; `insist` ends it when it does not listen."""

    name: str
    command: list[str]
    log: Path
    environment: Mapping[str, str] | None = None
    identity: Preparation | None = None
    folder: Path = Path("/")
    stop: signal.Signals = signal.SIGTERM
    insist: signal.Signals = signal.SIGKILL


@dataclass(slots=True)
class _Child:
    program: Program
    process: subprocess.Popen[bytes]
    started: float
    pause: float = _FIRST_PAUSE_SECONDS
    due: float = 0.0
    deaths: int = 0


@dataclass(slots=True)
class Supervisor:
    say: Callable[[str], None]
    children: dict[str, _Child] = field(default_factory=dict)

    def start(self, program: Program) -> None:
        self.children[program.name] = _Child(program, _spawn(program), time.monotonic())

    def look(self) -> None:
        """One round: whoever died is started again, after a pause that grows while it keeps dying."""
        for child in self.children.values():
            if child.due:
                self._restart_when_due(child)
            elif child.process.poll() is not None:
                self._note_death(child)

    def has_ended(self, name: str) -> bool:
        return self.children[name].process.poll() is not None

    def stop(self) -> None:
        """Stop in the reverse order of the start: the database last."""
        order = list(self.children.values())[::-1]
        for group, seconds in ((order[:-1], _PATIENCE_SECONDS), (order[-1:], _DATABASE_PATIENCE_SECONDS)):
            for child in group:
                _signal(child, child.program.stop)
            _wait(group, seconds)
            for child in group:
                _finish(child)
        self.children.clear()

    def _note_death(self, child: _Child) -> None:
        _sweep(child)
        if time.monotonic() - child.started > _HEALTHY_AFTER_SECONDS:
            child.pause, child.deaths = _FIRST_PAUSE_SECONDS, 0
        child.due = time.monotonic() + child.pause
        child.pause = min(child.pause * 2, _LONGEST_PAUSE_SECONDS)
        child.deaths += 1
        name, log = child.program.name, child.program.log
        if child.deaths < _TOLD_DEATHS:
            self.say(f"{name} 已停止，正在重新启动 · stopped ({_how(child)}), starting again; {log}")
        elif child.deaths == _TOLD_DEATHS:
            self.say(f"{name} 反复停止，会继续尝试 · keeps stopping, still trying; {log}")

    def _restart_when_due(self, child: _Child) -> None:
        if time.monotonic() >= child.due:
            child.process = _spawn(child.program)
            child.started, child.due = time.monotonic(), 0.0


def _spawn(program: Program) -> subprocess.Popen[bytes]:
    if program.log.exists() and program.log.stat().st_size > _LARGEST_LOG_BYTES:
        program.log.replace(program.log.with_suffix(".log.old"))
    with program.log.open("ab") as log:
        # A session of its own: Ctrl-C in the terminal reaches the launcher only, which then stops in order.
        return subprocess.Popen(
            program.command,
            env=program.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=program.folder,
            preexec_fn=on_a_leash(program.stop, program.identity),
        )


def _sweep(child: _Child) -> None:
    """A killed server leaves workers that hold the port; they go before the next one comes."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.process.pid, signal.SIGKILL)


def _signal(child: _Child, number: signal.Signals) -> None:
    if child.process.poll() is None:
        child.process.send_signal(number)


def _wait(children: list[_Child], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while any(child.process.poll() is None for child in children) and time.monotonic() < deadline:
        time.sleep(0.02)


def _finish(child: _Child) -> None:
    _signal(child, child.program.insist)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.process.wait(timeout=1.5)
    _sweep(child)


def _how(child: _Child) -> str:
    code = child.process.returncode
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"
