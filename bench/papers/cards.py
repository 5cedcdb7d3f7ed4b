"""Identity cards, either side, and bank cards; every identity card carries the word 样本."""

from __future__ import annotations

import random
from datetime import date

from PIL import Image, ImageDraw

from bench.papers import invented, page
from bench.papers.page import Paper

_BLUE = (70, 110, 160)
_CARD = (236, 240, 240)


def front(name: str, birth: date, chance: random.Random) -> Paper:
    number = invented.identity_number(chance, birth)
    sex = "男" if int(number[16]) % 2 else "女"
    street = (
        f"北京市东城区样本街道青石巷{chance.randint(1, 99)}号{chance.randint(1, 18)}幢{chance.randint(101, 2602)}室"
    )
    picture = Image.new("RGB", (1010, 637), _CARD)
    labels = """
84 32 60 姓名
172 32 60 性别 | 300 民族
256 32 60 出生 | 280 年 | 370 月 | 470 日
340 32 60 住址
540 32 60 公民身份号码
"""
    words = f"""
84 44 180 {name}
172 38 180 {sex} | 400 汉
256 36 180 {birth.year} | 330 {birth.month} | 430 {birth.day}
340 34 180 {street[:13]}
392 34 180 {street[13:]}
540 44 330 {number}
"""
    page.write(picture, labels, page.SANS, _BLUE)
    page.write(picture, words)
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((690, 110, 930, 420), 20, fill=(205, 212, 214))
    pen.text((810, 300), "样本", font=page.font(60), fill=(190, 90, 80), anchor="mm")
    truth = {
        "name": name,
        "sex": sex,
        "nation": "汉",
        "birth": birth.isoformat(),
        "address": street,
        "number": number,
    }
    return Paper("id_card", "front", picture, truth)


def back(chance: random.Random) -> Paper:
    authority, start = (
        f"{invented.city(chance)}公安局样本分局",
        date(chance.randint(2012, 2022), chance.randint(1, 12), 6),
    )
    until = start.replace(year=start.year + 20)
    picture = Image.new("RGB", (1010, 637), _CARD)
    page.write(picture, "460 32 240 签发机关\n540 32 240 有效期限", page.SANS, _BLUE)
    words = f"""
110 52 390 中华人民共和国
210 72 380 居民身份证
160 60 80 样本
460 36 420 {authority}
540 36 420 {start:%Y.%m.%d}-{until:%Y.%m.%d}
"""
    page.write(picture, words)
    truth = {"authority": authority, "valid_from": start.isoformat(), "valid_until": until.isoformat()}
    return Paper("id_card", "back", picture, truth)


def bank(chance: random.Random) -> Paper:
    """A debit card in a colour of its own, number in groups of four."""
    name = chance.choice(sorted(invented.BANKS))
    number = invented.card_number(chance, invented.BANKS[name])
    month, year = chance.randint(1, 12), chance.randint(2028, 2035)
    picture = Image.new("RGB", (1120, 640), chance.choice(((232, 236, 240), (198, 220, 208), (236, 214, 214))))
    grouped = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
    words = f"""
90 54 70 {name} | 760 借记卡
360 62 80 {grouped}
440 24 420 月/年
470 22 420 MONTH/YEAR
455 36 560 {month:02d}/{year % 100}
540 40 820 银联 UnionPay
"""
    page.write(picture, words)
    truth = {"number": number, "bank": name, "valid_until": f"{year}-{month:02d}"}
    return Paper("bank_card", "debit", picture, truth)
