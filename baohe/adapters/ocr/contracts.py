"""What a picture said. Boxes are x, y, width, height in 1/10,000 of the picture's sides; scores are 0–100."""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print. `faint` are the places of letters that are much paler than the rest (glare, a crease)."""

    text: str
    score: int
    box: Box
    faint: tuple[int, ...] = ()

    @property
    def right(self) -> int:
        return self.box[0] + self.box[2]

    @property
    def middle(self) -> int:
        return self.box[1] + self.box[3] // 2


@dataclass(frozen=True, slots=True)
class Found:
    """A raw value where it stood: its text, score, box and pale letters (places within `text`)."""

    text: str
    line: Line
    faint: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadValue:
    """One field. `value` is normalised ("1286.40", "2026-11-20"); empty where nothing was found.

    `doubtful` asks a person to confirm; `suggestions` are the likelier values, the likeliest first.
    """

    code: str
    value: str
    confidence: int
    doubtful: bool
    suggestions: tuple[str, ...] = ()
    box: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class InvoiceReading:
    """`legible` is False when this is no invoice, or one that must be photographed again."""

    fields: tuple[ReadValue, ...]
    lines: tuple[Line, ...]
    legible: bool

    def value(self, code: str) -> str:
        return next((field.value for field in self.fields if field.code == code), "")


@dataclass(frozen=True, slots=True)
class CardReading:
    """One side of an identity card: name, sex, nation, birth, address, number; or authority, valid_from, valid_until
    (a date, or long_term). `problem` is empty when it can be used; see `id_card.read_card` for its words."""

    side: str
    fields: tuple[ReadValue, ...]
    problem: str = ""

    def value(self, code: str) -> str:
        return next((field.value for field in self.fields if field.code == code), "")


class ReportValue:
    """One value of a medical report. `value` is normalised ("5.6", "2026-11-02", "甲状腺结节"); `kind` is number,
    text or date; `doubtful` asks the person to look twice."""

    code: str
    value: str
    unit: str
    kind: str
    confidence: int
    doubtful: bool
    box: Box


@dataclass(frozen=True, slots=True)
class ReportReading:
    """What a page of a health check, laboratory report or discharge summary says; empty where it says nothing."""

    values: tuple[ReportValue, ...]
    lines: tuple[Line, ...]
