"""`identity.photo`: the share of fields of identity cards that are read right, of photographs taken by hand (turned,
skewed, grainy, in uneven light), both sides of twelve invented cards. The reference is the same engine and rules on the
same cards drawn flat, without a camera between.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from baohe.adapters.ocr.id_card import read_card
from baohe.cli.bench import Measure
from baohe.plumbing import clock
from baohe.plumbing.pictures import make_safe
from baohe.rooms.people.regions import regions

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.identity.sample_card import card, draw_back, draw_front, printed  # noqa: E402 - samples of the tests

CARDS = 12


def measure() -> Measure:
    """Shares of 1 over 108 fields of 24 pictures each."""
    return Measure(_share(by_hand=True), "share", _share(by_hand=False))


def _share(by_hand: bool) -> float:
    right = total = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(CARDS):
            truth = card(number)
            for side, draw in (("front", draw_front), ("back", draw_back)):
                path = draw(Path(folder) / "card.jpg", truth, number if by_hand else None)
                reading = read_card(make_safe(path.read_bytes()).jpeg, side, regions(), clock.today())
                told = printed(truth, side)
                right += sum(reading.value(code) == value for code, value in told.items())
                total += len(told)
    return right / total
