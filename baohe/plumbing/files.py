"""Durable files outside the database: written aside, flushed, renamed, and the folder flushed too.

Skip a step and a power cut leaves an empty or torn file behind a database row that says it exists.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings

from baohe.kernel.errors import NotFound
from baohe.plumbing.secret_files import flush_folder


def write(name: str, content: bytes) -> Path:
    """Store `content` under `name` (a relative path made by the platform, never by a customer)."""
    path = _place(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with draft.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
    flush_folder(path.parent)
    return path


def read(name: str) -> bytes:
    """The stored bytes. Raises `NotFound`."""
    try:
        return _place(name).read_bytes()
    except FileNotFoundError:
        raise NotFound(what=name) from None


def remove(name: str) -> None:
    """Take a stored file away for good, in the folder too; nothing happens where there is none."""
    path = _place(name)
    if path.exists():
        path.unlink(missing_ok=True)
        flush_folder(path.parent)


def _place(name: str) -> Path:
    root = (Path(settings.BAOHE_DATA) / "files").resolve()
    path = (root / name).resolve()
    if root not in path.parents:
        raise NotFound(what=name)
    return path
