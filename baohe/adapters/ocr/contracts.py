"""What a picture said. Boxes are x, y, width, height in 1/10,000 of the picture's sides; scores are 0–100.

Only the lines of a `Page` differ: its boxes are in 1/10,000 of the longer side, upright and level, so that rows are
rows and a letter is as wide as it is high. `Page.in_picture` leads back.
"""

from __future__ import annotations

from dataclasses import dataclass

Box = tuple[int, int, int, int]
_WHOLE = 10_000

KINDS = (
    "medical_invoice",
    "vat_invoice",
    "receipt",
    "hospital_summary",
    "id_card",
    "bank_card",
    "accident_certificate",
    "repair_bill",
    "other",
)
"""Papers that the reader tells from each other; "other" is legible and none of them."""


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
    iso: str = ""
    """The day of a receipt, whose `value` is as printed."""
    contradicted: bool = False
    """Another figure or word of the same paper says otherwise: misread, or the paper was meddled with."""
    items_sum: str = ""
    """Of a total: what it would be by the items, where every one of them was read and they make another."""


@dataclass(frozen=True, slots=True)
class Page:
    """A picture's print, turned upright and levelled.

    `turn` quarter turns anticlockwise made it upright; `sides` are width and height of the upright picture in pixels;
    `tilt` is the fall of a row in 1/10,000 per 1/10,000 at the top, and how it grows to the bottom; `code` is the text
    of a QR code, empty where none was found.
    """

    lines: tuple[Line, ...]
    turn: int = 0
    sides: tuple[int, int] = (1, 1)
    tilt: tuple[float, float] = (0.0, 0.0)
    code: str = ""

    def in_picture(self, box: Box) -> Box:
        """A box of the page as a box of the picture that was given."""
        width, height = self.sides
        longer = max(width, height)
        x, y, w, h = box
        falls = [self.fall(at, y + h // 2) for at in (x, x + w)]
        top, bottom = y + min(falls), y + h + max(falls)
        left, right = (at * longer / width for at in (x, x + w))
        top, bottom = (at * longer / height for at in (top, bottom))
        for _ in range(self.turn):  # back by a quarter turn clockwise each
            left, top, right, bottom = _WHOLE - bottom, left, _WHOLE - top, right
        left, top, right, bottom = (min(max(round(at), 0), _WHOLE) for at in (left, top, right, bottom))
        return left, top, right - left, bottom - top

    def fall(self, x: float, y: float) -> float:
        """How much lower a row stands at `x` than in the middle of the page."""
        width, height = self.sides
        longer = max(width, height)
        slope = self.tilt[0] + self.tilt[1] * y * longer / height / _WHOLE
        return slope * (x - _WHOLE * width / longer / 2)


@dataclass(frozen=True, slots=True)
class PaperReading:
    """What one paper of a claim says.

    `kind` is one of `KINDS`; the codes of `fields` are those of its reader. `legible` is False when nothing could be
    used. `problem` is empty, "wrong_kind" (it is well legible and something else than was asked for, as `kind` says) or
    "illegible".
    """

    kind: str
    fields: tuple[ReadValue, ...]
    lines: tuple[Line, ...]
    legible: bool
    problem: str = ""

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


@dataclass(frozen=True, slots=True)
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
