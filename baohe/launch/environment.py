"""What every child learns from its environment, and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path


def for_children(*, data: Path, database: str, host: str, port: int) -> dict[str, str]:
    """The caller's environment wins where it may: origin, wallet, demo. Data and database are as checked."""
    given = dict(os.environ)
    given.setdefault("BAOHE_ORIGIN", f"http://{_reachable(host)}:{port}")
    given.setdefault("BAOHE_WALLET", f"http://127.0.0.1:{port + 1}")
    given.setdefault("BAOHE_DEMO", "1")
    given.setdefault("OMP_NUM_THREADS", "1")  # NumPy and OCR of several processes would fight for the cores
    given["DJANGO_SETTINGS_MODULE"] = "baohe.config.settings"
    given["BAOHE_DATA"] = str(data)
    given["BAOHE_DATABASE_URL"] = database
    given["PYTHONUNBUFFERED"] = "1"
    return given


def wants_demo() -> bool:
    return os.environ.get("BAOHE_DEMO", "1") != "0"


def wants_simulated_wallet() -> bool:
    """The simulator beside the platform, unless a real gateway is named."""
    return wants_demo() and "BAOHE_WALLET" not in os.environ


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::", "localhost"} else host  # noqa: S104
