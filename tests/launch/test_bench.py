"""`baohe bench` as it is installed: run from another folder, where only the package itself can be imported."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path


def test_a_measure_that_borrows_from_another_runs(tmp_path: Path) -> None:
    baohe = shutil.which("baohe", path=Path(sys.executable).parent)
    assert baohe is not None

    done = subprocess.run(
        [baohe, "bench", "quote.single", "--json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )

    assert json.loads(done.stdout)["name"] == "quote.single"
