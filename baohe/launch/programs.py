"""The children of a running platform, beside the database."""

from __future__ import annotations

import os
from collections.abc import Mapping

from baohe.launch.data_folder import ROOT, DataFolder
from baohe.launch.environment import simulated
from baohe.launch.processes import python
from baohe.launch.supervisor import Program

_MOST_SERVER_PROCESSES = 2
_THREADS = 8
_BACKPRESSURE = 64  # requests at work in one process; more wait in the listen queue


def all_of(folder: DataFolder, environment: Mapping[str, str], host: str, port: int) -> list[Program]:
    """In the order of their start, the server first."""
    commands = {"server": server(host, port), "worker": python("-m", "baohe.launch.worker")}
    for name, its_port in simulated(port).items():
        commands[name] = python("-m", "baohe.cli.main", "simulate", name, "--port", str(its_port))
    return [
        Program(name, command, log=folder.logs / f"{name}.log", environment=environment, folder=ROOT)
        for name, command in commands.items()
    ]


def server(host: str, port: int) -> list[str]:
    """Django under WSGI on granian: threads share the database connections that each keeps open."""
    processes = min(_MOST_SERVER_PROCESSES, os.cpu_count() or 1)
    return python(
        *("-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", host, "--port", str(port)),
        *("--workers", str(processes), "--blocking-threads", str(_THREADS)),
        *("--blocking-threads-idle-timeout", "600"),
        *("--backpressure", str(_BACKPRESSURE), "--respawn-failed-workers", "--workers-kill-timeout", "3"),
        "baohe.config.wsgi:application",
    )
