"""`baohe run`: from an empty machine to a platform that answers, and back to nothing left behind.

Order: checks that only read → data folder held → database → safety → preparation → children → welcome → watch.
"""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from baohe.launch import data_folder, door, environment, postgres_session, preparation, programs, welcome
from baohe.launch.supervisor import Supervisor

_ROUND_SECONDS = 0.2


class Stopped(Exception):
    """Ctrl-C or SIGTERM arrived."""


def run(host: str, port: int) -> None:
    """Until a signal. Raises a Refusal when the platform cannot start."""
    path = data_folder.chosen()
    address = f"http://{host}:{port}"
    data_folder.check(path)
    door.check_all_free(host, port, environment.simulated(port))
    supervisor = Supervisor(_say)
    with suppress(Stopped), _signals() as wake, data_folder.hold(path, address) as folder, _stopping(supervisor):
        addresses = postgres_session.start(folder, supervisor, _say)
        given = environment.for_children(data=path, database=addresses.application, host=host, port=port)
        _say("检查数据 · checking the data")
        preparation.prepare(given, addresses.owner)
        server, *others = programs.all_of(folder, given, host, port)
        supervisor.start(server)
        # The others wait: on two cores they would take the server's time while somebody looks at a blank page.
        door.wait_for_answer(host, port, str(server.log), lambda: _pause(supervisor, wake))
        for program in others:
            supervisor.start(program)
        welcome.show(given, folder)
        while True:
            _pause(supervisor, wake)


def _pause(supervisor: Supervisor, wake: int) -> bool:
    """One round of watching; a signal ends the wait at once."""
    if select.select([wake], [], [], _ROUND_SECONDS)[0]:
        os.read(wake, 64)
    supervisor.look()
    return True


@contextmanager
def _stopping(supervisor: Supervisor) -> Iterator[None]:
    try:
        yield
    finally:
        # From here a second Ctrl-C must not break off the shutdown of the database.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if supervisor.children:
            _say("正在停止 · stopping")
        supervisor.stop()


@contextmanager
def _signals() -> Iterator[int]:
    """Signals become `Stopped`; SIGCHLD and the others also wake the loop through a pipe."""
    reader, writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        yield reader
    finally:
        signal.set_wakeup_fd(-1)
        os.close(reader)
        os.close(writer)


def _stop(number: int, frame: object) -> None:
    raise Stopped


def _say(line: str) -> None:
    with suppress(OSError):  # the terminal may be gone while the platform stops
        print(line, flush=True)
