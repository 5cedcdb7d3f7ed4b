"""The world that `make run` shows is made by the flows of today, and the operator's check finds nothing in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.launch.conftest import ROOT

_CLAIMS = """
from baohe.launch.session import django_ready
with django_ready():
    from baohe.demo import family
    from baohe.rooms.claims import facade as claims
    from baohe.rooms.people import facade as people
    for one in claims.claims_of(people.open_account(family.PHONE).id).items:
        print(one.event, one.state, one.amount_fen)
"""


def baohe(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return python(data, "-m", "baohe.cli.main", *arguments)


def python(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    given = {name: value for name, value in os.environ.items() if not name.startswith(("BAOHE_", "DJANGO_"))}
    command = [sys.executable, *arguments]
    environment = {**given, "BAOHE_DATA": str(data), "BAOHE_DEMO": "1"}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_the_demo_world_is_built_and_in_order(tmp_path: Path) -> None:
    for arguments in (("db", "migrate"), ("demo", "build"), ("demo", "build")):
        made = baohe(tmp_path / "data", *arguments)
        assert made.returncode == 0, made.stderr
    found = baohe(tmp_path / "data", "check", "--json")
    assert (found.returncode, found.stdout) == (0, "")
    claims = python(tmp_path / "data", "-c", _CLAIMS)
    assert sorted(claims.stdout.splitlines()) == ["accident_outpatient with_person None", "rain_50 paid 10000"]
