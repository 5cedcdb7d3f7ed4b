"""Lines of print → fields of a resident identity card, either side. Pure but for `read_card`, which looks at a picture.

The number is the strongest witness: its check digit proves it, and birth and sex follow from it. What the card prints
beside is read to cross-check it; single characters like 男 and 女 and brackets are weak in recognition, so sex is
always taken from the number.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from PIL import Image

from baohe.adapters.ocr.contracts import CardReading, Line, ReadValue
from baohe.adapters.ocr.engine import read_lines
from baohe.kernel.decisions import Text
from baohe.kernel.identity import IdentityNumber, IdentityProblem, parse

FRONT, BACK = "front", "back"
SURE = 90
"""Least score at which a field needs no second look."""

_LABELS = {
    FRONT: ("姓名", "性别", "民族", "出生", "住址", "公民身份号码"),
    BACK: ("中华人民共和国", "居民身份证", "签发机关", "有效期限"),
}
_NUMBER = re.compile(r"[1-9][0-9]{16}[0-9X]")
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})")
_PERIOD = re.compile(r"(\d{4})[.．](\d{1,2})[.．](\d{1,2})[-—–一至]+(长期|(\d{4})[.．](\d{1,2})[.．](\d{1,2}))")
_HAN = re.compile(r"[^\u4e00-\u9fff·]")
_WIDE = 500
_LEAST_SHARPNESS = 250.0
"""Mean square of the second difference of the picture at 500 px."""


def read_card(jpeg: bytes, side: str, regions: Mapping[str, Text], today: date) -> CardReading:
    """Read a picture that `plumbing.pictures` made. `side` is front or back. Seconds of work; not in a transaction.

    `problem` of the answer is empty, or names what to do: blurred, glare, cropped, wrong_side, not_a_card, mismatch
    (print and number contradict each other), expired.
    """
    lines = read_lines(jpeg)
    reading = read_side(lines, side, regions, today)
    if reading.problem in ("", "wrong_side", "mismatch", "expired"):
        return reading
    return CardReading(side, reading.fields, _reason(jpeg, lines, side, reading.problem))


def read_side(lines: Sequence[Line], side: str, regions: Mapping[str, Text], today: date) -> CardReading:
    """The fields of one side from its lines; `problem` as far as print alone tells."""
    other = BACK if side == FRONT else FRONT
    if labels_seen(lines, side) < 2:
        return CardReading(side, (), "wrong_side" if labels_seen(lines, other) >= 2 else "not_a_card")
    return _front(lines, regions, today) if side == FRONT else _back(lines, today)


def _front(lines: Sequence[Line], regions: Mapping[str, Text], today: date) -> CardReading:
    place, number = _number(lines, regions, today)
    name = _behind(lines, "姓名")
    nation = _nation(lines)
    printed = _printed_birth(lines)
    address, address_at = _address(lines)
    fields = (
        _value("name", _HAN.sub("", name.text) if name else "", name),
        _value("sex", number.sex if number else "", place),
        _value("nation", nation[0], nation[1]),
        _value("birth", number.birth.isoformat() if number else "", place),
        _value("address", address, address_at),
        _value("number", number.number if number else "", place),
    )
    if number is None or not fields[0].value:
        return CardReading(FRONT, fields, "unclear")
    # Two readings of one fact that disagree: the picture shows two cards, or one that was altered.
    return CardReading(FRONT, fields, "mismatch" if printed and printed != number.birth.isoformat() else "")


def _back(lines: Sequence[Line], today: date) -> CardReading:
    authority = _behind(lines, "签发机关")
    period = next(((hit, line) for line in lines if (hit := _PERIOD.search(line.text.replace(" ", "")))), None)
    first, last = ("", "") if period is None else (_iso(*period[0].group(1, 2, 3)), _last(period[0]))
    at = None if period is None else period[1]
    fields = (
        _value("authority", _HAN.sub("", authority.text) if authority else "", authority),
        _value("valid_from", first, at),
        _value("valid_until", last, at),
    )
    if not all(field.value for field in fields):
        return CardReading(BACK, fields, "unclear")
    return CardReading(BACK, fields, "expired" if last != "long_term" and last < today.isoformat() else "")


def _number(
    lines: Sequence[Line], regions: Mapping[str, Text], today: date
) -> tuple[Line | None, IdentityNumber | None]:
    for line in lines:
        squeezed = re.sub(r"[^0-9Xx]", "", line.text.translate(str.maketrans("OoIl", "0011"))).upper()
        for hit in _NUMBER.findall(squeezed):
            try:
                return line, parse(hit, regions, today)
            except IdentityProblem:
                continue
    return None, None


def _nation(lines: Sequence[Line]) -> tuple[str, Line | None]:
    for line in lines:
        squeezed = line.text.replace(" ", "")
        if "民族" in squeezed and (behind := squeezed.split("民族", 1)[1]):
            return _HAN.sub("", behind), line
    beside = _behind(lines, "民族")
    return (_HAN.sub("", beside.text), beside) if beside else ("", None)


def _printed_birth(lines: Sequence[Line]) -> str:
    for line in lines:
        if hit := _DATE.search(line.text.replace(" ", "")):
            return _iso(*hit.groups())
    return ""


def _address(lines: Sequence[Line]) -> tuple[str, Line | None]:
    """One to three lines under each other: they begin at the same left edge as the first."""
    first = _behind(lines, "住址")
    if first is None:
        return "", None
    below = [
        line
        for line in lines
        if first.box[1] < line.box[1] < first.box[1] + 4 * first.box[3]
        and abs(line.box[0] - first.box[0]) < 2 * first.box[3]
        and not _NUMBER.search(line.text)
        and not line.text.startswith(_LABELS[FRONT])
    ]
    parts = [first, *sorted(below, key=lambda line: line.box[1])]
    return "".join(part.text.replace(" ", "") for part in parts), first


def _behind(lines: Sequence[Line], label: str) -> Line | None:
    """What stands behind a label, in its own line or in the nearest box to its right."""
    for line in lines:
        squeezed = line.text.replace(" ", "")
        if not squeezed.startswith(label):
            continue
        if len(squeezed) > len(label):
            x, y, width, height = line.box
            gone = width * len(label) // len(squeezed)
            return Line(squeezed[len(label) :], line.score, (x + gone, y, width - gone, height))
        beside = [
            other
            for other in lines
            if other.box[0] >= line.right - line.box[3] // 2 and abs(other.middle - line.middle) <= line.box[3]
        ]
        return min(beside, key=lambda other: other.box[0], default=None)
    return None


def _value(code: str, value: str, line: Line | None) -> ReadValue:
    score = line.score if line is not None else 0
    return ReadValue(code, value, score, doubtful=not value or score < SURE, box=line.box if line is not None else ())


def labels_seen(lines: Sequence[Line], side: str) -> int:
    """How many of the words that one side always prints are on the page."""
    printed = "|".join(line.text.replace(" ", "") for line in lines)
    return sum(label in printed for label in _LABELS[side])


def _reason(jpeg: bytes, lines: Sequence[Line], side: str, problem: str) -> str:
    """Why a field is missing, from the picture itself: people can mend light, distance and a steady hand."""
    if _sharpness(jpeg) < _LEAST_SHARPNESS:
        return "blurred"
    if problem == "not_a_card":
        return problem
    last = {FRONT: "公民身份号码", BACK: "有效期限"}[side]
    # The last label is there and its line is not: light or a finger lies on it.
    return "glare" if any(last in line.text.replace(" ", "") for line in lines) else "cropped"


def _sharpness(jpeg: bytes) -> float:
    """Of the strongest tenth of the rows, so that plain paper around the print does not count; small enough that the
    grain of a dark room does not count as print."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
        grey = picture.convert("L").resize(
            (_WIDE, max(1, picture.height * _WIDE // picture.width)), Image.Resampling.BOX
        )
    pixels = np.asarray(grey, dtype=np.float64)
    bent = pixels[:, 2:] - 2 * pixels[:, 1:-1] + pixels[:, :-2]
    rows = np.sort((bent**2).mean(axis=1))
    return float(rows[-max(1, len(rows) // 10) :].mean())


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _last(hit: re.Match[str]) -> str:
    return "long_term" if hit.group(4) == "长期" else _iso(*hit.group(5, 6, 7))
