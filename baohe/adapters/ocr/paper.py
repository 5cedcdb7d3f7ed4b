"""One paper of a claim: a picture → its kind and its fields, whatever it is.

The kind is told by the words of the paper, with a little favour for what was asked for. A page that is well legible and
something else is named as such; one with hardly a word on it is illegible, whatever it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date

from baohe.adapters.ocr import (
    accident_certificate,
    bank_card,
    hospital_summary,
    identity_paper,
    medical_invoice,
    receipt,
    repair_bill,
    vat_invoice,
)
from baohe.adapters.ocr.contracts import Page, PaperReading, ReadValue
from baohe.adapters.ocr.item_sum import checked_by_items
from baohe.adapters.ocr.kinds import kind_of

_READERS: Mapping[str, Callable[[Page, date], tuple[ReadValue, ...]]] = {
    "medical_invoice": medical_invoice.read,
    "vat_invoice": vat_invoice.read,
    "receipt": receipt.read,
    "hospital_summary": hospital_summary.read,
    "id_card": identity_paper.read,
    "bank_card": bank_card.read,
    "accident_certificate": accident_certificate.read,
    "repair_bill": repair_bill.read,
}
_FEWEST_LETTERS = 8
_FEWEST_FIELDS = 2
_LEAST_SCORE = 60
"""A page whose lines score less on the average is a guess from the first word to the last."""


def read_paper(jpeg: bytes, today: date, expected: Collection[str] = ()) -> PaperReading:
    """Read a picture that `plumbing.pictures` made. Seconds of work; never inside a database transaction.

    `expected` are the kinds that would do; empty takes any. `today` is the business day of the upload.
    """
    from baohe.adapters.ocr import engine  # a process that reads no pictures does not load it

    return read_page(engine.read_page(jpeg), today, expected)


def read_page(page: Page, today: date, expected: Collection[str] = ()) -> PaperReading:
    """The same from the lines of a page. Boxes of the answer are those of the picture that was given."""
    lines = tuple(replace(line, box=page.in_picture(line.box)) for line in page.lines)
    letters = sum(len(line.text) for line in lines)
    if letters < _FEWEST_LETTERS or sum(line.score for line in lines) < _LEAST_SCORE * len(lines):
        return PaperReading("other", (), lines, legible=False, problem="illegible")
    kind = kind_of((line.text for line in page.lines), expected)
    if expected and kind not in expected and kind != "other":
        return PaperReading(kind, _fields(kind, page, today), lines, legible=True, problem="wrong_kind")
    if kind == "other" and expected and "other" not in expected:
        kind = next(iter(expected))  # a title that is torn off: what was asked for is tried
    fields = _fields(kind, page, today)
    if kind == "other" or sum(bool(field.value) for field in fields) >= _FEWEST_FIELDS:
        return PaperReading(kind, fields, lines, legible=True)
    return PaperReading(kind, fields, lines, legible=False, problem="illegible")


def _fields(kind: str, page: Page, today: date) -> tuple[ReadValue, ...]:
    reader = _READERS.get(kind)
    if reader is None:
        return ()
    return tuple(
        replace(field, box=page.in_picture((field.box[0], field.box[1], field.box[2], field.box[3])))
        if len(field.box) == 4
        else field
        for field in checked_by_items(kind, reader(page, today), page.lines)
    )
