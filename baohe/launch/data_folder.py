"""The data folder: who may use it, which format it has, and whether there is room.

    format      version of the layout, written once
    lock        held by flock while the platform runs; says who and where
    keys/       secrets (0700)
    postgres/   the embedded cluster
    log/        what the processes print
    run/        socket folder of the embedded database

Every check reads before anything is written, so that a refusal leaves the folder as it was.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from baohe.launch.refusals import AlreadyRunning, BrokenDataFolder, DiskFull, NewerDataFolder

FORMAT = 1
NEEDED_MB = 1024
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class DataFolder:
    path: Path

    @property
    def cluster(self) -> Path:
        return self.path / "postgres"

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def logs(self) -> Path:
        return self.path / "log"


def chosen() -> Path:
    """`BAOHE_DATA`, or `.data` beside the checkout."""
    return Path(os.environ.get("BAOHE_DATA") or ROOT / ".data").resolve()


def check(path: Path, statvfs: Callable[[Path], os.statvfs_result] = os.statvfs) -> None:
    """Raise a Refusal if `path` cannot be used. Writes nothing."""
    try:
        _check_place(path)
        _check_alone(path)
        _check_format(path)
    except PermissionError as failure:
        raise BrokenDataFolder(
            folder=str(path),
            reason_zh=f"没有权限（{failure.filename}）",
            reason_en=f"no permission ({failure.filename})",
        ) from failure
    _check_room(path, statvfs)


@contextlib.contextmanager
def hold(path: Path, address: str) -> Iterator[DataFolder]:
    """Make the folder if it is new, and keep it for this process alone while the block runs."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (path / "lock").open("a+") as stream:
        _lock(stream.fileno(), path)
        stream.truncate(0)
        stream.write(json.dumps({"pid": os.getpid(), "address": address}))
        stream.flush()
        folder = DataFolder(path)
        for part in (folder.keys, folder.logs):
            part.mkdir(exist_ok=True, mode=0o700)
        _write_format(path)
        yield folder


def holder(path: Path) -> dict[str, object] | None:
    """Who runs on this folder now, or None when nobody does."""
    try:
        with (path / "lock").open() as stream:
            try:
                fcntl.flock(stream.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return _owner(path)
    except FileNotFoundError:
        pass
    return None


def _lock(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = _owner(path)
        raise AlreadyRunning(pid=owner["pid"], address=owner["address"], folder=str(path)) from None


def _owner(path: Path) -> dict[str, object]:
    unknown: dict[str, object] = {"pid": "?", "address": "?"}
    try:
        return unknown | dict(json.loads((path / "lock").read_text()))
    except ValueError:  # the holder took the lock this instant and has not written yet
        return unknown


def _check_place(path: Path) -> None:
    if path.exists() and not path.is_dir():
        raise BrokenDataFolder(folder=str(path), reason_zh="它不是文件夹", reason_en="it is not a folder")
    nearest = _nearest(path)
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise BrokenDataFolder(
            folder=str(path), reason_zh=f"{nearest} 不可写", reason_en=f"{nearest} cannot be written to"
        )


def _check_alone(path: Path) -> None:
    owner = holder(path)
    if owner is not None:
        raise AlreadyRunning(pid=owner["pid"], address=owner["address"], folder=str(path))


def _check_format(path: Path) -> None:
    mark = path / "format"
    if not mark.exists():
        if (path / "postgres").exists():
            raise BrokenDataFolder(
                folder=str(path), reason_zh="缺少 format 文件", reason_en="the file named format is missing"
            )
        return
    try:
        found = int(mark.read_bytes())
    except ValueError:
        raise BrokenDataFolder(
            folder=str(path), reason_zh="format 文件损坏", reason_en="the file named format is damaged"
        ) from None
    if found > FORMAT:
        raise NewerDataFolder(folder=str(path), found=found, known=FORMAT)


def _check_room(path: Path, statvfs: Callable[[Path], os.statvfs_result]) -> None:
    state = statvfs(_nearest(path))
    free_mb = state.f_bavail * state.f_frsize // (1024 * 1024)
    if free_mb < NEEDED_MB:
        raise DiskFull(folder=str(path), free_mb=free_mb, needed_mb=NEEDED_MB)


def _nearest(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path


def _write_format(path: Path) -> None:
    mark = path / "format"
    if mark.exists():
        return
    draft = path / ".format.new"
    with draft.open("w") as stream:
        stream.write(f"{FORMAT}\n")
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(mark)
