"""Places of a photograph whose grain does not fit: print without the grain around it, or two figures of one grain.

A camera's grain is everywhere and nowhere twice. Whoever writes another amount over a photographed one leaves a place
without grain; whoever copies a figure copies its grain too. Neither needs metadata. Both fade when a picture is made
smaller or compressed strongly, and then nothing is said: what is not found here is no proof of anything. A sticker, a
stamp or a program's print may look the same, so a place found is a question to a person and never an answer.

The limits are fitted to drawn photographs, honest and meddled with (`bench/picture_meddled.py`), far from the honest
ones: much is missed, above all where the patch is no larger than its print. Everything happens on the grey picture as
it was sent, in less than a second and 256 MB for a telephone's photograph.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from baohe.plumbing import picture_traces

NO_GRAIN, SAME_GRAIN = "no_grain", "same_grain"
MOST = 6
"""Places told of one picture: more are a texture, not an edit."""

GRAIN_SHARE = 0.70
"""Grain beside a word's letters, of that around the word, below which the word has none of its own. Compression adds
ripples to print and takes nothing from it: an honest word has as much or more."""

SAME_SHARE = 0.65
"""How far two figures differ, of how far their grains would differ if each had its own."""

_FULL_SIZE = 16_000_000
_USUAL_SIDE = 1_600
_DARKER = 25
_LEAST_GRAIN, _LEAST_TWIN_GRAIN = 0.8, 1.6
_CLIPPED = 250
_LEVELS_APART = 16
_MOST_WORDS, _MOST_FIGURES, _MOST_PAIRS = 600, 1_200, 800
_SIDE = 12
_ALIKE, _LEAST_ALIKE = 0.9, 0.5
"""Of two figures made small, and of their grain where there is no edge of print."""
_RIM = 2
_RANGE = 2
_AROUND = 12

Grey = NDArray[np.uint8]
Box = tuple[int, int, int, int]
_TURNED_BACK = {
    1: lambda x, y, w, h: (x, y, w, h),
    2: lambda x, y, w, h: (1 - x - w, y, w, h),
    3: lambda x, y, w, h: (1 - x - w, 1 - y - h, w, h),
    4: lambda x, y, w, h: (x, 1 - y - h, w, h),
    5: lambda x, y, w, h: (y, x, h, w),
    6: lambda x, y, w, h: (1 - y - h, x, h, w),
    7: lambda x, y, w, h: (1 - y - h, 1 - x - w, h, w),
    8: lambda x, y, w, h: (y, 1 - x - w, h, w),
}
"""EXIF orientation → a box of the stored picture in the upright one, shares of 1."""


@dataclass(frozen=True, slots=True)
class Place:
    """`code` is no_grain or same_grain; boxes are x, y, width, height in 1/10,000 of the upright picture's sides.

    `twin` is the other of two same figures, empty for no_grain. `share` is what the limit is compared with."""

    code: str
    box: Box
    twin: tuple[int, ...] = ()
    share: float = 0.0


def odd_places(content: bytes) -> tuple[Place, ...]:
    """Of a file that `pictures.make_safe` took; the oddest first, at most `MOST` of a kind."""
    grey, turn = _opened(content)
    ink = _ink(grey)
    found = [Place(NO_GRAIN, box, (), share) for share, box in _without_grain(grey, ink) if share < GRAIN_SHARE]
    twins = [Place(SAME_GRAIN, one, two, share) for share, one, two in _same(grey, ink) if share < SAME_SHARE]
    height, width = grey.shape
    return tuple(
        Place(place.code, _upright(place.box, width, height, turn), _twin(place, width, height, turn), place.share)
        for kind in (found, twins)
        for place in sorted(kind, key=lambda place: place.share)[:MOST]
    )


def shares(content: bytes) -> tuple[float, float]:
    """(least grain beside a word, least difference of two figures), for fitting the limits; 9 where there is none."""
    grey, _ = _opened(content)
    ink = _ink(grey)
    return (
        min((share for share, _ in _without_grain(grey, ink)), default=9.0),
        min((share for share, *_ in _same(grey, ink)), default=9.0),
    )


def _opened(content: bytes) -> tuple[Grey, int]:
    """Grey as stored, and its EXIF turn. A very large one at half size: grain survives that, memory does not."""
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as picture:
        turn = picture_traces.orientation_of(picture)
        half = 2 if picture.width * picture.height > _FULL_SIZE else 1
        picture.draft("L", (picture.width // half, picture.height // half))
        return np.asarray(picture.convert("L")), turn


def _ink(grey: Grey) -> Grey:
    """255 where it is clearly darker than the ground around."""
    ground = cv2.blur(grey, (_scaled(grey, 41) | 1,) * 2)
    return np.where(cv2.subtract(ground, grey) > _DARKER, np.uint8(255), np.uint8(0))


def _scaled(grey: Grey, pixels: int) -> int:
    """Pixels of a picture of usual size in this one: print grows with the picture, grain does not."""
    return max(pixels, round(pixels * max(grey.shape) / _USUAL_SIDE))


def _without_grain(grey: Grey, ink: Grey) -> Iterator[tuple[float, Box]]:
    """Each word with the share of grain that it has of its own."""
    joined = cv2.dilate(ink, np.ones((3, _scaled(grey, 13)), np.uint8))
    highest = _scaled(grey, 90)
    boxes = [box for box in _boxes(joined) if 12 <= box[3] <= highest and 1.2 <= box[2] / box[3] <= 12]
    for box in sorted(boxes, key=lambda box: -box[2] * box[3])[:_MOST_WORDS]:
        share = _grain_share(grey, ink, box)
        if share is not None:
            yield share, box


def _grain_share(grey: Grey, ink: Grey, box: Box) -> float | None:
    """None where it cannot be told: at the picture's edge, too little paper, too light, or ground of another shade."""
    x, y, wide, high = box
    reach, near = 2 * max(16, high), max(16, high) // 2
    left, top = x - reach, y - reach
    if left < 0 or top < 0 or x + wide + reach > grey.shape[1] or y + high + reach > grey.shape[0]:
        return None
    around = slice(top, y + high + reach), slice(left, x + wide + reach)
    part = grey[around]
    if (part >= _CLIPPED).mean() > 0.01:
        return None
    paper = _off(grey, ink[around]) & (part > 20)
    own, others = np.zeros(part.shape, bool), np.ones(part.shape, bool)
    own[reach + 1 : reach + high - 1, reach + 2 : reach + wide - 2] = True
    others[reach - near : reach + high + near, reach - near : reach + wide + near] = False
    own, others = own & paper, others & paper
    if own.sum() < 120 or others.sum() < 300 or abs(part[own].mean() - part[others].mean()) > _LEVELS_APART:
        return None
    fine = _fine(part)
    outside = _spread(fine[others])
    return _spread(fine[own]) / outside if outside >= _LEAST_GRAIN else None


