"""The world that `make run` shows is made by the flows of today, and the operator's check finds nothing in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.launch.conftest import ROOT


def baohe(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    given = {name: value for name, value in os.environ.items() if not name.startswith(("BAOHE_", "DJANGO_"))}
    command = [sys.executable, "-m", "baohe.cli.main", *arguments]
    environment = {**given, "BAOHE_DATA": str(data), "BAOHE_DEMO": "1"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_demo_world_is_built_and_in_order(tmp_path: Path) -> None:
    for arguments in (("db", "migrate"), ("demo", "build")):
        made = baohe(tmp_path / "data", *arguments)
        assert made.returncode == 0, made.stderr
    found = baohe(tmp_path / "data", "check", "--json")
    assert (found.returncode, found.stdout) == (0, "")
