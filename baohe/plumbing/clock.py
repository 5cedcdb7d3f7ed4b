"""The one clock. Nothing else in the platform may ask the machine for the time.

The sandbox and the demo world move it: the offset lies in a small file of the data folder, so that every process
of the installation sees the same moved time within `_RECHECK_SECONDS`. Tests move it in process with `travel`.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from baohe.kernel.dates import business_date
from baohe.kernel.ids import uuid7

_RECHECK_SECONDS = 0.2

_travelled: list[timedelta] = []
_offset = timedelta()
_checked_at = float("-inf")


def now() -> datetime:
    """This moment, aware, in UTC, moved by the sandbox's offset."""
    return datetime.now(UTC) + (_travelled[-1] if _travelled else _file_offset())


def today() -> date:
    """The business date in Asia/Shanghai."""
    return business_date(now())


def new_id() -> uuid.UUID:
    """A time-ordered id of this moment."""
    return uuid7(now(), secrets.token_bytes(8))


@contextlib.contextmanager
def travel(to: datetime) -> Iterator[None]:
    """Inside the block this process lives at `to`, and time goes on from there."""
    _travelled.append(to - datetime.now(UTC))
    try:
        yield
    finally:
        _travelled.pop()


def move(offset: timedelta) -> None:
    """Move the whole installation's clock by `offset` from real time, durably."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    with draft.open("w") as stream:
        stream.write(str(int(offset.total_seconds())))
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
    global _checked_at
    _checked_at = float("-inf")


def _path() -> Path:
    return Path(settings.BAOHE_DATA) / "clock"


def _file_offset() -> timedelta:
    global _checked_at, _offset
    if time.monotonic() - _checked_at > _RECHECK_SECONDS:
        _checked_at = time.monotonic()
        try:
            _offset = timedelta(seconds=int(_path().read_text()))
        except FileNotFoundError:
            _offset = timedelta()
    return _offset
