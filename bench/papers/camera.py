"""What a telephone, a hand and a lamp do to a page. The same seed gives the same photograph."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

Point = tuple[float, float]
_TABLES = ((90, 88, 84), (128, 98, 70), (60, 66, 74), (170, 160, 148))


def photograph(page: Image.Image, seed: int, troubles: tuple[str, ...] = ()) -> bytes:
    """A JPEG: on a table, askew, in uneven light, grainy; `troubles` are names of `TROUBLES`, in their order."""
    chance = random.Random(seed)
    picture = page
    for trouble in troubles:
        if trouble in ON_PAPER:
            picture = ON_PAPER[trouble](picture, chance)
    if "flat" not in troubles:
        picture = _on_a_table(picture, chance, 0.05 if "skewed" in troubles else 0.018)
        picture = _uneven(picture, chance)
    for trouble in troubles:
        if trouble in IN_LIGHT:
            picture = IN_LIGHT[trouble](picture, chance)
    if "flat" not in troubles:
        picture = _grain(picture, seed, chance.uniform(0.03, 0.07)).filter(
            ImageFilter.GaussianBlur(chance.uniform(0.3, 0.8))
        )
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=42 if "small_file" in troubles else chance.randint(72, 92))
    return out.getvalue()


def _on_a_table(page: Image.Image, chance: random.Random, skew: float) -> Image.Image:
    table = Image.new("RGB", (page.width + 160, page.height + 160), chance.choice(_TABLES))
    pen = ImageDraw.Draw(table)
    for _ in range(40):
        y, shade = chance.randrange(table.height), chance.randint(-14, 14)
        base = table.getpixel((2, 2))
        pen.line((0, y, table.width, y + chance.randint(-9, 9)), fill=tuple(c + shade for c in base), width=3)
    table.paste(page, (80, 80))
    width, height = table.size
    seen = [
        (x + chance.uniform(-skew, skew) * width, y + chance.uniform(-skew, skew) * height)
        for x, y in ((0, 0), (width, 0), (width, height), (0, height))
    ]
    flat = ((0, 0), (width, 0), (width, height), (0, height))
    table = table.transform(
        table.size, Image.Transform.PERSPECTIVE, _coefficients(flat, seen), Image.Resampling.BICUBIC, fillcolor=base
    )
    return table.rotate(chance.uniform(-2.5, 2.5), Image.Resampling.BICUBIC, expand=True, fillcolor=base)


def _coefficients(flat: Sequence[Point], seen: Sequence[Point]) -> list[float]:
    """Of the transform that takes each point of `flat` to its fellow of `seen`."""
    rows, right = [], []
    for (x, y), (u, v) in zip(flat, seen, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    return [float(one) for one in np.linalg.solve(np.array(rows, dtype=float), np.array(right, dtype=float))]


def _shaded(picture: Image.Image, light: np.ndarray) -> Image.Image:
    """Each pixel times its light, 0 to above 1; `light` is (height, width)."""
    return Image.fromarray((np.asarray(picture).astype(np.float32) * light[:, :, None]).clip(0, 255).astype(np.uint8))


def _grid(picture: Image.Image) -> tuple[np.ndarray, np.ndarray]:
    x, y = np.meshgrid(np.linspace(0, 1, picture.width), np.linspace(0, 1, picture.height))
    return x, y


def _uneven(picture: Image.Image, chance: random.Random) -> Image.Image:
    x, y = _grid(picture)
    return _shaded(picture, 0.98 - chance.uniform(0, 0.16) * x - chance.uniform(0, 0.16) * y)


def _grain(picture: Image.Image, seed: int, strength: float) -> Image.Image:
    noise = np.random.default_rng(seed).normal(0, 255 * strength * 0.5, (picture.height, picture.width, 1))
    return Image.fromarray((np.asarray(picture) + noise).clip(0, 255).astype(np.uint8))


def _folded(page: Image.Image, chance: random.Random) -> Image.Image:
    """Creases across and down, each with a bright and a dark side; the lines of print between them stay."""
    x, y = _grid(page)
    light = np.ones_like(x)
    for axis, size in ((x, page.width), (y, page.height)):
        at = chance.uniform(0.3, 0.7)
        away = (axis - at) * size
        light -= 0.16 * np.exp(-((away / 5) ** 2)) - 0.06 * np.exp(-(((away - 9) / 5) ** 2))
    return _shaded(page, light)


def _curled(page: Image.Image, chance: random.Random) -> Image.Image:
    x, y = _grid(page)
    turns = chance.uniform(1.0, 2.0)
    return _shaded(page, 0.9 + 0.1 * np.cos(2 * np.pi * (turns * x + 0.2 * y)))


def _hand(picture: Image.Image, chance: random.Random) -> Image.Image:
    """The shadow of a hand with the telephone, from below."""
    shadow = Image.new("L", picture.size, 0)
    pen, (w, h) = ImageDraw.Draw(shadow), picture.size
    left = chance.uniform(0.1, 0.5) * w
    pen.ellipse((left, 0.35 * h, left + 0.5 * w, 1.4 * h), fill=255)
    shadow = shadow.filter(ImageFilter.GaussianBlur(w // 30))
    return _shaded(picture, 1 - 0.42 * np.asarray(shadow).astype(np.float32) / 255)


def _dim(picture: Image.Image, chance: random.Random) -> Image.Image:
    return _shaded(picture, np.full(picture.size[::-1], chance.uniform(0.25, 0.4), dtype=np.float32))


def _glare(picture: Image.Image, chance: random.Random) -> Image.Image:
    light = Image.new("L", picture.size, 0)
    x, y = chance.uniform(0.2, 0.8) * picture.width, chance.uniform(0.2, 0.8) * picture.height
    size = picture.width * chance.uniform(0.03, 0.06)
    ImageDraw.Draw(light).ellipse((x - size, y - size / 2, x + size, y + size / 2), fill=235)
    light = light.filter(ImageFilter.GaussianBlur(size / 4))
    return Image.composite(Image.new("RGB", picture.size, (255, 255, 252)), picture, light)


def _blurred(picture: Image.Image, chance: random.Random) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(picture.width / 100))


def _unsharp(picture: Image.Image, chance: random.Random) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(chance.uniform(1.0, 1.5)))


def _black(picture: Image.Image, chance: random.Random) -> Image.Image:
    return _shaded(picture, np.full(picture.size[::-1], 0.02, dtype=np.float32))


def _turned(picture: Image.Image, chance: random.Random) -> Image.Image:
    return picture.rotate(chance.choice((90, 180, 270)), expand=True)


Trouble = Callable[[Image.Image, random.Random], Image.Image]
ON_PAPER: dict[str, Trouble] = {"folded": _folded, "curled": _curled}
IN_LIGHT: dict[str, Trouble] = {
    "hand": _hand,
    "dim": _dim,
    "glare": _glare,
    "unsharp": _unsharp,
    "blurred": _blurred,
    "black": _black,
    "turned": _turned,
}
COMMON = ("", "", "", "folded", "curled", "hand", "dim", "glare", "unsharp", "turned", "skewed", "small_file", "flat")
"""What may befall a paper that can still be read; "" is a plain photograph by hand."""
