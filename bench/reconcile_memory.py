"""`reconcile.memory`: the most memory that a run of 1,000,000 lines needs, beside one of 100,000.

Each in a process of its own, both halves counted: the process that reads and copies, and the PostgreSQL backend that
matches. Bounded means that ten times the lines need about the same. MiB; less is better.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from baohe.cli.bench import Measure

FEW, MANY = 100_000, 1_000_000

_CHILD = """
import django, sys
django.setup()
from datetime import date
from pathlib import Path
from django.db import connection
from bench.reconcile_lines import run

def most(pid):
    text = Path(f"/proc/{pid}/status").read_text()
    return int(text.partition("VmHWM:")[2].split()[0])

with connection.cursor() as cursor:
    cursor.execute("SELECT pg_backend_pid()")
    [backend] = cursor.fetchone()
run(date(2026, 10, int(sys.argv[2])), int(sys.argv[1]))
print(most("self") + most(backend))
"""


def measure() -> Measure:
    return Measure(_most_mib(MANY, 1), "MiB", _most_mib(FEW, 2))


def _most_mib(lines: int, day: int) -> float:
    """Peak resident memory of reader and backend together."""
    folder = Path(__file__).resolve().parents[1]
    environment = {**os.environ, "PYTHONPATH": str(folder), "DJANGO_SETTINGS_MODULE": "baohe.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(lines), str(day)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return int(done.stdout.split()[-1]) / 1024
