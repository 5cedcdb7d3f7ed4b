"""Repair bills in two layouts: a garage's settlement with figures in columns, and a work order of a workshop."""

# ruff: noqa: E501 - the rows of a form are as long as the form is wide

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bench.papers import invented, page
from bench.papers.invented import capital, yuan
from bench.papers.page import Paper

_WORK = ("前保险杠更换", "左前叶子板钣金", "左前叶子板喷漆", "右后门钣金", "前大灯更换", "后视镜更换")


@dataclass(frozen=True, slots=True)
class Repair:
    customer: str
    shop: str
    car: str
    day: date
    total: int
    number: str


def _work(repair: Repair, chance: random.Random, top: int, places: tuple[int, ...]) -> str:
    names = chance.sample(_WORK, chance.randint(1, 4))
    cuts = sorted(chance.sample(range(1, repair.total), len(names) - 1))
    rows = []
    for at, (name, a, b) in enumerate(zip(names, [0, *cuts], [*cuts, repair.total], strict=True)):
        hours = (b - a) // 3
        figures = ("1", yuan(hours), yuan(b - a - hours), yuan(b - a))[-len(places) :]
        rows.append(
            f"{top + 45 * at} 26 90 {name} | " + " | ".join(f"{x} {v}" for x, v in zip(places, figures, strict=True))
        )
    return "\n".join(rows)


def settlement(repair: Repair, chance: random.Random) -> Paper:
    picture = page.blank((1140, 700), chance)
    words = f"""
60 38 330 {repair.shop}
110 32 420 车辆维修结算单
145 22 780 结算单号：{repair.number}
190 26 70 托修方：{repair.customer} | 420 车牌号：{repair.car} | 760 车型：样本牌轿车
235 26 70 进厂日期：{repair.day - timedelta(days=3)} | 420 结算日期：{repair.day} | 760 里程：{invented.figures(chance, 5)}
300 26 90 维修项目 | 480 数量 | 640 工时费 | 820 材料费 | 980 金额
{_work(repair, chance, 345, (490, 640, 820, 970))}
560 26 90 合计（大写）：{capital(repair.total)} | 760 （小写）：{yuan(repair.total)}
630 26 90 服务顾问：{invented.person(chance)} | 600 客户签名：
"""
    page.write(picture, words, chance.choice((page.SANS, page.SERIF)))
    page.rules(picture, (270, 322, 530, 595))
    picture = page.sealed(picture, "业务专用章", (930, 600), chance, oval=True)
    return Paper("repair_bill", "settlement", picture, _truth(repair))


def order(repair: Repair, chance: random.Random) -> Paper:
    picture = page.blank((900, 780), chance)
    words = f"""
60 36 200 {repair.shop}
110 30 330 维修工单
165 24 70 工单号：{repair.number} | 520 日期：{repair.day:%Y年%m月%d日}
205 24 70 客户：{repair.customer} | 520 车牌：{repair.car}
270 24 90 维修项目 | 600 金额
{_work(repair, chance, 320, (600,))}
540 28 90 合计金额：¥{yuan(repair.total)}
600 24 90 金额大写：{capital(repair.total)}
690 24 90 维修厂（章）：{repair.shop}
"""
    page.write(picture, words, chance.choice((page.SANS, page.SERIF)))
    page.rules(picture, (240, 295, 510))
    picture = page.sealed(picture, "修理厂", (680, 660), chance, oval=False)
    return Paper("repair_bill", "order", picture, _truth(repair))


def _truth(repair: Repair) -> dict[str, str]:
    return {
        "shop": repair.shop,
        "plate": repair.car,
        "date": repair.day.isoformat(),
        "total": yuan(repair.total),
        "customer": repair.customer,
        "number": repair.number,
    }


LAYOUTS: tuple[Callable[[Repair, random.Random], Paper], ...] = (settlement, order)
