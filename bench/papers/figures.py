"""From a walked set to its figures: fields read right, claims paid without a person, money paid wrongly."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from baohe.adapters.ocr.contracts import PaperReading
from bench.papers.story import PAY, Given
from bench.papers.walk import Walked

_ILLEGIBLE = {"blurred", "black"}


@dataclass(frozen=True, slots=True)
class Slip:
    """A field that was read otherwise than printed. `doubtful`: the claimant is asked about it."""

    file: str
    kind: str
    layout: str
    photo: str
    field: str
    read: str
    truth: str
    doubtful: bool


def accuracy(walked: Sequence[Walked]) -> dict[str, tuple[int, int]]:
    """Kind → fields read right, and all that are printed, over the papers that a person can read."""
    right: Counter[str] = Counter()
    printed: Counter[str] = Counter()
    for _, given, reading in _read(walked):
        printed[given.paper.kind] += len(given.paper.truth)
        right[given.paper.kind] += len(given.paper.truth) - len(_wrong(given, reading))
    return {kind: (right[kind], printed[kind]) for kind in sorted(printed)}


def slips(walked: Sequence[Walked]) -> list[Slip]:
    """Every field that was read otherwise; `file` is the claim's number in the set, and its paper's."""
    found = []
    for name, given, reading in _read(walked):
        for code in _wrong(given, reading):
            field = next((one for one in reading.fields if one.code == code), None)
            found.append(
                Slip(
                    f"{name}-{given.paper.kind}",
                    given.paper.kind if reading.kind == given.paper.kind else f"{given.paper.kind} as {reading.kind}",
                    given.paper.layout,
                    " ".join(given.troubles),
                    code,
                    field.value if field else "",
                    given.paper.truth[code],
                    field.doubtful if field else True,
                )
            )
    return found


def straight_through(walked: Sequence[Walked]) -> tuple[int, int]:
    """Clean claims that were paid the right sum without a person, the honest claimant's; and all clean ones."""
    clean = [one for one in walked if one.claim.expected == PAY]
    paid = [one for one in clean if one.honest.outcome == "pay" and not one.honest.wrong(one.claim)]
    return len(paid), len(clean)


def wrong_payments(walked: Sequence[Walked]) -> list[Walked]:
    """Of either claimant."""
    return [one for one in walked if one.honest.wrong(one.claim) or one.careless.wrong(one.claim)]


def refusals(walked: Sequence[Walked]) -> int:
    return sum(one.honest.refused or one.careless.refused for one in walked)


def plain(code: str, value: str) -> str:
    """Normalised for comparing: case, spaces, brackets and full-width signs say nothing."""
    value = value.translate(str.maketrans("（），：；", "(),:;"))
    return re.sub(r"\s", "", value).casefold().rstrip(".,")


def _read(walked: Sequence[Walked]) -> Iterator[tuple[str, Given, PaperReading]]:
    for number, one in enumerate(walked, 1):
        for at, (given, reading) in enumerate(zip(one.claim.papers, one.readings, strict=True)):
            if reading is not None and given.paper.truth and not _ILLEGIBLE & set(given.troubles):
                yield f"{number:04d}-{at}", given, reading


def _wrong(given: Given, reading: PaperReading) -> list[str]:
    return [code for code, value in given.paper.truth.items() if plain(code, reading.value(code)) != plain(code, value)]
