"""Secret files of the installation: made once, readable by the owner alone, never overwritten."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path


def write_once(path: Path, content: str) -> None:
    """Write `content` to `path` with mode 0600 unless the file exists. Durable when this returns.

    Two processes or threads that start together end with one file: the loser of the race keeps the winner's. Lost
    keys are lost data, so nothing here can replace a file.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(descriptor, content.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make a new name in `folder` survive a power cut; the file's own fsync does not cover its name."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
