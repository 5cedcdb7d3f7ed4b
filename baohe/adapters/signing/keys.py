"""Private keys of the installation: made on first use, mode 0600, never overwritten."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

Maker = Callable[[], bytes]


def folder() -> Path:
    return Path(settings.BAOHE_DATA) / "keys"


def read_or_make(path: Path, make: Maker) -> bytes:
    """The content of `path`; where it is absent, `make()` is stored durably first.

    Of two processes that make it at once one wins and both read the winner's file: a second key for the same name
    would leave signatures nobody can check.
    """
    with contextlib.suppress(FileNotFoundError):
        return path.read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(make())
        stream.flush()
        os.fsync(stream.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    parent = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(parent)
    finally:
        os.close(parent)
    return path.read_bytes()
