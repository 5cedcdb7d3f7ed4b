"""What crosses the door of a claim's papers: what was read of them, what is asked for, and what handlers see beside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baohe.kernel.decisions import Text


@dataclass(frozen=True, slots=True)
class ReadField:
    """One field of a paper. `value` is what counts now; `read_value` is what the machine read first.

    `box` is x, y, width, height in 1/10,000 of the picture's sides; empty where nothing was found.
    """

    code: str
    name: Text
    kind: str
    value: str
    read_value: str
    confidence: int
    doubtful: bool
    suggestions: tuple[str, ...] = ()
    box: tuple[int, ...] = ()
    corrected: bool = False
    confirmed: bool = False
    contradicted: bool = False
    """Another figure of the same paper says otherwise; to confirm it as it stands calls a person."""
    items_sum: str = ""
    """Of a total: what it would be by the items of the paper, where they make another; "" where they agree or are
    unsure."""


@dataclass(frozen=True, slots=True)
class PaperView:
    """`kind` is invoice, bill, record, identity or relation; `state` is reading, read or unreadable.

    `seems`: that the picture looks like another paper than was asked for, in words; None where nothing says so.
    """

    id: UUID
    kind: str
    state: str
    fields: tuple[ReadField, ...]
    added_at: datetime
    seems: Text | None = None


@dataclass(frozen=True, slots=True)
class NeededPaper:
    """`state` is missing, reading, to_confirm, ready or on_file. `sample` names the drawing that shows how to
    photograph it."""

    kind: str
    title: Text
    detail: Text
    state: str
    sample: str = ""


@dataclass(frozen=True, slots=True)
class CorrectionView:
    paper_id: UUID
    field: str
    before: str
    after: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OddPlace:
    """A place of a picture to be compared with the original, and why. Boxes as of `ReadField`; `twin` is the other of
    two same places, empty for none. A question, no finding."""

    text: Text
    box: tuple[int, ...]
    twin: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperOrigin:
    """What a paper's original file said of itself, and what was doubted at its arrival; for handlers alone.

    `taken_at` is the camera's own local time. `editor`: a program made to change pictures. A stranger wrote all of it.
    """

    paper_id: UUID
    doubts: tuple[str, ...]
    taken_at: str
    device: str
    software: str
    editor: str
    odd_places: tuple[OddPlace, ...] = ()
