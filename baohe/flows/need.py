"""One step that a sale waits for besides its pages. Those who contribute steps and `readiness`, which collects them,
both build on this."""

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