def _same(grey: Grey, ink: Grey) -> Iterator[tuple[float, Box, Box]]:
    """Each pair of figures that look alike, with how much they differ of what two grains would."""
    low, high = 10, _scaled(grey, 80)
    edge = _scaled(grey, _AROUND) + _RIM + _RANGE
    boxes = [
        (x, y, w, h)
        for x, y, w, h in _boxes(ink)
        if low <= h <= high and 4 <= w <= high and min(x, y) > edge
        if x + w < grey.shape[1] - edge and y + h < grey.shape[0] - edge
    ]
    boxes = sorted(boxes, key=lambda box: (-box[3], box))[:_MOST_FIGURES]
    for one, two in _lookalikes(grey, boxes):
        share = _difference(grey, ink, boxes[one], boxes[two])
        if share is not None:
            yield share, boxes[one], boxes[two]


def _lookalikes(grey: Grey, boxes: list[Box]) -> list[tuple[int, int]]:
    """The pairs of one size that look most alike when both are made small."""
    if len(boxes) < 2:
        return []
    small = np.stack([_reduced(grey, box) for box in boxes])
    alike = small @ small.T
    sizes = np.array([box[2:] for box in boxes])
    for side in (0, 1):
        alike[np.abs(sizes[:, None, side] - sizes[None, :, side]) > 2] = 0
    alike[np.tril_indices(len(boxes))] = 0
    flat = alike.ravel()
    best = np.argpartition(-flat, min(_MOST_PAIRS, flat.size - 1))[:_MOST_PAIRS]
    return [divmod(int(pair), len(boxes)) for pair in best if flat[pair] > _ALIKE]


