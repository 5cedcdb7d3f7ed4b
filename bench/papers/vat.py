"""增值税发票 in three layouts: of paper, electronic with a code, and 全电 without one."""

# ruff: noqa: E501 - the rows of a form are as long as the form is wide

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bench.papers import invented, page
from bench.papers.invented import capital, yuan
from bench.papers.page import Paper

THINGS = {
    "screen": "*劳务*手机屏幕更换",
    "pet": "*宠物服务*诊疗费",
    "home": "*修理修配*家电维修",
    "goods": "*日用杂品*商品",
    "car": "*劳务*车辆修理",
}


@dataclass(frozen=True, slots=True)
class Sale:
    """`shown` is the total in figures, `worded` the one in words; they differ from `total` where somebody meddled."""

    buyer: str
    seller: str
    day: date
    thing: str
    total: int
    number: str
    shown: int
    worded: int

    @property
    def tax(self) -> int:
        return (self.total * 13 + 56) // 113

    @property
    def net(self) -> int:
        return self.total - self.tax


def today_s(sale: Sale, chance: random.Random) -> Paper:
    """电子发票（普通发票）: 20 figures and no code; buyer on the left, seller on the right."""
    number, tax_id = (sale.number * 3)[:20], invented.credit_code(chance)
    picture = page.blank((1580, 950), chance)
    down = "\n".join(
        f"{190 + 40 * at} 26 40 {a} | 790 {b}" for at, (a, b) in enumerate(zip("购买方信息", "销售方信息", strict=True))
    )
    words = f"""
70 46 480 电子发票（普通发票）
60 26 1060 发票号码：{number}
100 26 1060 开票日期：{sale.day:%Y年%m月%d日}
{down}
200 26 90 名称：{sale.buyer} | 840 名称：{sale.seller}
330 24 90 统一社会信用代码/纳税人识别号： | 840 统一社会信用代码/纳税人识别号：{tax_id}
420 24 70 项目名称 | 380 规格型号 | 560 单位 | 680 数量 | 820 单价 | 1020 金额 | 1180 税率/征收率 | 1400 税额
470 24 50 {sale.thing} | 570 次 | 700 1 | 800 {yuan(sale.net)} | 1000 {yuan(sale.net)} | 1220 13% | 1390 {yuan(sale.tax)}
640 26 120 合        计 | 980 ¥{yuan(sale.net)} | 1370 ¥{yuan(sale.tax)}
710 26 70 价税合计（大写） | 420 ⓧ {capital(sale.worded)} | 1040 （小写） | 1170 ¥{yuan(sale.shown)}
800 24 80 备注
900 24 90 开票人：{invented.person(chance)}
"""
    page.write(picture, words, chance.choice((page.SANS, page.SERIF)))
    page.rules(picture, (150, 390, 610, 680, 750, 860))
    picture = page.sealed(picture, "发票监制章", (790, 120), chance, oval=True)
    return Paper("vat_invoice", "all_electronic", picture, _truth(sale, number, tax_id))


def with_code(sale: Sale, chance: random.Random) -> Paper:
    """增值税电子普通发票: a code of 12 and a number of 8; buyer above, seller below."""
    return _old(sale, chance, "电子普通发票", labelled=True)


def of_paper(sale: Sale, chance: random.Random) -> Paper:
    """增值税普通发票 of paper: its code and number stand in the head without labels, the print needled beside it."""
    return _old(sale, chance, "普通发票", labelled=False)


def _old(sale: Sale, chance: random.Random, title: str, labelled: bool) -> Paper:
    code, number, tax_id = "0" + invented.figures(chance, 11), sale.number[:8], invented.credit_code(chance)
    picture = page.blank((1540, 890), chance)
    head = (
        f"50 24 1080 发票代码：{code}\n85 24 1080 发票号码：{number}\n130 22 60 机器编号：{invented.figures(chance, 12)}"
        if labelled
        else f"60 30 110 {code}\n60 30 1100 №{number}"
    )
    words = f"""
60 44 480 {sale.seller[:2]}增值税{title}
{head}
120 24 1080 开票日期：{sale.day:%Y年%m月%d日}
155 24 1080 校 验 码：{invented.figures(chance, 5)} {invented.figures(chance, 5)} {invented.figures(chance, 5)}
215 24 45 购
251 24 45 买
287 24 45 方
205 24 90 名        称：{sale.buyer}
240 24 90 纳税人识别号：
275 24 90 地 址、电 话：
310 24 90 开户行及账号：
360 22 60 货物或应税劳务、服务名称 | 430 规格型号 | 580 单位 | 690 数量 | 820 单价 | 1010 金额 | 1190 税率 | 1360 税额
405 22 55 {sale.thing} | 590 次 | 705 1 | 790 {yuan(sale.net)} | 990 {yuan(sale.net)} | 1195 13% | 1350 {yuan(sale.tax)}
560 24 200 合        计 | 970 ￥{yuan(sale.net)} | 1340 ￥{yuan(sale.tax)}
620 24 80 价税合计(大写) | 420 ⊗ {capital(sale.worded)} | 1060 (小写) | 1180 ￥{yuan(sale.shown)}
674 24 45 销
711 24 45 售
747 24 45 方
670 24 90 名        称：{sale.seller}
705 24 90 纳税人识别号：{tax_id}
740 24 90 地 址、电 话：{sale.seller[:3]}环岛路 {chance.randint(2, 99)} 号
775 24 90 开户行及账号：样本银行环岛支行 {invented.figures(chance, 10)}
840 22 60 收款人：{invented.person(chance)} | 420 复核：{invented.person(chance)} | 760 开票人：{invented.person(chance)}
"""
    page.write(picture, words, chance.choice((page.SANS, page.SERIF)))
    page.rules(picture, (180, 335, 530, 590, 650, 810), colour=page.RULE if labelled else (120, 150, 120))
    picture = page.sealed(picture, "发票专用章", (1260, 750), chance, oval=True)
    truth = {"invoice_code": code, **_truth(sale, number, tax_id)}
    return Paper("vat_invoice", "electronic" if labelled else "paper", picture, truth)


def _truth(sale: Sale, number: str, tax_id: str) -> dict[str, str]:
    return {
        "invoice_number": number,
        "issue_date": sale.day.isoformat(),
        "buyer_name": sale.buyer,
        "seller_name": sale.seller,
        "seller_tax_id": tax_id,
        "amount": yuan(sale.net),
        "tax": yuan(sale.tax),
        "total": yuan(sale.shown),
    }


LAYOUTS: tuple[Callable[[Sale, random.Random], Paper], ...] = (today_s, with_code, of_paper)
