"""Whether a photograph of a paper can be read, told while its sender still holds the paper in hand.

Everything is measured on a grey copy of at most 1,200 pixels, in less than a tenth of a second. The measures and their
limits are fitted to drawn papers, blurred, darkened, cut and washed out by known amounts (`bench/picture_alarms.py`):
a clear photograph is hardly ever doubted. What these checks say is a word to the sender; they decide nothing.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

SIDE = 1_200
TILE = 24
"""Pixels of the grey copy: one to two lines of print."""

Grey = np.ndarray

_LEAST_LONG, _LEAST_SHORT = 600, 300
_NOTHING_DARK, _NOTHING_LIGHT, _NOTHING_RANGE = 24, 232, 16
_DARK = 70
_WASHED_OUT = 0.12
_SHARP = 0.10
_LIGHT = 250
_PAPER_LIGHT = 235
_BLOB_SHARE = 0.004
_CUT_SHARE, _CUT_LEAST = 0.22, 4
_AS_PAPER = 0.85
_NO_PRINT = 0.004


@dataclass(frozen=True, slots=True)
class Measures:
    """`longest`, `shortest`: sides kept, pixels. `dark`, `light`: the levels (0–255) that 1 % lie below and above.
    `paper`: the usual level of light places. `print_share`: tiles that look like print. `sharpness`: of the sharpest
    print; about 1 for clean edges. `contrast`: of print to its ground, 0–255. `blob_share`: light places without any
    drawing inside the printed part. `cut_share`: how much of the print along a side runs over the edge."""

    longest: int
    shortest: int
    dark: float
    light: float
    paper: float
    print_share: float
    sharpness: float
    contrast: float
    blob_share: float
    cut_share: float


def measured(jpeg: bytes) -> Measures:
    """Of a picture made by `pictures.make_safe`."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
        longest, shortest = max(picture.size), min(picture.size)
        picture.draft("L", (SIDE, SIDE))
        copy = picture.convert("L")
    copy.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    grey = np.asarray(copy, dtype=np.float32)
    dark, light = (float(level) for level in np.percentile(grey[::2, ::2], (1, 99)))
    ground = np.asarray(copy.filter(ImageFilter.BoxBlur(16)), dtype=np.float32)
    ink = grey < ground - np.maximum(8.0, 0.10 * ground)  # clearly darker than what is around it
    printed = _tiles_of(ink)
    there = printed.any()
    return Measures(
        longest,
        shortest,
        dark,
        light,
        float(np.percentile(grey[::4, ::4], 70)),
        float(printed.mean()) if printed.size else 0.0,
        _sharpness(grey, printed) if there else 0.0,
        _contrast(grey, printed) if there else 0.0,
        _blob_share(grey, printed) if there else 0.0,
        _cut_share(ink, ground, printed) if there else 0.0,
    )


def useless(seen: Measures) -> str | None:
    """Why nobody, neither machine nor person, could read it: dark | overexposed | wrong_kind. None: it may go on."""
    if seen.light < _NOTHING_DARK:
        return "dark"
    if seen.dark > _NOTHING_LIGHT:
        return "overexposed"
    if seen.light - seen.dark < _NOTHING_RANGE:
        return "wrong_kind"
    return None


def doubts(seen: Measures) -> tuple[str, ...]:
    """What should be told to the sender, the gravest first: too_small | dark | overexposed | wrong_kind | blurred |
    glare | cropped. A picture without print is not judged by its print."""
    found = []
    if seen.longest < _LEAST_LONG or seen.shortest < _LEAST_SHORT:
        found.append("too_small")
    if seen.light < _DARK:
        found.append("dark")
    if seen.print_share < _NO_PRINT:
        return (*found, "wrong_kind") if not found else tuple(found)
    if seen.paper >= _LIGHT and seen.contrast < _WASHED_OUT * 255:
        found.append("overexposed")
    if seen.sharpness < _SHARP:
        found.append("blurred")
    if seen.paper < _PAPER_LIGHT and seen.blob_share > _BLOB_SHARE:
        found.append("glare")
    if seen.cut_share > _CUT_SHARE:
        found.append("cropped")
    return tuple(found)


def _grid(field: Grey) -> Grey:
    """The field cut into tiles: rows × columns × pixels of a tile."""
    rows, columns = field.shape[0] // TILE, field.shape[1] // TILE
    cut = field[: rows * TILE, : columns * TILE].reshape(rows, TILE, columns, TILE)
    return cut.swapaxes(1, 2).reshape(rows, columns, TILE * TILE)


def _tiles_of(ink: Grey) -> Grey:
    """Tiles that hold print: some ink, and many changes from ground to ink along their rows."""
    share = _grid(ink).mean(axis=2)
    changes = np.zeros(ink.shape, dtype=np.float32)
    changes[:, 1:] = ink[:, 1:] != ink[:, :-1]
    return (share > 0.04) & (share < 0.55) & (_grid(changes).mean(axis=2) > 0.05)


def _sharpness(grey: Grey, printed: Grey) -> float:
    """How steep the edges of the print are for its contrast: the Laplacian's variance over the picture's own."""
    edges = np.zeros_like(grey)
    edges[1:-1, 1:-1] = 4 * grey[1:-1, 1:-1] - grey[:-2, 1:-1] - grey[2:, 1:-1] - grey[1:-1, :-2] - grey[1:-1, 2:]
    steep = _grid(edges)[printed].var(axis=1) / (_grid(grey)[printed].var(axis=1) + 1.0)
    return float(np.percentile(steep, 75))


def _contrast(grey: Grey, printed: Grey) -> float:
    tiles = _grid(grey)[printed]
    return float(np.median(np.percentile(tiles, 90, axis=1) - np.percentile(tiles, 8, axis=1)))


def _blob_share(grey: Grey, printed: Grey) -> float:
    """Light places wider than three tiles that lie between print: there something may have been."""
    light = _grid((grey >= _LIGHT).astype(np.float32)).mean(axis=2) > 0.9
    rows, columns = np.flatnonzero(printed.any(axis=1)), np.flatnonzero(printed.any(axis=0))
    inside = light[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    if min(inside.shape) < 3:
        return 0.0
    solid = np.lib.stride_tricks.sliding_window_view(inside, (3, 3)).all(axis=(2, 3))
    return float(solid.mean())


def _cut_share(ink: Grey, ground: Grey, printed: Grey) -> float:
    """Of the left and the right side the worse: lines of print that run over the edge, of all that are there.

    Only where the ground there is as light as the paper's: the grain of a table behind it looks like print too.
    """
    edge = max(4, round(0.006 * max(ink.shape)))
    shades = _grid(ground).mean(axis=2)
    paper = _AS_PAPER * float(np.percentile(shades[printed], 75))
    worst = 0.0
    for field, shade in ((ink, shades), (ink[:, ::-1], _grid(ground[:, ::-1]).mean(axis=2))):
        tiles = _tiles_of(field) & (shade >= paper)
        touched = _grid(np.repeat(field[:, :edge].any(axis=1, keepdims=True), TILE, axis=1))
        lines = int((tiles[:, :2].any(axis=1) & (touched[:, 0].mean(axis=1) > 0.12)).sum())
        if lines >= _CUT_LEAST:
            worst = max(worst, lines / int(printed.any(axis=1).sum()))
    return worst
