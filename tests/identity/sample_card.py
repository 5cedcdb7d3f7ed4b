"""Draws an invented resident identity card, as a phone would photograph it; every one carries the word 样本.

Nothing of it belongs to a person: the names are made up, the numbers are well formed and the issuer does not exist.
The same arguments give the same picture. Used by tests, bench and browser journey.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from baohe.kernel.identity import check_character

SIZE = (1010, 637)
_BLUE, _INK, _PAPER = (70, 110, 160), (40, 40, 44), (236, 240, 240)
_FONT = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
_SURNAMES = "林周沈顾程许陆温江白宋叶苏"
_GIVEN = ("知夏", "远", "宁", "安", "立群", "衡", "明月", "岚", "小满", "雨田", "一鸣")
_NATIONS = ("汉", "回", "满", "壮", "土家", "维吾尔")
_PLACES = ("北京市东城区样本街道青石巷", "临江市河东区样本路", "云山县样本镇柳溪村")


@dataclass(frozen=True, slots=True)
class Card:
    """The truth that is printed."""

    name: str
    sex: str
    nation: str
    birth: date
    address: str
    number: str
    authority: str = "临江市公安局样本分局"
    valid_from: date = date(2018, 5, 6)
    valid_until: date | None = date(2038, 5, 6)


def card(seed: int) -> Card:
    """An invented person; an even seed is a woman."""
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    birth = date(chance.randint(1950, 2007), chance.randint(1, 12), chance.randint(1, 28))
    order = chance.randrange(100, 900, 2) + seed % 2
    house = f"{chance.choice(_PLACES)}{chance.randint(1, 99)}号"
    return Card(
        name=chance.choice(_SURNAMES) + chance.choice(_GIVEN),
        sex="male" if seed % 2 else "female",
        nation=chance.choice(_NATIONS),
        birth=birth,
        address=f"{house}{chance.randint(1, 18)}幢{chance.randint(101, 2602)}室",
        number=_number(birth, order),
        valid_until=None if birth.year < 1970 else date(2038, 5, 6),
    )


def printed(truth: Card, side: str) -> dict[str, str]:
    """What a reader should find on one side, field by field."""
    if side == "back":
        until = truth.valid_until.isoformat() if truth.valid_until else "long_term"
        return {"authority": truth.authority, "valid_from": truth.valid_from.isoformat(), "valid_until": until}
    return {
        "name": truth.name,
        "sex": truth.sex,
        "nation": truth.nation,
        "birth": truth.birth.isoformat(),
        "address": truth.address,
        "number": truth.number,
    }


def _number(birth: date, order: int) -> str:
    body = f"110101{birth:%Y%m%d}{order:03d}"
    return body + check_character(body)


def draw_front(path: str | Path, truth: Card, seed: int | None = None, **damage: bool) -> Path:
    """Write the side with the portrait. `seed` takes it by hand: turned, grainy, in uneven light. `damage`: blurred,
    glare (over the number), cropped."""
    picture, pen = _blank()
    rows = ((84, "姓名", truth.name, 44), (172, "性别", "男" if truth.sex == "male" else "女", 38))
    for top, label, value, size in rows:
        _label(pen, 60, top, label)
        pen.text((180, top), value, font=_font(size), fill=_INK, anchor="lm")
    _label(pen, 300, 172, "民族")
    pen.text((400, 172), truth.nation, font=_font(38), fill=_INK, anchor="lm")
    _label(pen, 60, 256, "出生")
    born = ((180, str(truth.birth.year), "年"), (330, str(truth.birth.month), "月"), (430, str(truth.birth.day), "日"))
    for left, value, unit in born:
        pen.text((left, 256), value, font=_font(36), fill=_INK, anchor="lm")
        _label(pen, left + int(pen.textlength(value, font=_font(36))) + 12, 256, unit)
    _label(pen, 60, 340, "住址")
    for line, top in zip((truth.address[:13], truth.address[13:]), (340, 392), strict=True):
        pen.text((180, top), line, font=_font(34), fill=_INK, anchor="lm")
    _label(pen, 60, 540, "公民身份号码")
    pen.text((330, 540), truth.number, font=_font(44), fill=_INK, anchor="lm")
    pen.rounded_rectangle((690, 110, 930, 420), 20, fill=(205, 212, 214))
    pen.ellipse((765, 160, 855, 260), fill=(170, 178, 182))
    pen.text((810, 340), "样本", font=_font(60), fill=(190, 90, 80), anchor="mm")
    return _save(path, _damaged(picture, (330, 505, 960, 575), seed, **damage))


def draw_back(path: str | Path, truth: Card, seed: int | None = None, **damage: bool) -> Path:
    """Write the side with the authority and the period."""
    picture, pen = _blank()
    pen.text((600, 110), "中华人民共和国", font=_font(52), fill=_INK, anchor="mm")
    pen.text((600, 210), "居民身份证", font=_font(72), fill=_INK, anchor="mm")
    pen.text((160, 160), "样本", font=_font(60), fill=(190, 90, 80), anchor="mm")
    _label(pen, 240, 460, "签发机关")
    pen.text((420, 460), truth.authority, font=_font(36), fill=_INK, anchor="lm")
    _label(pen, 240, 540, "有效期限")
    until = f"{truth.valid_until:%Y.%m.%d}" if truth.valid_until else "长期"
    pen.text((420, 540), f"{truth.valid_from:%Y.%m.%d}-{until}", font=_font(36), fill=_INK, anchor="lm")
    return _save(path, _damaged(picture, (410, 500, 900, 575), seed, **damage))


def _damaged(
    picture: Image.Image,
    place: tuple[int, int, int, int],
    seed: int | None,
    *,
    blurred: bool = False,
    glare: bool = False,
    cropped: bool = False,
) -> Image.Image:
    if glare:
        light = Image.new("L", picture.size, 0)
        ImageDraw.Draw(light).ellipse((place[0] + 60, place[1] - 40, place[2] - 60, place[3] + 40), fill=255)
        picture = Image.composite(
            Image.new("RGB", picture.size, "white"), picture, light.filter(ImageFilter.GaussianBlur(18))
        )
    if cropped:
        picture = picture.crop((0, 0, picture.width, 470))
    if blurred:
        picture = picture.filter(ImageFilter.GaussianBlur(11))
    return picture if seed is None else _by_hand(picture, seed)


def _by_hand(picture: Image.Image, seed: int) -> Image.Image:
    chance = random.Random(seed)  # noqa: S311 - grain of a picture, not a secret
    table = Image.new("RGB", (picture.width + 120, picture.height + 120), (92, 84, 76))
    table.paste(picture, (60, 60))
    skew = chance.uniform(-0.03, 0.03)
    table = table.transform(table.size, Image.Transform.AFFINE, (1, skew, -skew * 300, 0, 1, 0), Image.BICUBIC)
    turned = table.rotate(chance.uniform(-3, 3), expand=True, fillcolor=(92, 84, 76), resample=Image.BICUBIC)
    shade = Image.linear_gradient("L").resize(turned.size).point(lambda v: 20 + v // 6)
    turned = Image.composite(Image.new("RGB", turned.size, (60, 56, 50)), turned, shade)
    grain = Image.effect_noise(turned.size, 22).convert("RGB")
    return Image.blend(turned, grain, 0.08).filter(ImageFilter.GaussianBlur(chance.uniform(0.4, 1.1)))


def _blank() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", SIZE, _PAPER)
    return picture, ImageDraw.Draw(picture)


def _label(pen: ImageDraw.ImageDraw, left: int, middle: int, words: str) -> None:
    pen.text((left, middle), words, font=_font(32), fill=_BLUE, anchor="lm")


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONT), size)


def _save(path: str | Path, picture: Image.Image) -> Path:
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, "JPEG", quality=90)
    return path
