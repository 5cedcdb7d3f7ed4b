"""What every child learns from its environment, and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

SIMULATED = ("wallet", "deduction", "transfer", "liveness", "timestamp", "oracles")
"""The outside world beside the platform, in the order of the ports after its own."""


def for_children(*, data: Path, database: str, host: str, port: int) -> dict[str, str]:
    """The caller's environment wins where it may: origin, providers, demo. Data and database are as checked."""
    given = dict(os.environ)
    given.setdefault("BAOHE_ORIGIN", f"http://{_reachable(host)}:{port}")
    for place, name in enumerate(SIMULATED, start=1):
        given.setdefault(f"BAOHE_{name.upper()}", f"http://127.0.0.1:{port + place}")
    given.setdefault("BAOHE_DEMO", "1")
    given.setdefault("OMP_NUM_THREADS", "1")  # NumPy and OCR of several processes would fight for the cores
    given["DJANGO_SETTINGS_MODULE"] = "baohe.config.settings"
    given["BAOHE_DATA"] = str(data)
    given["BAOHE_DATABASE_URL"] = database
    given["PYTHONUNBUFFERED"] = "1"
    return given


def wants_demo() -> bool:
    return os.environ.get("BAOHE_DEMO", "1") != "0"


def simulated(port: int) -> dict[str, int]:
    """The simulators beside the platform and their ports: of every provider without a real gateway of its own."""
    named = {name: port + place for place, name in enumerate(SIMULATED, start=1)}
    return {name: its for name, its in named.items() if wants_demo() and f"BAOHE_{name.upper()}" not in os.environ}


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::", "localhost"} else host  # noqa: S104
