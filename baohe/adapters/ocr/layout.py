"""Where things stand on a page: labels, and the values behind, beside or below them. Pure.

A value stands behind its label in the same line ("票据号码：8707257965"), in the next box to the right, or in the box
below. Spaces within Chinese words mean nothing (姓 名), and a colon may be lost; a line may hold several pairs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from baohe.adapters.ocr.contracts import Box, Found, Line, ReadValue

Labels = Mapping[str, tuple[str, ...]]
Accept = Callable[[str], str]
"""Printed text → the normalised value, empty for what is none."""

_PLAIN = str.maketrans("：（）【】，．。～—–－／；￥|｜", ":()[],..~---/;¥::")
_BOUNDARY = re.compile(r"[:\d¥(\[A-Za-z*#]")
_LEAST_FUZZY = 4
_SURE = 85
_PROVED, _REFUTED = 97, 50


def worded(labels: Mapping[str, str]) -> Labels:
    """Labels from words between spaces."""
    return {code: tuple(words.split()) for code, words in labels.items()}


def plain(text: str) -> str:
    """Half-width, without spaces: what labels and patterns are sought in."""
    return "".join(text.split()).translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class Place:
    """A label in a line without its spaces; behind it, letters `start` to `stop`, its value may stand."""

    code: str
    label: str
    line: Line
    start: int
    stop: int

    @property
    def begin(self) -> int:
        return self.start - len(self.label)


class Sheet:
    """A page with the labels that one kind of paper has; those under "" only end the values of others."""

    def __init__(self, lines: Sequence[Line], labels: Labels) -> None:
        self._labels = sorted(
            ((code, label) for code, group in labels.items() for label in group),
            key=lambda pair: -len(pair[1]),
        )
        self.lines = _untorn(sorted(lines, key=lambda line: line.middle), [label for _, label in self._labels])
        self._rank = {label: at for group in labels.values() for at, label in enumerate(group)}
        self._places = [place for line in self.lines for place in self._places_in(line)]
        self._labelled = {id(place.line) for place in self._places}
        self._opened = {id(place.line) for place in self._places if place.begin <= 1}

    def places(self, code: str) -> list[Place]:
        """Where a label stands, the most telling wording first, then from top to bottom."""
        return sorted(
            (place for place in self._places if place.code == code), key=lambda place: self._rank[place.label]
        )

    def first(self, code: str, accept: Accept) -> tuple[str, Found | None]:
        """The first value that `accept` understands, and where it stood."""
        for place in (*self.places(code), *self._misread(code)):
            for found in self.behind(place):
                if value := accept(found.text):
                    return value, found
        return "", None

    def behind(self, place: Place) -> Iterator[Found]:
        """Where the value of a label may stand: behind it, beside it, below it."""
        if (own := part(place.line, place.start, place.stop)).text.strip(":"):
            yield own
        if place.stop < len(plain(place.line.text)):
            return  # another label follows in the same line
        for line in self.right_of(place.line)[:4]:
            if id(line) in self._opened:
                break
            end = min((place.begin for place in self._places if place.line is line), default=10**6)
            yield part(line, 0, end)
        if not own.text.strip(":"):
            for line in self.below(place.line)[:1]:
                if id(line) not in self._labelled:
                    yield whole(line)

    def right_of(self, line: Line) -> list[Line]:
        """Boxes to the right on the same row, the nearest first."""
        return sorted(
            (
                other
                for other in self.lines
                if other is not line
                and other.box[0] >= line.right - line.box[3] * 2 // 3
                and abs(other.middle - line.middle) <= max(line.box[3], other.box[3]) * 6 // 10
            ),
            key=lambda other: other.box[0],
        )

    def below(self, line: Line) -> list[Line]:
        """Boxes under this one, the nearest first, as long as there is no wide gap."""
        return [
            other
            for other in self.lines
            if 0 < other.middle - line.middle <= 3 * line.box[3]
            and other.box[0] < line.right
            and other.right > line.box[0]
            and other.box[1] > line.box[1] + line.box[3] // 2
        ]

    def opened_by_label(self, line: Line) -> bool:
        return id(line) in self._opened

    def _places_in(self, line: Line) -> list[Place]:
        text = plain(line.text)
        upper = text.upper()
        taken: list[tuple[int, int, str, str]] = []
        for code, label in self._labels:
            for hit in re.finditer(re.escape(label), upper):
                free = all(hit.end() <= start or hit.start() >= end for start, end, *_ in taken)
                if free and _stands_as_label(text, label, hit.start(), hit.end(), line.text):
                    taken.append((hit.start(), hit.end(), code, label))
        if not taken:
            return []
        taken.sort()
        stops = [start for start, *_ in taken[1:]] + [len(text)]
        return [Place(code, label, line, end, stop) for (_, end, code, label), stop in zip(taken, stops, strict=True)]

    def _misread(self, code: str) -> Iterator[Place]:
        """Labels of four letters and more with one of them misread, at the beginning of a line."""
        for own, label in self._labels:
            if own != code or len(label) < _LEAST_FUZZY:
                continue
            for line in self.lines:
                if id(line) in self._opened:
                    continue  # 个人自付 is no misread 个人支付
                head = plain(line.text)[: len(label)].upper()
                if len(head) == len(label) and sum(a != b for a, b in zip(head, label, strict=True)) == 1:
                    yield Place(code, label, line, len(label), len(plain(line.text)))


def _untorn(lines: list[Line], labels: Sequence[str]) -> list[Line]:
    """Labels printed wide apart (名      称：) come as two boxes: they are put together again."""
    for line in [one for one in lines if len(plain(one.text)) <= 2 and _han(plain(one.text)[:1])]:
        beside = [
            other
            for other in lines
            if other is not line
            and -line.box[3] <= other.box[0] - line.right <= 6 * line.box[3]
            and other.box[0] > line.box[0]
            and abs(other.middle - line.middle) <= line.box[3] // 2
        ]
        after = min(beside, key=lambda other: other.box[0], default=None)
        if after is None or not (plain(line.text) + plain(after.text)).startswith(tuple(labels)):
            continue
        if plain(line.text).startswith(tuple(labels)) or plain(after.text).startswith(tuple(labels)):
            continue
        gap = " " * round(2 * (after.box[0] - line.right) / max(1, line.box[3]))
        height = max(line.box[3], after.box[3])
        box = (line.box[0], min(line.box[1], after.box[1]), after.right - line.box[0], height)
        joined = Line(f"{line.text}{gap}{after.text}", min(line.score, after.score), box)
        lines = [joined if one is after else one for one in lines if one is not line]
    return lines


def _stands_as_label(text: str, label: str, start: int, end: int, raw: str) -> bool:
    """A label begins a line or a word, and short ones do not run on into another word (医院收费票据, 合计大写)."""
    behind = text[end : end + 1]
    if start > 0 and _han(text[start - 1]) and behind != ":":
        return False
    if len(label) > 2 or label == "姓名" or label.endswith(":"):
        return True
    return not behind or bool(_BOUNDARY.match(behind)) or _space_follows(raw, end)


def _space_follows(raw: str, end: int) -> bool:
    seen = 0
    for at, letter in enumerate(raw):
        if seen == end:
            return letter.isspace() or (at > 0 and raw[at - 1].isspace())
        seen += not letter.isspace()
    return True


def _han(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


def part(line: Line, start: int, stop: int) -> Found:
    """Letters `start` to `stop` of a line without its spaces, and the part of its box where they stand."""
    places = [at for at, letter in enumerate(line.text) if not letter.isspace()][start:stop]
    while places and line.text[places[0]] in ":：;；|":
        places.pop(0)
    if not places:
        return Found("", line)
    text = "".join(line.text[at] for at in places)
    return Found(
        text,
        Line(text, line.score, cut(line, places[0], places[-1] + 1)),
        tuple(places.index(at) for at in line.faint if at in places),
    )


def whole(line: Line) -> Found:
    return part(line, 0, len(line.text))


def cut(line: Line, start: int, stop: int) -> Box:
    """The box of some letters of a line, by their usual widths: a Chinese one is as wide as two others."""
    widths = [2 if ord(letter) > 0x2E80 else 1 for letter in line.text]
    whole = max(1, sum(widths))
    x, y, width, height = line.box
    left, right = sum(widths[:start]), sum(widths[:stop])
    return x + width * left // whole, y, max(1, width * (right - left) // whole), height


def field(code: str, value: str, found: Found | None, proved: bool | None = None, iso: str = "") -> ReadValue:
    """One field. `proved`: a check agrees (True), contradicts (False) or there is none (None)."""
    score = found.line.score if found is not None and value else 0
    if found is not None and found.faint:
        score = min(score, 70)
    if proved and value:
        score = max(score, _PROVED)
    elif proved is False:
        score = min(score, _REFUTED)
    box = found.line.box if found is not None and value else ()
    return ReadValue(
        code, value, score, doubtful=not value or score < _SURE, box=box, iso=iso, contradicted=proved is False
    )


def longest_han(text: str, least: int = 2, most: int = 40) -> str:
    """A name of a place or a company: what is no letter of one is cut off."""
    name = re.sub(r"[^\w\u4e00-\u9fff·•()（）\-&#]", "", text).strip("-_")
    return name[:most] if len(name) >= least else ""


def person(text: str) -> str:
    """A person's name: 2 to 10 Chinese letters, or a foreign name."""
    hit = re.match(r"[\u4e00-\u9fff·•*]{2,10}|[A-Za-z][A-Za-z .]{2,30}", text.lstrip(":： "))
    return hit.group() if hit else ""
