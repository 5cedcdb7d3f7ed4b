"""Invented papers as a telephone photographs them, and what can go wrong. The same seed, the same picture."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_FONT = str(Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf")
_WORDS = (
    "门诊收费票据姓名日期项目单价数量金额合计医保统筹个人支付自费药品检查治疗材料床位住院诊断出院医嘱伤口清洁缝合换药"
)
KINDS = ("invoice", "receipt", "letter", "card")


def clear(seed: int, kind: str = "", long_side: int = 0) -> Image.Image:
    """A paper on a table in usual light: a little turned, a little grainy, sharp, whole."""
    chance = random.Random(seed)
    paper = _PAPERS[kind or KINDS[seed % len(KINDS)]](chance)
    turned = paper.convert("RGBA").rotate(chance.uniform(-3, 3), expand=True, resample=Image.Resampling.BICUBIC)
    edge = chance.randint(30, 160)
    table = _table(chance, (turned.width + 2 * edge, turned.height + 2 * edge))
    table.paste(turned, (edge, edge), turned)
    side = long_side or chance.choice((1_280, 1_600, 2_400, 3_200))
    whole = table.resize(_fit(table.size, side), Image.Resampling.LANCZOS)
    return _light(whole, chance)


def screenshot(seed: int) -> Image.Image:
    """An electronic paper saved from the screen: pure white, no table, no grain."""
    chance = random.Random(seed)
    return _letter(chance, ground=(255, 255, 255)) if seed % 2 else _invoice(chance, ground=(255, 255, 255))


def blurred(picture: Image.Image, part: float) -> Image.Image:
    """`part`: the radius in thousandths of the longest side."""
    return picture.filter(ImageFilter.GaussianBlur(part * max(picture.size) / 1_000))


def lit(picture: Image.Image, factor: float) -> Image.Image:
    """Below 1 darker; above 1 brighter, and white where it is more than the camera can hold."""
    return picture.point(lambda level: min(255, int(level * factor)))


def cut(picture: Image.Image, part: float = 0.2) -> Image.Image:
    """The right side is missing."""
    return picture.crop((0, 0, int(picture.width * (1 - part)), picture.height))


def glaring(picture: Image.Image, part: float = 0.3) -> Image.Image:
    """A lamp's reflection over the middle; `part` of the width, in a picture of usual light."""
    width, height = picture.size
    across = part * width
    spot = Image.new("L", picture.size, 0)
    box = (width / 2 - across / 2, height / 2 - across / 3, width / 2 + across / 2, height / 2 + across / 3)
    ImageDraw.Draw(spot).ellipse(box, fill=255)
    return Image.composite(
        Image.new("RGB", picture.size, "white"), picture, spot.filter(ImageFilter.GaussianBlur(width / 60))
    )


def scene(seed: int) -> Image.Image:
    """No paper at all: soft hills under a sky."""
    chance = np.random.default_rng(seed)
    rough = Image.fromarray(chance.integers(0, 255, (9, 12, 3), dtype=np.uint8))
    return rough.resize((1_600, 1_200), Image.Resampling.BICUBIC)


def jpeg(picture: Image.Image, quality: int = 88, **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, **more)
    return out.getvalue()


def _invoice(chance: random.Random, ground: tuple[int, int, int] = (250, 248, 242)) -> Image.Image:
    picture = Image.new("RGB", (1_400, 900), ground)
    pen = ImageDraw.Draw(picture)
    pen.text((700, 90), "医疗门诊收费票据（电子）", font=_font(44), fill=(120, 60, 50), anchor="mm")
    for row in range(7):
        top = 170 + row * 90
        pen.line((90, top, 1_310, top), fill=(190, 170, 160), width=3)
        for left in (110, 520, 930):
            pen.text(
                (left, top + 26),
                _word(chance, 4) + f"  {chance.randint(100, 99_999) / 100:.2f}",
                font=_font(32),
                fill=(50, 46, 44),
            )
    return picture


def _receipt(chance: random.Random) -> Image.Image:
    picture = Image.new("RGB", (620, 1_300), (246, 246, 244))
    pen = ImageDraw.Draw(picture)
    pen.text((310, 80), _word(chance, 6), font=_font(44), fill=(60, 60, 60), anchor="mm")
    for row in range(22):
        top = 170 + row * 46
        pen.text((50, top), _word(chance, chance.randint(3, 8)), font=_font(28), fill=(80, 80, 80))
        pen.text((570, top), f"{chance.randint(100, 9_999) / 100:.2f}", font=_font(28), fill=(80, 80, 80), anchor="ra")
    return picture


def _letter(chance: random.Random, ground: tuple[int, int, int] = (248, 248, 246)) -> Image.Image:
    picture = Image.new("RGB", (1_240, 1_754), ground)
    pen = ImageDraw.Draw(picture)
    pen.text((620, 140), "出院小结", font=_font(52), fill=(30, 30, 30), anchor="mm")
    for row in range(chance.randint(16, 30)):
        pen.text((120, 250 + row * 46), _word(chance, chance.randint(12, 33)), font=_font(29), fill=(40, 40, 42))
    return picture


def _card(chance: random.Random) -> Image.Image:
    picture = Image.new("RGB", (1_012, 638), (222, 232, 240))
    pen = ImageDraw.Draw(picture)
    for row, name in enumerate(("姓名", "性别", "出生", "住址")):
        pen.text((70, 80 + row * 96), name, font=_font(34), fill=(90, 130, 180))
        pen.text((190, 76 + row * 96), _word(chance, chance.randint(3, 8)), font=_font(40), fill=(40, 40, 40))
    pen.rectangle((690, 90, 930, 400), fill=(196, 180, 168))
    pen.text((70, 520), "公民身份号码  " + str(chance.randint(10**17, 10**18 - 1)), font=_font(38), fill=(40, 40, 40))
    return picture


_PAPERS: dict[str, Callable[[random.Random], Image.Image]] = {
    "invoice": _invoice, "receipt": _receipt, "letter": _letter, "card": _card,
}  # fmt: skip


def _table(chance: random.Random, size: tuple[int, int]) -> Image.Image:
    colour = chance.choice(((92, 84, 78), (150, 122, 94), (60, 62, 66), (186, 182, 176)))
    grain = Image.effect_noise((max(2, size[0] // 30), size[1]), 26).resize(size, Image.Resampling.BICUBIC)
    return Image.blend(Image.new("RGB", size, colour), Image.merge("RGB", (grain,) * 3), 0.12)


def _light(picture: Image.Image, chance: random.Random) -> Image.Image:
    """Uneven, 62 to 97 of 100, with a camera's grain and its slight softness."""
    width, height = picture.size
    ends = sorted(chance.uniform(0.62, 0.97) for _ in range(2))
    slope = np.linspace(*(ends if chance.random() < 0.5 else ends[::-1]), width, dtype=np.float32)
    pixels = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.6)), dtype=np.float32) * slope[None, :, None]
    grain = np.random.default_rng(chance.randint(0, 10**9)).normal(0, chance.uniform(1, 5), pixels.shape)
    return Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8))


def _fit(size: tuple[int, int], side: int) -> tuple[int, int]:
    scale = side / max(size)
    return round(size[0] * scale), round(size[1] * scale)


def _word(chance: random.Random, length: int) -> str:
    return "".join(chance.choice(_WORDS) for _ in range(length))


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONT, size)
