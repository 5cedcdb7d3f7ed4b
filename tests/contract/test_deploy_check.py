"""Django's own check of a deployment has nothing to say about an installation behind https."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_an_installation_behind_https_passes_the_deployment_check(tmp_path: Path) -> None:
    environment = {**os.environ, "BAOHE_ORIGIN": "https://baohe.example", "BAOHE_DATA": str(tmp_path)}
    answer = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr
    assert "no issues" in answer.stdout
