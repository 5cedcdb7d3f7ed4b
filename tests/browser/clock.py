"""The installation's clock, moved as the sandbox moves it."""

from __future__ import annotations

import time
from datetime import timedelta

from tests.journey.installation import Installation

_SEEN_BY_ALL = 0.3
"""Seconds: every process looks at the file five times a second."""


def clock_offset(installation: Installation) -> timedelta:
    path = installation.data / "clock"
    return timedelta(seconds=int(path.read_text())) if path.exists() else timedelta()


def move_clock(installation: Installation, by: timedelta) -> None:
    """The file that the platform's own clock reads; every process of it follows within a fifth of a second."""
    moved = clock_offset(installation) + by
    draft = installation.data / "clock.new"
    draft.write_text(str(int(moved.total_seconds())))
    draft.replace(installation.data / "clock")
    time.sleep(_SEEN_BY_ALL)
