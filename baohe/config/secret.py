"""The secret of the installation's sessions, made on first use and kept in the data folder."""

from __future__ import annotations

import secrets
from pathlib import Path

from baohe.plumbing.secret_files import write_once


def secret_key(data: Path) -> str:
    """Read `keys/django`, or make it."""
    path = data / "keys" / "django"
    if not path.exists():
        write_once(path, secrets.token_urlsafe(64))
    return path.read_text()
