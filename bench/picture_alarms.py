"""`picture.alarms`: the share of clear photographs of papers that are doubted at their arrival: their senders would be
asked for nothing. The reference is the share of the same photographs, spoilt in one of five ways, that are not.

What was doubted is printed on standard error by the way of spoiling.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from baohe.cli.bench import Measure
from baohe.plumbing import picture_checks, pictures

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.uploads import photographed  # noqa: E402 - the samples of the tests lie beside the program, not in it

PAPERS = 60
_SPOILT: dict[str, Callable[[Image.Image], Image.Image]] = {
    "blurred": lambda picture: photographed.blurred(picture, 2),
    "dark": lambda picture: photographed.lit(picture, 0.25),
    "glare": lambda picture: photographed.glaring(picture, 0.35),
    "cropped": lambda picture: photographed.cut(picture, 0.3),
    "too_small": lambda picture: picture.resize((480, round(480 * picture.height / picture.width))),
}


def measure() -> Measure:
    """Shares of 1."""
    clear = [photographed.clear(seed, long_side=1_600) for seed in range(PAPERS)]
    clear += [photographed.screenshot(seed) for seed in range(PAPERS // 6)]
    alarms = Counter(doubt for picture in clear for doubt in _doubts(picture) or ("",))
    print(f"clear: {dict(alarms)}", file=sys.stderr)
    missed = 0
    for name, spoil in _SPOILT.items():
        found = [_doubts(spoil(picture)) for picture in clear[:PAPERS]]
        missed += sum(not doubts for doubts in found)
        print(f"{name}: {dict(Counter(doubts or ('',) for doubts in found))}", file=sys.stderr)
    return Measure(1 - alarms[""] / len(clear), "share", missed / (PAPERS * len(_SPOILT)))


def _doubts(picture: Image.Image) -> tuple[str, ...]:
    seen = picture_checks.measured(pictures.make_safe(photographed.jpeg(picture)).jpeg)
    nothing = picture_checks.useless(seen)
    return (nothing,) if nothing else picture_checks.doubts(seen)
