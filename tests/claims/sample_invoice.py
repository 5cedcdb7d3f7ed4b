"""Draws an invented out-patient invoice (医疗门诊收费票据（电子）), as a phone would photograph it.

Used by the tests, the bench and the browser journey. The same arguments give the same picture and the same invoice
number, so a second use of one invoice can be tested; another `number` makes another invoice.
"""

from __future__ import annotations

import hashlib
import random
from datetime import date
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SIZE = (1400, 900)
_INK = (45, 42, 40)
_LABEL = (140, 104, 84)
_RULE = (196, 176, 160)
_PAPER = (252, 250, 244)
_FONT = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
_LEFT, _RIGHT, _MIDDLE = 110, 1290, 730
_TOP, _ROW = 210, 96


def draw_invoice(
    path: str | Path,
    patient: str,
    date: date | str,
    hospital: str,
    total_fen: int,
    social_fen: int,
    self_fen: int,
    noisy: bool = False,
    *,
    number: str = "",
    glare_on_self: bool = False,
    items: str = "清创缝合、破伤风针、换药",
) -> Path:
    """Write the picture as JPEG and return its path. Amounts in fen.

    `noisy`: taken by hand, slightly turned, grainy, uneven light. `glare_on_self`: light hides the first digit of
    the self-paid amount. 个人支付 is printed as total − social.
    """
    path = Path(path)
    number = number or invoice_number(patient, str(date), hospital, total_fen)
    picture = _draw(patient, str(date), hospital, total_fen, social_fen, self_fen, number, items)
    if glare_on_self:
        picture = _glare(picture)
    if noisy:
        picture = _by_hand(picture, seed=number)
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, "JPEG", quality=90)
    return path


def invoice_number(patient: str, day: str, hospital: str, total_fen: int) -> str:
    """Ten digits that belong to these facts."""
    digest = hashlib.sha256(f"{patient}|{day}|{hospital}|{total_fen}".encode()).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**10:010d}"


def _draw(
    patient: str, day: str, hospital: str, total: int, social: int, own: int, number: str, items: str
) -> Image.Image:
    picture = Image.new("RGB", SIZE, _PAPER)
    pen = ImageDraw.Draw(picture)
    pen.text((SIZE[0] // 2, 80), "医疗门诊收费票据（电子）", font=_font(46), fill=(110, 60, 50), anchor="mm")
    pen.text((_LEFT, 150), "票据号码", font=_font(28), fill=_LABEL, anchor="lm")
    pen.text((_LEFT + 140, 150), number, font=_font(30), fill=_INK, anchor="lm")
    pen.text((_RIGHT, 150), "样张，不作报销凭证", font=_font(26), fill=_LABEL, anchor="rm")
    rows = [
        [("姓名", patient), ("日期", day)],
        [("医院", hospital)],
        [("", items)],
        [("金额合计", _yuan(total)), ("医保统筹支付", _yuan(social))],
        [("自费", _yuan(own)), ("个人支付", _yuan(total - social))],
    ]
    for index, row in enumerate(rows):
        _row(pen, _TOP + index * _ROW, row)
    bottom = _TOP + len(rows) * _ROW
    pen.rectangle((_LEFT - 20, _TOP, _RIGHT, bottom), outline=_RULE, width=3)
    pen.text((_LEFT, bottom + 60), f"收款单位  {hospital}", font=_font(28), fill=_LABEL, anchor="lm")
    pen.ellipse((1080, 700, 1260, 880), outline=(196, 120, 100), width=4)
    pen.text((1170, 780), "收费专用章", font=_font(26), fill=(196, 120, 100), anchor="mm")
    return picture


def _row(pen: ImageDraw.ImageDraw, top: int, cells: list[tuple[str, str]]) -> None:
    pen.line((_LEFT - 20, top, _RIGHT, top), fill=_RULE, width=3)
    for column, (label, value) in enumerate(cells):
        left = _LEFT if column == 0 else _MIDDLE + 30
        if column:
            pen.line((_MIDDLE, top, _MIDDLE, top + _ROW), fill=_RULE, width=3)
        pen.text((left, top + _ROW // 2), label, font=_font(30), fill=_LABEL, anchor="lm")
        width = int(pen.textlength(label, font=_font(30)))
        pen.text((left + (width + 60 if label else 0), top + _ROW // 2), value, font=_font(36), fill=_INK, anchor="lm")


def _glare(picture: Image.Image) -> Image.Image:
    """White light over the first digit of the self-paid amount."""
    left, top = _LEFT + 60 + 60, _TOP + 4 * _ROW
    light = Image.new("L", picture.size, 0)
    ImageDraw.Draw(light).ellipse((left - 22, top + 10, left + 22, top + _ROW - 10), fill=225)
    return Image.composite(Image.new("RGB", picture.size, _PAPER), picture, light.filter(ImageFilter.GaussianBlur(4)))


def _by_hand(picture: Image.Image, seed: str) -> Image.Image:
    chance = random.Random(seed)  # noqa: S311 - grain of a picture, not a secret
    turned = picture.rotate(chance.uniform(-1.6, 1.6), expand=True, fillcolor=(96, 92, 88), resample=Image.BICUBIC)
    shade = Image.linear_gradient("L").resize(turned.size).point(lambda v: 20 + v // 6)
    turned = Image.composite(Image.new("RGB", turned.size, (60, 56, 50)), turned, shade)
    grain = Image.effect_noise(turned.size, 22).convert("RGB")
    return Image.blend(turned, grain, 0.08).filter(ImageFilter.GaussianBlur(0.7))


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONT), size)


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
