"""Lines of print → values of a medical report. Pure: no engine, no clock.

Reports are tables (item, result, unit, range) or cells of "身高 172 cm". A value stands behind its label in the same
box, or in the next box to the right before another label begins; ranges are never values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from baohe.adapters.ocr.contracts import Line, ReportReading, ReportValue
from baohe.adapters.ocr.printed import iso_date
from baohe.adapters.ocr.report_terms import DATES, FINDINGS, NAME, NOT_SO, NUMBERS, OTHER_LABELS, PRESSURE

SURE = 85
MOST_FINDINGS = 8

_PLAIN = str.maketrans("：（），．～~—–－／", ":(),.-----/")
_RANGE = re.compile(r"[<>≤≥]?\d+(?:\.\d+)?-{1,2}\d+(?:\.\d+)?|[<>≤≥]\d+(?:\.\d+)?")
_NUMBER = re.compile(r"(?<![\d.])(\d{1,4}(?:\.\d{1,3})?)(?![\d.])")
_PAIR = re.compile(r"(\d{2,3})/(\d{2,3})")
_UNIT = re.compile(r"(mmol/L|[μuµ]mol/L|mg/dL|U/L|IU/L|mmHg|kPa|cm|kg|%|m(?![a-z]))", re.IGNORECASE)
_BRACKETS = re.compile(r"\([^)]*\)")
_PERSON = re.compile(r"^[\u4e00-\u9fff·]{2,8}")


@dataclass(frozen=True, slots=True)
class _Place:
    """A label in a line: what stands behind it in the same box, up to the next label."""

    code: str
    line: Line
    behind: str
    start: int


def read_report(lines: Sequence[Line], today: date) -> ReportReading:
    """Every value that can be found, the first one of each code. `today` is the business day of the upload."""
    places = [place for line in lines for place in _places(line)]
    found: dict[str, ReportValue] = {}
    for place in places:
        for value in _values(place, lines, places, today):
            earlier = found.get(value.code)
            if earlier is None:
                found[value.code] = value
            elif earlier.value != value.value:
                found[value.code] = _doubted(earlier)
    return ReportReading((*found.values(), *_findings(lines)), tuple(lines))


def _values(place: _Place, lines: Sequence[Line], places: Sequence[_Place], today: date) -> Iterator[ReportValue]:
    if place.code == "name":
        yield from _name(place, lines, places)
    elif place.code == "report_date":
        yield from _date(place, lines, places, today)
    elif place.code == "pressure":
        yield from _pressure(place, lines, places)
    elif place.code in NUMBERS:
        yield from _number(place, lines, places)


def _number(place: _Place, lines: Sequence[Line], places: Sequence[_Place]) -> Iterator[ReportValue]:
    term = NUMBERS[place.code]
    for text, line in _readable(place, lines, places):
        hit = _NUMBER.search(_RANGE.sub(" ", text))
        if hit is None:
            continue
        value = _tidy(hit.group(1))
        unit = _unit_of(place, lines, places) or term.unit
        strange = not term.least <= float(value) <= term.most or _same_unit(unit) != _same_unit(term.unit)
        yield _value(place.code, value, unit, "number", line, strange)
        return


def _pressure(place: _Place, lines: Sequence[Line], places: Sequence[_Place]) -> Iterator[ReportValue]:
    for text, line in _readable(place, lines, places):
        hit = _PAIR.search(text)
        if hit is None:
            continue
        for code, value in zip(("systolic", "diastolic"), hit.groups(), strict=True):
            term = NUMBERS[code]
            yield _value(code, value, term.unit, "number", line, not term.least <= int(value) <= term.most)
        return


def _name(place: _Place, lines: Sequence[Line], places: Sequence[_Place]) -> Iterator[ReportValue]:
    for text, line in _readable(place, lines, places):
        hit = _PERSON.match(text.lstrip(": "))
        if hit is not None:
            yield _value("name", hit.group(), "", "text", line, strange=False)
            return


def _date(place: _Place, lines: Sequence[Line], places: Sequence[_Place], today: date) -> Iterator[ReportValue]:
    for text, line in _readable(place, lines, places):
        day = iso_date(text)
        if day:
            yield _value("report_date", day, "", "date", line, strange=date.fromisoformat(day) > today)
            return


def _findings(lines: Sequence[Line]) -> tuple[ReportValue, ...]:
    """Diagnoses and nodules named anywhere, unless the words before take them back."""
    found: dict[str, ReportValue] = {}
    for line in lines:
        text = _tidy_text(line.text)
        for word in FINDINGS:
            at = text.find(word)
            if at < 0 or any(no in text[max(0, at - 8) : at] for no in NOT_SO):
                continue
            named = _with_grade(word, text[at:])
            if not any(named in earlier or earlier in named for earlier in found):
                code = f"finding_{len(found) + 1}"
                found[named] = _value(code, named, "", "text", _cut(line, at, len(text)), strange=False)
    return tuple(found.values())[:MOST_FINDINGS]


def _with_grade(word: str, text: str) -> str:
    """TI-RADS and BI-RADS mean nothing without their class."""
    if "RADS" not in word:
        return word
    hit = re.match(re.escape(word) + r"[:\-]?([0-6][abcABC]?)类?", text)
    return f"{word} {hit.group(1)}" if hit else word


def _places(line: Line) -> list[_Place]:
    """Every label in a line, longest first, so that 总胆固醇 is no part of another's name."""
    text = _tidy_text(line.text)
    taken: list[tuple[int, int, str]] = []
    for code, label in _LABELS:
        for hit in re.finditer(re.escape(label), text, re.IGNORECASE):
            free = all(hit.end() <= start or hit.start() >= end for start, end, _ in taken)
            if free and _begins_here(text, hit.start()):
                taken.append((hit.start(), hit.end(), code))
    if not taken:
        return []
    taken.sort()
    ends = [start for start, _, _ in taken[1:]] + [len(text)]
    return [_Place(code, line, text[end:stop], end) for (_, end, code), stop in zip(taken, ends, strict=True)]


