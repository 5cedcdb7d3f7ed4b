"""Photographs with a place that was meddled with, and honest ones that went through the same programs. All drawn.

EDITS take (photograph, another photograph, chance) and give the picture and the box that was changed (x, y, width,
height in pixels). WAYS are what happens to honest pictures too: saved again, sent by a messenger, shown on a screen.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image, ImageDraw

from bench.papers import page

Box = tuple[int, int, int, int]
Edit = Callable[[Image.Image, Image.Image, random.Random], tuple[Image.Image, Box]]
Way = Callable[[Image.Image, random.Random], bytes]


def words_in(picture: Image.Image) -> list[Box]:
    """Runs of print about as wide as an amount."""
    joined = cv2.dilate(_ink(picture), np.ones((3, 13), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    boxes = [tuple(int(side) for side in row[:4]) for row in stats[1:]]
    return [box for box in boxes if 14 <= box[3] <= 70 and 2 <= box[2] / box[3] <= 8]  # type: ignore[misc]


def figures_in(picture: Image.Image) -> list[Box]:
    """Single letters and figures."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(_ink(picture))
    boxes = [tuple(int(side) for side in row[:4]) for row in stats[1:]]
    return [box for box in boxes if 12 <= box[3] <= 60 and 0.3 <= box[2] / box[3] <= 1.1]  # type: ignore[misc]


def written_over(picture: Image.Image, other: Image.Image, chance: random.Random) -> tuple[Image.Image, Box]:
    """A word is painted out in the colour of the paper around it and another amount written there."""
    box = x, y, wide, high = chance.choice(words_in(picture))
    done, pen = picture.copy(), None
    pen = ImageDraw.Draw(done)
    around = np.asarray(picture.crop((x, y, x + wide, y + high))).reshape(-1, 3)
    ground = tuple(int(level) for level in np.percentile(around, 80, axis=0))
    ink = tuple(int(level) for level in np.percentile(around, 5, axis=0))
    pen.rectangle((x, y, x + wide, y + high), fill=ground)
    amount = f"{chance.randint(1_000, 99_999) / 10:.2f}"
    pen.text((x + 2, y + high / 2), amount, font=page.font(max(10, round(high * 0.8))), fill=ink, anchor="lm")
    return done, box


def copied(picture: Image.Image, other: Image.Image, chance: random.Random) -> tuple[Image.Image, Box]:
    """Two figures of the picture are laid over two others, with a little of the paper around them."""
    figures, done, changed = figures_in(picture), picture.copy(), []
    for _ in range(2):
        sx, sy, wide, high = chance.choice(figures)
        near = [one for one in figures if abs(one[3] - high) <= 3 and (one[0], one[1]) != (sx, sy)] or figures
        tx, ty, *_ = chance.choice(near)
        rim = chance.randint(2, 4)
        patch = picture.crop((sx - rim, sy - rim, sx + wide + rim, sy + high + rim))
        done.paste(patch, (tx - rim, ty - rim))
        changed.append((tx - rim, ty - rim, patch.width, patch.height))
    return done, changed[0]


def from_another(picture: Image.Image, other: Image.Image, chance: random.Random) -> tuple[Image.Image, Box]:
    """A word of another photograph is laid over one of this, as bright as the paper here."""
    x, y, wide, high = chance.choice(words_in(picture))
    ox, oy, owide, ohigh = chance.choice(words_in(other))
    patch = other.crop((ox, oy, ox + owide, oy + ohigh)).resize((wide, high), Image.Resampling.BICUBIC)
    lit = np.asarray(patch).astype(np.float32)
    here = np.asarray(picture.crop((x, y, x + wide, y + high))).reshape(-1, 3)
    lit += np.percentile(here, 80, axis=0) - np.percentile(lit.reshape(-1, 3), 80, axis=0)
    done = picture.copy()
    done.paste(Image.fromarray(lit.clip(0, 255).astype(np.uint8)), (x, y))
    return done, (x, y, wide, high)


def jpeg(picture: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def saved_again(picture: Image.Image, chance: random.Random) -> bytes:
    return jpeg(picture, chance.randint(75, 96))


def by_messenger(picture: Image.Image, chance: random.Random) -> bytes:
    """Smaller and compressed, as messengers do with pictures that are not sent as files."""
    scale = chance.choice((960, 1_280, 1_600)) / max(picture.size)
    small = picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.Resampling.BICUBIC)
    return jpeg(small, chance.randint(62, 82))


def twice_by_messenger(picture: Image.Image, chance: random.Random) -> bytes:
    return by_messenger(Image.open(io.BytesIO(by_messenger(picture, chance))), chance)


def on_a_screen(picture: Image.Image, chance: random.Random) -> bytes:
    """The photograph in an album, saved from the screen: bars without grain above and below."""
    wide = chance.choice((1_080, 1_170, 1_290))
    shown = picture.resize((wide, round(picture.height * wide / picture.width)), Image.Resampling.LANCZOS)
    ground = chance.choice(((0, 0, 0), (24, 24, 26), (255, 255, 255), (236, 236, 238)))
    screen = Image.new("RGB", (wide, shown.height + 500), ground)
    screen.paste(shown, (0, 250))
    pen, light = ImageDraw.Draw(screen), sum(ground) < 300
    pen.text((60, 60), "9:41", font=page.font(40), fill=(230, 230, 230) if light else (30, 30, 30))
    pen.text((60, shown.height + 350), "编辑    分享    删除", font=page.font(44), fill=(120, 160, 230))
    if chance.random() < 0.5:
        return jpeg(screen, chance.randint(80, 95))
    out = io.BytesIO()
    screen.save(out, "PNG")
    return out.getvalue()


def stamped(picture: Image.Image, chance: random.Random) -> bytes:
    """By a camera program that writes day and place into a corner, over a veil."""
    done = picture.convert("RGBA")
    veil = Image.new("RGBA", done.size, (0, 0, 0, 0))
    pen, size = ImageDraw.Draw(veil), max(18, picture.width // 36)
    x, y = picture.width // 30, round(picture.height * chance.uniform(0.82, 0.9))
    if chance.random() < 0.6:
        pen.rectangle((x - 10, y - 10, x + size * 13, y + size * 3), fill=(20, 20, 20, chance.randint(60, 140)))
    pen.text((x, y), "2026-11-20 18:05 星期五\n青石路样本街道", font=page.font(size), fill=(255, 255, 255, 235))
    return jpeg(Image.alpha_composite(done, veil).convert("RGB"), chance.randint(85, 95))


EDITS: dict[str, Edit] = {"written_over": written_over, "copied": copied, "from_another": from_another}
WAYS: dict[str, Way] = {
    "saved_again": saved_again,
    "messenger": by_messenger,
    "messenger_twice": twice_by_messenger,
    "screen": on_a_screen,
    "stamped": stamped,
}


def _ink(picture: Image.Image) -> np.ndarray:
    """255 where it is clearly darker than around."""
    grey = np.asarray(picture.convert("L"))
    ground = cv2.blur(grey, (41, 41))
    return ((grey.astype(np.int16) < ground.astype(np.int16) - 28) * 255).astype(np.uint8)
