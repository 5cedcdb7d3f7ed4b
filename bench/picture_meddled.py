"""`picture.meddled`: of photographs of papers with a place that was meddled with, how many are found by their grain,
and of honest ones, how many are suspected all the same.

The set is drawn (`bench/papers`): no real forgeries are in it, and a real camera's grain is less even than this one's.
Honest pictures are the photographs themselves (shadows, glare, folds, strong compression among them) and each of them
saved again, sent by a messenger once and twice, saved from a screen, and stamped by a camera program. The limit beside
each found share is the share of honest pictures of the same way that are suspected; beside the false alarms it is the
most that they may be. What was found goes to standard error by way and edit, with the seconds a picture took.
"""

from __future__ import annotations

import io
import random
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from PIL import Image

from baohe.cli.bench import Measure
from baohe.plumbing import picture_grain

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.papers import edited  # noqa: E402 - the samples of the tests lie beside the program, not in it
from bench.papers.labelled import labelled_set  # noqa: E402

PHOTOGRAPHS, SEED = 40, 37
"""Another seed than the limits were fitted on (11 and 23)."""

MOST_ALARMS = 0.01
_SENT = {"saved_again": edited.saved_again, "messenger": edited.by_messenger}


def measure() -> dict[str, Measure]:
    """Shares of 1."""
    taken = list(islice(_photographs(), PHOTOGRAPHS))
    honest = {"as_taken": taken}
    for name, way in edited.WAYS.items():
        honest[name] = [way(_opened(content), random.Random(seed)) for seed, content in enumerate(taken)]
    alarms = {name: _found(f"honest {name}", contents) for name, contents in honest.items()}
    count = sum(map(len, honest.values()))
    whole = sum(share * len(honest[name]) for name, share in alarms.items()) / count
    told = {"picture.meddled.false_alarms": Measure(whole, f"share of {count} honest", MOST_ALARMS)}
    for edit in edited.EDITS:
        for sent in _SENT:
            pictures = [_edited(taken, at, edit, sent) for at in range(len(taken))]
            share = _found(f"{edit} {sent}", [one for one in pictures if one])
            told[f"picture.meddled.{edit}.{sent}"] = Measure(share, "share found", alarms[sent])
    return told


def _photographs() -> Iterator[bytes]:
    """Of invoices and bills that can be read."""
    for claim in labelled_set(4 * PHOTOGRAPHS, SEED):
        for given in claim.papers:
            if given.kind in ("invoice", "bill") and not {"blurred", "black"} & set(given.troubles):
                yield given.jpeg()


def _edited(taken: list[bytes], at: int, edit: str, sent: str) -> bytes | None:
    """None where the picture has no word to meddle with."""
    chance = random.Random(f"{at}/{edit}")
    picture, other = _opened(taken[at]), _opened(taken[at - 1])
    if len(edited.words_in(picture)) < 2 or len(edited.figures_in(picture)) < 2 or not edited.words_in(other):
        return None
    done, _ = edited.EDITS[edit](picture, other, chance)
    return _SENT[sent](done, chance)


def _found(name: str, contents: list[bytes]) -> float:
    begin = time.perf_counter()
    least = [picture_grain.shares(content) for content in contents]
    seconds = (time.perf_counter() - begin) / len(contents)
    bare = sum(grain < picture_grain.GRAIN_SHARE for grain, _ in least)
    same = sum(twins < picture_grain.SAME_SHARE for _, twins in least)
    found = sum(grain < picture_grain.GRAIN_SHARE or twins < picture_grain.SAME_SHARE for grain, twins in least)
    told = f"{found:3}/{len(contents)}: {bare} without grain, {same} of one grain; {seconds:.2f} s each"
    print(f"{name:26} {told}", file=sys.stderr, flush=True)
    return found / len(contents)


def _opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")
