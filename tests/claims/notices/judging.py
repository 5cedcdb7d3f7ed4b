"""What the rules make of the labelled sentences, judged part by part.

A label is the right value. `?` and `-`: the sentence does not settle it, so it must be asked; `x`: the same, and
nobody of the name is insured here. Whatever is asked costs the claimant a tap; what is proposed wrongly and marked sure
is the one thing that must not be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from baohe.rooms.claims.contracts import Understood
from baohe.rooms.claims.rules.notice.understanding import Reading, understand
from tests.claims.notices.worlds import worlds

PARTS = ("member", "policy", "event", "day")
_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Judged:
    """One part of one sentence: what was proposed ("" nothing), whether it was called sure, and what was right."""

    sentence: str
    part: str
    right: str
    got: str
    sure: bool

    @property
    def open(self) -> bool:
        """The sentence does not settle it."""
        return self.right in ("?", "-", "x")

    @property
    def correct(self) -> bool:
        """Proposed right, or left open where it is open; a guess that is put as a question leaves it open too."""
        return not (self.got and self.sure) if self.open else self.got == self.right

    @property
    def sure_and_wrong(self) -> bool:
        return bool(self.got) and self.sure and (self.open or self.got != self.right)

    @property
    def asked(self) -> bool:
        return not (self.got and self.sure)


def judged(name: str) -> list[tuple[Judged, ...]]:
    """The four parts of every sentence of the file of that name beside this one."""
    return list(_judged((_FOLDER / f"{name}.txt").read_text(encoding="utf-8")))


def _judged(text: str) -> Iterator[tuple[Judged, ...]]:
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        where, sentence, *labels = (part.strip() for part in line.split("|"))
        world = worlds()[where]
        reading = understand(sentence, world.held, world.family, world.today)
        lines = {one.id: one.line for one in world.held}
        yield tuple(_part(sentence, part, right, reading, lines) for part, right in zip(PARTS, labels, strict=True))


def _part(sentence: str, part: str, right: str, reading: Reading, lines: dict[str, str]) -> Judged:
    one: Understood = getattr(reading, part)
    got = lines.get(one.value, "") if part == "policy" else one.value
    if part == "day" and right != "-":
        got = got[5:] if got.startswith("2026-") else got
    return Judged(sentence, part, right, got, one.sure and bool(one.value))