def _reduced(grey: Grey, box: Box) -> NDArray[np.float32]:
    x, y, wide, high = box
    small = cv2.resize(grey[y - 1 : y + high + 1, x - 1 : x + wide + 1], (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    plain = small.astype(np.float32).ravel()
    plain -= plain.mean()
    length = float(np.linalg.norm(plain))
    return plain / length if length else plain


def _difference(grey: Grey, ink: Grey, one: Box, two: Box) -> float | None:
    """None where it cannot be told: no grain around or inside, or not dark print on an even ground."""
    around = [_around(grey, ink, box) for box in (one, two)]
    grain = min(fine for fine, _ in around)
    if grain < _LEAST_TWIN_GRAIN:
        return None
    first = _cut(grey, one, one, _RIM)
    field = _cut(grey, two, one, _RIM + _RANGE)
    off = cv2.matchTemplate(field, first, cv2.TM_SQDIFF)
    down, right = divmod(int(off.argmin()), off.shape[1])
    second = field[down : down + first.shape[0], right : right + first.shape[1]]
    if max(first.max(), second.max()) >= _CLIPPED:
        return None
    if not all(_on_ground(patch, grain, level) for patch, (_, level) in zip((first, second), around, strict=True)):
        return None
    fine_one, fine_two = _fine(first), _fine(second)
    smooth = _smooth(first, grain)
    if smooth.sum() < 60 or min(_spread(fine_one[smooth]), _spread(fine_two[smooth])) < 0.6 * grain:
        return None
    if np.corrcoef(fine_one[smooth], fine_two[smooth])[0, 1] < _LEAST_ALIKE:
        return None
    return float((fine_one - fine_two).std() / (np.sqrt(2) * grain))


def _around(grey: Grey, ink: Grey, box: Box) -> tuple[float, float]:
    """Grain and level of the paper around a figure; no grain where there is too little paper."""
    rim = _scaled(grey, _AROUND)
    part = _cut(grey, box, box, rim)
    paper = _off(grey, _cut(ink, box, box, rim))
    return (_spread(_fine(part)[paper]), float(np.median(part[paper]))) if paper.sum() > 60 else (0.0, 0.0)


def _on_ground(patch: Grey, grain: float, paper: float) -> bool:
    """Dark print whose rim is the even paper around it: not the hollow of a white letter that a program laid over."""
    rim = np.concatenate([patch[0], patch[-1], patch[:, 0], patch[:, -1]]).astype(np.float32)
    level = float(np.median(rim))
    even = float((np.abs(rim - level) < 4 * grain + 8).mean())
    return even > 0.75 and level > float(patch.mean()) and abs(level - paper) <= _LEVELS_APART


def _smooth(patch: Grey, grain: float) -> NDArray[np.bool_]:
    """Where the patch has no edge of print: there what moves is grain."""
    soft = cv2.GaussianBlur(patch, (0, 0), 1.5)
    return cv2.morphologyEx(soft, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8)) <= max(6.0, 3 * grain)


def _fine(part: Grey) -> NDArray[np.float32]:
    """What is left when the broad strokes are taken away."""
    plain = part.astype(np.float32)
    return plain - cv2.GaussianBlur(plain, (0, 0), 1.2)


def _off(grey: Grey, ink: Grey) -> NDArray[np.bool_]:
    """Where no print is near: its soft edge, wider in a larger picture, would pass for grain."""
    return cv2.dilate(ink, np.ones((_scaled(grey, 5),) * 2, np.uint8)) == 0


def _spread(fine: NDArray[np.float32]) -> float:
    """The standard deviation of all but the outliers: a ruled line is no grain."""
    return 1.4826 * float(np.median(np.abs(fine)))


def _cut(grey: Grey, at: Box, size: Box, rim: int) -> Grey:
    x, y = at[:2]
    return grey[y - rim : y + size[3] + rim, x - rim : x + size[2] + rim]


def _boxes(mask: Grey) -> list[Box]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in stats[1:]]


def _upright(box: tuple[int, ...], width: int, height: int, turn: int) -> Box:
    x, y, wide, high = box
    turned = _TURNED_BACK[turn](x / width, y / height, wide / width, high / height)
    x, y, wide, high = (round(10_000 * side) for side in turned)
    return x, y, wide, high


def _twin(place: Place, width: int, height: int, turn: int) -> tuple[int, ...]:
    return _upright(place.twin, width, height, turn) if place.twin else ()
