"""A process that is killed at a chosen write point of a story: before it, after it, or when the reply is on its way.

The story runs in a forked child with a connection of its own. Its write points are the statements that change a table,
each COMMIT, and each call to the outside world. The child dies by SIGKILL at one of them: nothing of it can tidy up.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
from django.db import connection, connections

Story = Callable[[], object]
_WRITES = ("INSERT", "UPDATE", "DELETE", "COPY")


@dataclass(frozen=True, slots=True)
class WritePoint:
    """The `order`-th write point of a story. `when` is before or after; after a call to the outside world means that
    the work was done there and the reply is lost."""

    order: int
    what: str
    when: str


class _Watch:
    """Counts the write points that pass by and dies at the chosen one."""

    def __init__(self, death: WritePoint | None) -> None:
        self.passed: list[str] = []
        self._death = death

    def pass_by(self, what: str, act: Callable[[], Any]) -> Any:
        order = len(self.passed)
        self.passed.append(what)
        self._die_if(order, "before")
        answer = act()
        self._die_if(order, "after")
        return answer

    def _die_if(self, order: int, when: str) -> None:
        if self._death is not None and (self._death.order, self._death.when) == (order, when):
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(self, execute: Callable[..., Any], sql: str, params: object, many: bool, context: object) -> Any:
        word = sql.lstrip().split(" ", 1)[0].upper()
        if word not in _WRITES:
            return execute(sql, params, many, context)
        return self.pass_by(" ".join(sql.split()[:3]), lambda: execute(sql, params, many, context))

    @contextlib.contextmanager
    def at_work(self) -> Iterator[None]:
        commit, send = connection._commit, httpx.HTTPTransport.handle_request
        connection._commit = lambda: self.pass_by("COMMIT", commit)
        httpx.HTTPTransport.handle_request = lambda transport, request: self.pass_by(
            f"HTTP {request.method}", lambda: send(transport, request)
        )
        try:
            with connection.execute_wrapper(self.statement):
                yield
        finally:
            del connection._commit
            httpx.HTTPTransport.handle_request = send


def write_points(story: Story) -> list[WritePoint]:
    """Run `story` to its end in a child and name its write points, each before and after. A statement needs no after:
    the next point's before is the same moment; COMMIT and the outside world do."""
    reader, writer = os.pipe()
    pid = _in_a_child(story, None, writer)
    os.close(writer)
    with os.fdopen(reader) as told:
        passed = json.loads(told.read() or "[]")
    _, status = os.waitpid(pid, 0)
    assert os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0, "the story failed by itself"
    return [
        WritePoint(order, what, when)
        for order, what in enumerate(passed)
        for when in ("before", "after")
        if when == "before" or what == "COMMIT" or what.startswith("HTTP")
    ]


def killed_at(story: Story, point: WritePoint) -> None:
    """Run `story` in a child that dies at `point`."""
    pid = _in_a_child(story, point, None)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, f"the child did not reach {point}"


def _in_a_child(story: Story, death: WritePoint | None, writer: int | None) -> int:
    connections.close_all()  # a socket shared by two processes would serve neither
    pid = os.fork()
    if pid:
        return pid
    try:
        watch = _Watch(death)
        with watch.at_work():
            story()
        if writer is not None:
            os.write(writer, json.dumps(watch.passed).encode())
        connections.close_all()
        os._exit(0)
    except BaseException:  # noqa: BLE001 - whatever it was, it must not run on as a second pytest
        traceback.print_exc()
    finally:
        os._exit(1)
    raise AssertionError("unreachable")
