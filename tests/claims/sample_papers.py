"""Draws invented papers of a claim, one layout a kind, with the truth that is printed on each.

What is printed where stands in `sample_layouts`; nothing of it belongs to a person or a firm.
`by_hand` turns, tilts, shades and grains a page as a telephone does; the same seed gives the same photograph.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.claims import sample_layouts as layouts

_FONT = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
_INK, _PAPER, _SEAL, _DESK = (42, 42, 48), (250, 249, 245), (200, 60, 60), (90, 88, 84)


@dataclass(frozen=True, slots=True)
class Sample:
    """A page, and field → value as `read_paper` should tell it."""

    kind: str
    picture: Image.Image
    truth: Mapping[str, str]

    def jpeg(self, quality: int = 88) -> bytes:
        out = io.BytesIO()
        self.picture.save(out, "JPEG", quality=quality)
        return out.getvalue()


def by_hand(sample: Sample, seed: int, turn: int = 0, dark: float = 0.0) -> Sample:
    """As photographed: a few degrees of tilt, perspective, uneven light, grain; `turn` in quarters; `dark` 0 to 1."""
    chance = random.Random(seed)  # noqa: S311 - a shaking hand, not a secret
    page, (w, h) = sample.picture, sample.picture.size
    off = [chance.uniform(-0.018, 0.018) * side for side in (w, h, w, h, w, h, w, h)]
    corners = [a + b for a, b in zip((0, 0, 0, h, w, h, w, 0), off, strict=True)]
    page = page.transform((w, h), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=_DESK)
    page = page.rotate(chance.uniform(-3, 3), Image.Resampling.BICUBIC, expand=True, fillcolor=_DESK)
    shade = Image.linear_gradient("L").resize(page.size).point(lambda v: v // 5 + int(150 * dark))
    page = Image.composite(Image.new("RGB", page.size, (30, 28, 26)), page, shade)
    noise = np.random.default_rng(seed).normal(128, 30, page.size[::-1]).clip(0, 255)
    page = Image.blend(page, Image.fromarray(noise.astype(np.uint8)).convert("RGB"), 0.07)
    page = page.filter(ImageFilter.GaussianBlur(0.8)).rotate(90 * turn, expand=True)
    return Sample(sample.kind, page, sample.truth)


def drawn(size: tuple[int, int], prints: str, rows: tuple[int, ...] = ()) -> Image.Image:
    """A page with its print, and a rule across it at each of `rows`."""
    picture = Image.new("RGB", size, _PAPER)
    pen = ImageDraw.Draw(picture)
    for row in rows:
        pen.line((30, row, size[0] - 40, row), fill=(150, 120, 100), width=2)
    for line in prints.strip("\n").splitlines():
        y, height, cells = line.split(" ", 2)
        font = ImageFont.truetype(str(_FONT), int(height))
        for cell in cells.split(" | "):
            x, text = cell.split(" ", 1)
            pen.text((int(x), int(y)), text, font=font, fill=_INK, anchor="lm")
    return picture


def _sealed(picture: Image.Image, words: str, at: tuple[int, int]) -> Image.Image:
    """A red seal over whatever is printed there."""
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen, (x, y) = ImageDraw.Draw(layer), at
    pen.ellipse((x - 95, y - 65, x + 95, y + 65), outline=(*_SEAL, 150), width=5)
    pen.text((x, y), words, font=ImageFont.truetype(str(_FONT), 22), fill=(*_SEAL, 150), anchor="mm")
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")


def vat_of_today() -> Sample:
    """电子发票（普通发票） without a code: buyer on the left, seller on the right."""
    picture = drawn((1580, 950), layouts.VAT_OF_TODAY, (150, 390, 610, 680, 750, 860))
    picture = _sealed(picture, "发票监制章", (790, 120))
    return Sample(
        "vat_invoice",
        picture,
        {
            "invoice_number": "26332000000041827365",
            "issue_date": "2026-11-03",
            "buyer_name": "沈知远",
            "seller_name": "云栖市晴川电子维修有限公司",
            "seller_tax_id": "91330106MA27XYL50H",
            "amount": "575.22",
            "tax": "74.78",
            "total": "650.00",
        },
    )


def vat_with_code() -> Sample:
    """增值税电子普通发票 with a code: buyer above, seller below."""
    picture = drawn((1540, 890), layouts.VAT_WITH_CODE, (180, 335, 530, 590, 650, 810))
    picture = _sealed(picture, "发票专用章", (1260, 750))
    return Sample(
        "vat_invoice",
        picture,
        {
            "invoice_code": "033002100311",
            "invoice_number": "40718263",
            "issue_date": "2025-09-16",
            "buyer_name": "青梧市远山商贸有限公司",
            "buyer_tax_id": "91440300MA5EQX8A1T",
            "seller_name": "白鹭湾酒店管理有限公司",
            "seller_tax_id": "91350200MA32KQ5B20",
            "amount": "792.45",
            "tax": "47.55",
            "total": "840.00",
        },
    )


def medical() -> Sample:
    """医疗门诊收费票据（电子）of a finance bureau, its other information in a block of running cells."""
    picture = drawn((1520, 900), layouts.MEDICAL, (240, 290, 530, 590, 770))
    picture = _sealed(picture, "财政票据监制章", (760, 130))
    return Sample(
        "medical_invoice",
        picture,
        {
            "invoice_code": "33060125",
            "invoice_number": "0416820957",
            "issue_date": "2026-10-08",
            "patient_name": "周予安",
            "hospital": "云州市第一人民医院",
            "total": "716.00",
            "social_paid": "402.30",
            "self_paid": "42.00",
            "account_paid": "113.70",
            "cash_paid": "200.00",
        },
    )


def summary() -> Sample:
    picture = drawn((1080, 920), layouts.SUMMARY, (180, 340))
    return Sample(
        "hospital_summary",
        picture,
        {
            "hospital": "临江市中心医院",
            "patient_name": "沈宁",
            "admitted_on": "2026-10-02",
            "discharged_on": "2026-10-11",
            "diagnosis": "1.右侧桡骨远端骨折；2.高血压病2级",
            "department": "骨科",
        },
    )


def bank_card() -> Sample:
    picture = drawn((1120, 640), layouts.BANK_CARD)
    return Sample(
        "bank_card",
        picture,
        {
            "number": "6228480123456789014",
            "bank": "中国农业银行",
            "valid_until": "2031-08",
        },
    )


def accident() -> Sample:
    picture = drawn((1080, 820), layouts.ACCIDENT)
    picture = _sealed(picture, "事故处理专用章", (760, 720))
    return Sample(
        "accident_certificate",
        picture,
        {
            "issued_on": "2026-11-06",
            "place": "云州市河东区样本大道与青石路交叉口",
            "parties": "林知夏、白立群",
            "plates": "浙A7K62D、浙AD53187",
            "fault": "林知夏全部责任；白立群无责任",
            "authority": "云州市公安局交通警察支队河东大队",
        },
    )


def repair() -> Sample:
    picture = drawn((1140, 640), layouts.REPAIR, (260, 312, 465, 535))
    return Sample(
        "repair_bill",
        picture,
        {
            "shop": "云州市安途汽车维修有限公司",
            "plate": "浙A7K62D",
            "date": "2026-11-10",
            "total": "1930.00",
        },
    )


def shop_slip() -> Sample:
    picture = drawn((560, 690), layouts.SHOP_SLIP)
    return Sample(
        "receipt",
        picture,
        {
            "company": "家家福便利店",
            "date": "2026-11-12",
            "address": "云州市河东区青石路18号",
            "total": "29.00",
        },
    )


def till_slip() -> Sample:
    picture = drawn((540, 710), layouts.TILL_SLIP)
    return Sample(
        "receipt",
        picture,
        {
            "company": "HARBOUR LIGHT TRADING SDN BHD",
            "date": "21/06/2018",
            "address": "NO. 7, JALAN MERANTI 3/2, TAMAN SERI BAYU, 81100 JOHOR BAHRU",
            "total": "10.25",
        },
    )


SAMPLES: tuple[Callable[[], Sample], ...] = (
    vat_of_today,
    vat_with_code,
    medical,
    summary,
    bank_card,
    accident,
    repair,
    shop_slip,
    till_slip,
)
