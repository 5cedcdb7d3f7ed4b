"""A step that a proposal waits for, as a room's flow tells it to `readiness`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from baohe.kernel.decisions import Text

Moment = Literal["sign", "pay"]


@dataclass(frozen=True, slots=True)
class Need:
    """One step of one proposal. `before` is what it holds up; `path` is the page of the app where it is done."""

    code: str
    title: Text
    detail: Text
    done: bool
    before: Moment
    path: str
