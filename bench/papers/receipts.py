"""Till slips in five layouts, two Chinese and three of English tills in Malaysia (GST, rounding, cash and change)."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bench.papers import invented, page
from bench.papers.invented import yuan
from bench.papers.page import Paper

_SHOPS = ("家家福便利店", "康宁大药房", "万和生活超市", "青石路药店")
_ABROAD = (
    "HARBOUR LIGHT TRADING SDN BHD",
    "KEDAI SERI BAYU SDN BHD",
    "MERANTI PHARMACY SDN BHD",
    "BLUE TAP HARDWARE SDN BHD",
)
_STREETS = ("JALAN MERANTI", "JALAN KENANGA", "LORONG DAMAI", "JALAN SENTOSA")
_TOWNS = ("81100 JOHOR BAHRU", "50480 KUALA LUMPUR", "47301 PETALING JAYA", "10050 PENANG")
_THINGS = ("创可贴", "医用纱布", "碘伏棉签", "体温计", "护腕")
_GOODS = ("PLASTER 10S", "GAUZE 5CM", "BANDAGE", "TAPE", "SALINE 100ML")


@dataclass(frozen=True, slots=True)
class Slip:
    day: date
    total: int
    number: str


def _lines(slip: Slip, chance: random.Random, names: tuple[str, ...], top: int, right: int, less: int = 0) -> str:
    chosen = chance.sample(names, chance.randint(1, 3))
    whole = slip.total + less
    cuts = sorted(chance.sample(range(1, whole), len(chosen) - 1))
    return "\n".join(
        f"{top + 36 * at} 22 60 {name} | {right} {yuan(b - a)}"
        for at, (name, a, b) in enumerate(zip(chosen, [0, *cuts], [*cuts, whole], strict=True))
    )


def shop(slip: Slip, chance: random.Random) -> Paper:
    """A convenience store's: subtotal, discount, due, cash, change."""
    name, street, less = chance.choice(_SHOPS), f"{invented.city(chance)}河东区青石路{chance.randint(2, 99)}号", 130
    cash = (slip.total // 5_000 + 1) * 5_000
    words = f"""
50 38 150 {name}
110 24 60 地址：{street}
150 24 60 电话：0571-8{invented.figures(chance, 7)}
190 24 60 日期：{slip.day} 18:22:07
230 24 60 收银员：003 | 300 小票号：{slip.number}
280 24 60 商品 | 440 金额
{_lines(slip, chance, _THINGS, 322, 440, less)}
450 24 60 小计 | 440 {yuan(slip.total + less)}
490 24 60 优惠 | 440 -{yuan(less)}
530 26 60 应收 | 440 {yuan(slip.total)}
570 24 60 现金 | 440 {yuan(cash)}
610 24 60 找零 | 440 {yuan(cash - slip.total)}
670 24 130 谢谢惠顾 欢迎再次光临
"""
    return _slip("shop", words, 730, chance, name, slip.day.isoformat(), slip, street)


def pharmacy(slip: Slip, chance: random.Random) -> Paper:
    """A pharmacy's: paid by telephone, total with its sign."""
    name = f"{invented.city(chance)}{chance.choice(_SHOPS[1:])}"
    words = f"""
50 34 60 {name}
95 22 60 销售小票
150 22 60 单号：{slip.number}
190 22 60 时间：{slip.day:%Y/%m/%d} 09:41
240 22 60 品名 | 440 金额
{_lines(slip, chance, _THINGS, 285, 440)}
420 28 60 合计：¥{yuan(slip.total)}
470 22 60 微信支付：{yuan(slip.total)}
520 22 60 药品为特殊商品，售出不退
"""
    return _slip("pharmacy", words, 580, chance, name, f"{slip.day:%Y/%m/%d}", slip)


def till(slip: Slip, chance: random.Random) -> Paper:
    """With the goods and services tax on top."""
    name, street, town = _abroad(chance)
    net = round(slip.total / 1.06)
    words = f"""
50 30 60 {name}
90 22 150 ({invented.figures(chance, 7)}-K)
125 22 60 {street},
155 22 60 {town}
185 22 60 TEL: 07-3{invented.figures(chance, 6)}
215 22 60 GST ID: 00{invented.figures(chance, 10)}
260 22 60 INVOICE NO: {slip.number}
290 22 60 DATE: {slip.day:%d/%m/%Y}  14:05
{_lines(Slip(slip.day, net, ""), chance, _GOODS, 340, 430)}
460 22 60 SUBTOTAL | 430 {yuan(net)}
490 22 60 GST 6% | 430 {yuan(slip.total - net)}
535 26 60 TOTAL (RM) | 420 {yuan(slip.total)}
575 22 60 CASH | 420 {yuan(slip.total + 1_000)}
605 22 60 CHANGE | 420 10.00
660 22 110 THANK YOU. COME AGAIN
"""
    return _slip("till", words, 720, chance, name, f"{slip.day:%d/%m/%Y}", slip, f"{street}, {town}")


def rounded(slip: Slip, chance: random.Random) -> Paper:
    """Tax included, rounded to five sen, the summary of taxes below."""
    name, street, town = _abroad(chance)
    exact, total = slip.total, slip.total // 5 * 5
    slip = Slip(slip.day, total, slip.number)
    words = f"""
50 28 60 {name}
85 22 60 {street},
112 22 60 {town}
140 22 60 TAX INVOICE
165 22 60 Receipt #: {slip.number}
195 22 60 Date : {slip.day:%d-%m-%Y} 10:12:33
225 22 60 Cashier : AINA
{_lines(Slip(slip.day, exact, ""), chance, _GOODS, 275, 430)}
400 22 60 Total Sales (Incl. GST) | 430 {yuan(exact)}
430 22 60 Rounding Adj | 430 -{yuan(exact - total)}
470 26 60 Total Amount | 420 {yuan(total)}
510 22 60 CASH | 430 {yuan(total)}
540 22 60 CHANGE | 430 0.00
590 20 60 GST Summary | 260 Amount | 430 Tax
618 20 60 SR 6% | 260 {yuan(round(total / 1.06))} | 430 {yuan(total - round(total / 1.06))}
670 20 100 Goods sold are not returnable
"""
    return _slip("rounded", words, 730, chance, name, f"{slip.day:%d-%m-%Y}", slip, f"{street}, {town}")


def clinic(slip: Slip, chance: random.Random) -> Paper:
    """Of a clinic abroad, in ringgit: nobody's name, and a foreign currency."""
    name, street, town = f"KLINIK {chance.choice(('DAMAI', 'SERI BAYU', 'HARAPAN'))} SDN BHD", *_abroad(chance)[1:]
    words = f"""
55 32 60 {name}
100 22 60 {street},
130 22 60 {town}
170 22 60 OFFICIAL RECEIPT
205 22 60 NO: {slip.number}
235 22 60 DATE: {slip.day.day} {slip.day:%b %Y}
285 22 60 CONSULTATION | 430 {yuan(slip.total // 2)}
320 22 60 DRESSING | 430 {yuan(slip.total - slip.total // 2)}
370 26 60 TOTAL RM | 420 {yuan(slip.total)}
410 22 60 VISA CARD | 430 {yuan(slip.total)}
470 22 60 THANK YOU
"""
    return _slip("clinic", words, 540, chance, name, f"{slip.day.day} {slip.day:%b %Y}", slip, f"{street}, {town}")


def _abroad(chance: random.Random) -> tuple[str, str, str]:
    street = f"NO. {chance.randint(2, 88)}, {chance.choice(_STREETS)} {chance.randint(1, 9)}/{chance.randint(1, 20)}"
    return chance.choice(_ABROAD), street, chance.choice(_TOWNS)


def _slip(
    layout: str, words: str, height: int, chance: random.Random, name: str, day: str, slip: Slip, street: str = ""
) -> Paper:
    picture = page.blank((580, height), chance)
    faded = chance.choice(((42, 42, 48), (70, 70, 78), (98, 92, 104)))
    page.write(picture, words, page.SANS, faded)
    truth = {"company": name, "date": day, "total": yuan(slip.total)}
    told = {**truth, "address": street} if street else truth
    return Paper("receipt", layout, picture, told, slip.day.isoformat(), slip.number)


LAYOUTS: tuple[Callable[[Slip, random.Random], Paper], ...] = (shop, pharmacy, till, rounded)
"""What a shop at home or abroad gives; `clinic` is for the claims of travellers."""