def _begins_here(text: str, start: int) -> bool:
    """A label begins its box, or follows something that is no Chinese word: "尿微量白蛋白/尿肌酐" is no 尿酸."""
    return start == 0 or not "\u4e00" <= text[start - 1] <= "\u9fff"


def _readable(place: _Place, lines: Sequence[Line], places: Sequence[_Place]) -> Iterator[tuple[str, Line]]:
    """Where the value may stand: behind the label, then box by box to the right until another label begins."""
    behind = _BRACKETS.sub("", place.behind).strip(": ")
    if behind:
        yield behind, _cut(place.line, place.start, len(_tidy_text(place.line.text)))
    if any(other.line is place.line and other.start > place.start for other in places):
        return
    for line in _beside(place.line, lines):
        if any(other.line is line and other.start <= len(line.text) for other in places):
            return
        yield _tidy_text(line.text), line


def _beside(line: Line, lines: Sequence[Line]) -> list[Line]:
    """The boxes to the right on the same row; rows slope a little in a photograph taken by hand."""
    height = line.box[3]
    row = [
        other
        for other in lines
        if other is not line
        and other.box[0] >= line.right - height // 2
        and abs(other.middle - line.middle) <= max(height, other.box[3]) * 6 // 10
    ]
    return sorted(row, key=lambda other: other.box[0])[:6]


def _unit_of(place: _Place, lines: Sequence[Line], places: Sequence[_Place]) -> str:
    inside = _UNIT.search(place.behind)
    if inside:
        return inside.group(1)
    for text, _ in _readable(place, lines, places):
        hit = _UNIT.search(text)
        if hit:
            return hit.group(1)
    return ""


def _same_unit(unit: str) -> str:
    return unit.lower().replace("µ", "μ").replace("umol", "μmol").replace("iu/l", "u/l")


def _value(code: str, value: str, unit: str, kind: str, line: Line, strange: bool) -> ReportValue:
    return ReportValue(code, value, unit, kind, line.score, strange or line.score < SURE, line.box)


def _doubted(value: ReportValue) -> ReportValue:
    return ReportValue(value.code, value.value, value.unit, value.kind, value.confidence, True, value.box)


def _tidy(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number.lstrip("0") or "0"


def _tidy_text(text: str) -> str:
    return "".join(text.translate(_PLAIN).split())


def _cut(line: Line, start: int, length: int) -> Line:
    """The part of a line from a letter on, its box cut in proportion."""
    x, y, width, height = line.box
    gone = width * start // max(1, length)
    return Line(line.text, line.score, (x + gone, y, max(1, width - gone), height))


_LABELS: list[tuple[str, str]] = sorted(
    [
        *((code, label) for code, term in NUMBERS.items() for label in term.labels),
        *(("pressure", label) for label in PRESSURE),
        *(("name", label) for label in NAME),
        *(("report_date", label) for label in DATES),
        *(("other", label) for label in OTHER_LABELS),
    ],
    key=lambda pair: -len(pair[1]),
)
