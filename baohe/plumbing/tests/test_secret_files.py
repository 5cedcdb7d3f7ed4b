"""A secret is made once, whoever comes first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from baohe.plumbing.secret_files import write_once

HANDS = 16


def test_many_threads_end_with_one_file_and_no_drafts(tmp_path: Path) -> None:
    for number in range(20):
        path, gate = tmp_path / f"key{number}", Barrier(HANDS)

        def write(hand: int, path: Path = path, gate: Barrier = gate) -> None:
            gate.wait()
            write_once(path, f"{hand}")

        with ThreadPoolExecutor(HANDS) as hands:
            list(hands.map(write, range(HANDS)))
        assert path.read_text() in {f"{hand}" for hand in range(HANDS)}
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(f"key{number}" for number in range(20))
