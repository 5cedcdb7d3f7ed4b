"""Draws invented medical reports whose values are known, as people photograph them. Used by tests and the bench.

Three layouts: a laboratory table with ranges and arrows, a health check's summary of cells and findings, a discharge
summary in sentences. The same seed gives the same report.
"""

from __future__ import annotations

import io
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from baohe.adapters.ocr import engine
from baohe.plumbing.pictures import make_safe

LAYOUTS = ("lab", "check", "discharge")
_FONT = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
_INK, _PALE, _RULE, _PAPER = (38, 40, 44), (110, 112, 118), (188, 192, 198), (251, 251, 248)
_NAMES = ("林知夏", "陈小满", "周予安", "沈宁", "顾明远", "欧阳静")
_FINDINGS = ("甲状腺结节", "脂肪肝", "胆囊息肉", "肾囊肿", "乳腺结节", "肺结节")
_TABLE = (
    ("fasting_glucose", "空腹血糖(GLU)", "mmol/L", "3.9-6.1", 3.6, 11.5, 2),
    ("hba1c", "糖化血红蛋白(HbA1c)", "%", "4.0-6.0", 4.4, 9.8, 1),
    ("uric_acid", "尿酸(UA)", "μmol/L", "208-428", 190, 620, 0),
    ("alt", "丙氨酸氨基转移酶(ALT)", "U/L", "9-50", 8, 160, 0),
    ("ast", "天门冬氨酸氨基转移酶(AST)", "U/L", "15-40", 12, 120, 0),
    ("ggt", "谷氨酰转移酶(GGT)", "U/L", "10-60", 9, 180, 0),
    ("total_cholesterol", "总胆固醇(TC)", "mmol/L", "3.1-5.7", 2.9, 8.4, 2),
    ("triglycerides", "甘油三酯(TG)", "mmol/L", "0.4-1.7", 0.5, 6.2, 2),
    ("ldl", "低密度脂蛋白胆固醇(LDL-C)", "mmol/L", "1.9-3.4", 1.4, 5.8, 2),
    ("hdl", "高密度脂蛋白胆固醇(HDL-C)", "mmol/L", "1.0-2.1", 0.7, 2.4, 2),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A report as JPEG, and what it truly says: code → value; findings under "findings" joined by 、."""

    jpeg: bytes
    truth: Mapping[str, str]


def draw_report(layout: str, seed: int, *, noisy: bool = False, name: str = "", **fixed: str) -> Sample:
    """`fixed` sets values by code; the others come of the seed."""
    chance = random.Random(f"{layout}:{seed}")  # noqa: S311 - a sample, not a secret
    truth = {
        "name": name or chance.choice(_NAMES),
        "report_date": f"2026-{chance.randint(1, 11):02d}-{chance.randint(1, 21):02d}",
    }
    picture = {"lab": _lab, "check": _check, "discharge": _discharge}[layout](chance, truth, fixed)
    if noisy:
        picture = _by_hand(picture, chance)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return Sample(out.getvalue(), truth)


def measured(sample: Sample, today: date) -> tuple[int, int]:
    """Values of the truth that were read rightly, and how many there are."""
    reading = engine.read_report(make_safe(sample.jpeg).jpeg, today)
    got = {one.code: one.value for one in reading.values}
    got["findings"] = "、".join(sorted(one.value for one in reading.values if one.code.startswith("finding_")))
    return sum(got.get(code, "") == value for code, value in sample.truth.items()), len(sample.truth)


def _lab(chance: random.Random, truth: dict[str, str], fixed: Mapping[str, str]) -> Image.Image:
    rows = chance.sample(_TABLE, chance.randint(6, len(_TABLE)))
    picture, pen = _sheet(1500, 420 + 74 * len(rows), "临江市第二人民医院检验报告单")
    _cells(pen, 190, [("姓名", truth["name"]), ("性别", "女"), ("样本号", str(chance.randint(10**6, 10**7)))])
    head = 270
    for left, word in zip((80, 660, 860, 960, 1180), ("项目", "结果", "", "单位", "参考范围"), strict=True):
        pen.text((left, head), word, font=_font(28), fill=_PALE, anchor="lm")
    for place, (code, label, unit, usual, least, most, digits) in enumerate(rows):
        value = fixed.get(code) or _number(chance, least, most, digits)
        truth[code] = value
        top = head + 60 + 74 * place
        pen.line((70, top - 36, 1430, top - 36), fill=_RULE, width=2)
        arrow = _arrow(value, usual)
        for left, text in zip((80, 660, 860, 960, 1180), (label, value, arrow, unit, usual), strict=True):
            pen.text((left, top), text, font=_font(30), fill=_INK, anchor="lm")
    bottom = head + 60 + 74 * len(rows)
    pen.text((80, bottom + 30), f"报告日期：{truth['report_date']}", font=_font(28), fill=_INK, anchor="lm")
    pen.text((1430, bottom + 30), "样张，不作诊断凭证", font=_font(24), fill=_PALE, anchor="rm")
    return picture


def _check(chance: random.Random, truth: dict[str, str], fixed: Mapping[str, str]) -> Image.Image:
    picture, pen = _sheet(1300, 1080, "健康体检报告")
    _cells(pen, 190, [("姓名", truth["name"]), ("性别", "男"), ("体检日期", truth["report_date"])])
    values = {
        "height": fixed.get("height") or str(chance.randint(150, 188)),
        "weight": fixed.get("weight") or _number(chance, 45, 98, 1),
        "systolic": fixed.get("systolic") or str(chance.randint(98, 168)),
        "diastolic": fixed.get("diastolic") or str(chance.randint(58, 104)),
        "fasting_glucose": fixed.get("fasting_glucose") or _number(chance, 3.8, 9.9, 1),
        "uric_acid": fixed.get("uric_acid") or str(chance.randint(210, 590)),
    }
    truth |= values
    _cells(pen, 300, [("身高", f"{values['height']} cm"), ("体重", f"{values['weight']} kg")])
    pen.text(
        (80, 400), f"血压：{values['systolic']}/{values['diastolic']} mmHg", font=_font(32), fill=_INK, anchor="lm"
    )
    pen.text((80, 480), f"空腹血糖 {values['fasting_glucose']} mmol/L", font=_font(32), fill=_INK, anchor="lm")
    pen.text((700, 480), f"血尿酸 {values['uric_acid']} μmol/L", font=_font(32), fill=_INK, anchor="lm")
    found = chance.sample(_FINDINGS, chance.randint(0, 2))
    absent = next(word for word in _FINDINGS if word not in found)
    truth["findings"] = "、".join(sorted(found))
    pen.text((80, 590), "主检结论", font=_font(32), fill=_PALE, anchor="lm")
    lines = [f"{place}. 超声提示{word}，建议定期复查。" for place, word in enumerate(found, 1)]
    lines.append(f"{len(found) + 1}. 未见{absent}，其余未见明显异常。")
    for place, line in enumerate(lines):
        pen.text((80, 660 + 70 * place), line, font=_font(30), fill=_INK, anchor="lm")
    return picture


def _discharge(chance: random.Random, truth: dict[str, str], fixed: Mapping[str, str]) -> Image.Image:
    picture, pen = _sheet(1300, 900, "出院小结")
    _cells(pen, 190, [("姓名", truth["name"]), ("住院号", str(chance.randint(10**5, 10**6)))])
    pen.text((80, 280), f"出院日期：{truth['report_date']}", font=_font(30), fill=_INK, anchor="lm")
    found = chance.sample(("高血压", "糖尿病", "胆囊结石", "慢性胃炎", "肺结节"), 2)
    truth["findings"] = "、".join(sorted(found))
    pressure = (str(chance.randint(110, 160)), str(chance.randint(65, 99)))
    truth["systolic"], truth["diastolic"] = fixed.get("systolic") or pressure[0], fixed.get("diastolic") or pressure[1]
    lines = [
        f"出院诊断：1. {found[0]}  2. {found[1]}",
        "既往史：否认冠心病，无乙型肝炎。",
        f"入院情况：神清，血压 {truth['systolic']}/{truth['diastolic']} mmHg，心肺未见异常。",
        "治疗经过：对症治疗后好转出院，门诊随诊。",
    ]
    for place, line in enumerate(lines):
        pen.text((80, 380 + 90 * place), line, font=_font(30), fill=_INK, anchor="lm")
    return picture


def _sheet(width: int, height: int, title: str) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("RGB", (width, height), _PAPER)
    pen = ImageDraw.Draw(picture)
    pen.text((width // 2, 90), title, font=_font(44), fill=_INK, anchor="mm")
    pen.line((70, 140, width - 70, 140), fill=_RULE, width=3)
    return picture, pen


def _cells(pen: ImageDraw.ImageDraw, top: int, cells: list[tuple[str, str]]) -> None:
    for place, (label, value) in enumerate(cells):
        left = 80 + 430 * place
        pen.text((left, top), label, font=_font(28), fill=_PALE, anchor="lm")
        wide = int(pen.textlength(label, font=_font(28)))
        pen.text((left + wide + 28, top), value, font=_font(30), fill=_INK, anchor="lm")


def _by_hand(picture: Image.Image, chance: random.Random) -> Image.Image:
    turned = picture.rotate(chance.uniform(-1.4, 1.4), expand=True, fillcolor=(90, 88, 84), resample=Image.BICUBIC)
    shade = Image.linear_gradient("L").resize(turned.size).point(lambda v: 16 + v // 6)
    turned = Image.composite(Image.new("RGB", turned.size, (58, 54, 50)), turned, shade)
    grain = Image.effect_noise(turned.size, 22).convert("RGB")
    return Image.blend(turned, grain, 0.07).filter(ImageFilter.GaussianBlur(0.6))


def _number(chance: random.Random, least: float, most: float, digits: int) -> str:
    text = f"{chance.uniform(least, most):.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _arrow(value: str, usual: str) -> str:
    low, high = (float(part) for part in usual.split("-"))
    return "↑" if float(value) > high else "↓" if float(value) < low else ""


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONT), size)
