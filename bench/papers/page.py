"""Print on paper: rows of words at their places, rules, seals, needle print.

What is printed where is told as text, a row a line: "y height x words | x words". Places in pixels.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_WHEEL = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
_NOTO = Path("/usr/share/fonts/opentype/noto")
_FACES = ((_WHEEL, 0), (_NOTO / "NotoSerifCJK-Regular.ttc", 2), (_NOTO / "NotoSansCJK-Bold.ttc", 2))
"""Where a face is not installed the first one, which comes with the program, takes its place."""
SANS, SERIF, BOLD = range(3)

INK, LABEL, SEAL, RULE = (42, 42, 48), (120, 84, 66), (200, 60, 60), (176, 150, 130)
PAPERS = ((250, 249, 245), (253, 252, 250), (247, 244, 234), (249, 243, 243))


@dataclass(frozen=True, slots=True)
class Paper:
    """A page and what is printed on it: field of the reader (`adapters.ocr`) → value as it should be read."""

    kind: str
    layout: str
    picture: Image.Image
    truth: Mapping[str, str]
    iso: str = ""
    """The day of a receipt, whose "date" is as printed."""
    number: str = ""
    """Of a receipt: printed, and no field of the reader."""


def blank(size: tuple[int, int], chance: random.Random) -> Image.Image:
    return Image.new("RGB", size, chance.choice(PAPERS))


@functools.lru_cache(maxsize=200)
def font(size: int, face: int = SANS) -> ImageFont.FreeTypeFont:
    path, index = _FACES[face] if _FACES[face][0].exists() else _FACES[SANS]
    return ImageFont.truetype(str(path), size, index=index)


def write(
    picture: Image.Image,
    words: str,
    face: int = SANS,
    ink: tuple[int, int, int] = INK,
    shift: tuple[int, int] = (0, 0),
) -> None:
    """Print rows; `shift` is how far the form lay beside its place in the printer."""
    pen = ImageDraw.Draw(picture)
    for row in words.strip("\n").splitlines():
        y, height, cells = row.split(" ", 2)
        for cell in cells.split(" | "):
            x, _, text = cell.partition(" ")
            pen.text((int(x) + shift[0], int(y) + shift[1]), text, font=font(int(height), face), fill=ink, anchor="lm")


def rules(
    picture: Image.Image, rows: Iterable[int], columns: Iterable[int] = (), colour: tuple[int, int, int] = RULE
) -> None:
    """Lines across the page at `rows`, and between the first and the last of them at `columns`."""
    pen, places = ImageDraw.Draw(picture), list(rows)
    for y in places:
        pen.line((30, y, picture.width - 30, y), fill=colour, width=2)
    for x in columns:
        pen.line((x, places[0], x, places[-1]), fill=colour, width=2)


def sealed(picture: Image.Image, words: str, at: tuple[int, int], chance: random.Random, oval: bool) -> Image.Image:
    """A red seal over whatever is printed there, a little turned."""
    wide, high = (220, 140) if oval else (190, 190)
    seal = Image.new("RGBA", (wide + 20, high + 20), (0, 0, 0, 0))
    pen, strength = ImageDraw.Draw(seal), chance.randint(90, 170)
    pen.ellipse((10, 10, wide + 10, high + 10), outline=(*SEAL, strength), width=5)
    pen.text((wide // 2 + 10, high // 2 + 10), words, font=font(24), fill=(*SEAL, strength), anchor="mm")
    if not oval:
        pen.text((wide // 2 + 10, high // 2 - 30), "★", font=font(40), fill=(*SEAL, strength), anchor="mm")
    seal = seal.rotate(chance.uniform(-20, 20), Image.Resampling.BICUBIC)
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    layer.paste(seal, (at[0] - seal.width // 2, at[1] - seal.height // 2))
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")


def needled(picture: Image.Image, print_of: Image.Image) -> Image.Image:
    """The dark print of `print_of` as pins leave it: in rows of dots, grey-blue, on `picture`."""
    strength = (255 - np.asarray(print_of.convert("L")).astype(np.int16)).clip(0, 255)
    rows = np.arange(strength.shape[0])[:, None] % 4 == 3
    strength = np.where(rows, strength * 45 // 100, strength * 90 // 100).astype(np.uint8)
    mask = Image.fromarray(strength).filter(ImageFilter.GaussianBlur(0.5))
    return Image.composite(Image.new("RGB", picture.size, (52, 58, 96)), picture, mask)
