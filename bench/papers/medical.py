"""医疗收费票据 in five layouts: outpatient strip, hospital A4, electronic, needle print, and as a table."""

# ruff: noqa: E501 - the rows of a form are as long as the form is wide

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from PIL import Image

from bench.papers import invented, page
from bench.papers.invented import capital, yuan
from bench.papers.page import Paper

_OUTPATIENT = ("西药费", "诊察费", "检查费", "化验费", "治疗费", "卫生材料费", "中成药费", "放射费")
_HOSPITAL = ("床位费", "护理费", "西药费", "检查费", "化验费", "手术费", "治疗费", "卫生材料费")


@dataclass(frozen=True, slots=True)
class Bill:
    """What an invoice says, in fen. `shown` is the total in figures and `worded` the one in words: they differ from
    `total`, the sum of the items, only where somebody meddled."""

    patient: str
    day: date
    hospital: str
    total: int
    social: int
    own: int
    number: str
    code: str
    shown: int
    worded: int
    days: int = 0
    """In hospital; 0 for an outpatient."""

    @property
    def personal(self) -> int:
        return self.total - self.social

    def truth(self, **more: str) -> dict[str, str]:
        return {
            "patient_name": self.patient,
            "issue_date": self.day.isoformat(),
            "hospital": self.hospital,
            "total": yuan(self.shown),
            "social_paid": yuan(self.social),
            "self_paid": yuan(self.own),
            "invoice_number": self.number,
            **more,
        }


def items(bill: Bill, chance: random.Random) -> list[tuple[str, int]]:
    """Two to six items that add up to the total."""
    names = chance.sample(_HOSPITAL if bill.days else _OUTPATIENT, chance.randint(2, 6))
    cuts = sorted(chance.sample(range(1, max(bill.total, 20)), len(names) - 1))
    return [(name, b - a) for name, a, b in zip(names, [0, *cuts], [*cuts, bill.total], strict=True)]


def _listed(bill: Bill, chance: random.Random, top: int, step: int, columns: tuple[tuple[int, int], ...]) -> str:
    rows = []
    for at, (name, fen) in enumerate(items(bill, chance)):
        left, amount = columns[at % len(columns)]
        rows.append(f"{top + at // len(columns) * step} 22 {left} {name} | {amount} {yuan(fen)}")
    return "\n".join(rows)


def strip(bill: Bill, chance: random.Random) -> Paper:
    """门诊收费票据 as long as it is narrow, from the window's printer."""
    picture = page.blank((760, 1080), chance)
    account = bill.personal // 3
    words = f"""
60 34 130 {bill.hospital}
110 32 200 医疗门诊收费票据
165 24 50 票据号码：{bill.number}
205 24 50 姓名：{bill.patient} | 400 性别：{chance.choice("男女")}
245 24 50 收费日期：{bill.day} | 400 门诊号：{invented.figures(chance, 7)}
300 24 50 项目 | 470 金额
{_listed(bill, chance, 345, 38, ((50, 470),))}
620 24 50 金额合计（大写）：{capital(bill.worded)}
665 26 50 （小写）：{yuan(bill.shown)}
715 24 50 医保统筹支付：{yuan(bill.social)}
755 24 50 个人账户支付：{yuan(account)}
795 24 50 个人现金支付：{yuan(bill.personal - account)}
835 24 50 自费金额：{yuan(bill.own)}
905 24 50 收款单位（章）：{bill.hospital}
945 24 50 收款人：{invented.person(chance)}
"""
    page.write(picture, words, chance.choice((page.SANS, page.SERIF)))
    page.rules(picture, (275, 322, 590))
    picture = page.sealed(picture, "收费专用章", (560, 900), chance, oval=True)
    more = {"account_paid": yuan(account), "cash_paid": yuan(bill.personal - account)}
    return Paper("medical_invoice", "strip", picture, bill.truth(**more))


def a4(bill: Bill, chance: random.Random) -> Paper:
    """住院收费票据 of a hospital; of an outpatient without days."""
    picture = page.blank((1480, 1040), chance)
    first = bill.day - timedelta(days=max(bill.days, 1))
    stay = (
        f"240 24 70 住院号：{invented.figures(chance, 7)} | 520 入院日期：{first} | 1000 出院日期：{bill.day}"
        if bill.days
        else f"240 24 70 门诊号：{invented.figures(chance, 7)} | 520 科室：骨科"
    )
    title = "医疗住院收费票据" if bill.days else "医疗门诊收费票据"
    words = f"""
60 42 480 {bill.hospital[:2]}省{title}
130 24 70 票据代码：{bill.code} | 1000 票据号码：{bill.number}
190 26 70 姓名：{bill.patient} | 520 医保类型：职工医保 | 1000 开票日期：{bill.day}
{stay}
310 24 80 项目名称 | 480 金额（元） | 800 项目名称 | 1180 金额（元）
{_listed(bill, chance, 360, 48, ((80, 480), (800, 1180)))}
620 26 80 金额合计（大写）：{capital(bill.worded)} | 900 （小写）：{yuan(bill.shown)}
700 24 80 医保统筹基金支付：{yuan(bill.social)} | 560 个人支付金额：{yuan(bill.personal)} | 1060 个人自费：{yuan(bill.own)}
760 24 80 预缴金额：0.00 | 560 补缴金额：0.00 | 1060 退费金额：0.00
880 24 80 收款单位（章）：{bill.hospital} | 760 复核人：{invented.person(chance)} | 1120 收款人：{invented.person(chance)}
"""
    page.write(picture, words, chance.choice((page.SANS, page.SERIF, page.BOLD)))
    page.rules(picture, (275, 335, 585, 660, 800), (740,) if bill.days else ())
    picture = page.sealed(picture, "财务专用章", (420, 880), chance, oval=False)
    more = {"invoice_code": bill.code, "personal_paid": yuan(bill.personal)}
    return Paper("medical_invoice", "a4", picture, bill.truth(**more))


def electronic(bill: Bill, chance: random.Random) -> Paper:
    """财政电子票据: a red head, other information in running cells."""
    picture = page.blank((1520, 900), chance)
    account = bill.personal // 4
    cash = bill.personal - account
    title = "医疗住院收费票据（电子）" if bill.days else "医疗门诊收费票据（电子）"
    page.write(picture, f"60 44 430 {bill.hospital[:2]}{title}", page.SERIF, (176, 44, 44))
    words = f"""
130 24 60 票据代码：{bill.code} | 1000 票据号码：{bill.number}
170 24 60 交款人统一社会信用代码： | 1000 校验码：{invented.figures(chance, 6)}
210 24 60 交款人：{bill.patient} | 1000 开票日期：{bill.day}
265 22 80 项目名称 | 400 金额（元） | 800 项目名称 | 1180 金额（元）
{_listed(bill, chance, 315, 42, ((80, 400), (800, 1180)))}
560 24 60 金额合计（大写）{capital(bill.worded)} | 1000 （小写）{yuan(bill.shown)}
620 22 60 业务流水号：{bill.day:%Y%m%d}{invented.figures(chance, 6)} | 520 门诊号：{invented.figures(chance, 7)} | 900 就诊日期：{bill.day:%Y%m%d}
660 22 60 医疗机构类型：综合医院 | 520 医保类型：居民医保 | 900 医保编号：{invented.figures(chance, 8)}
700 22 60 医保统筹基金支付：{yuan(bill.social)} | 520 其他支付：0.00 | 900 个人账户支付：{yuan(account)}
740 22 60 个人现金支付：{yuan(cash)} | 520 个人自付：{yuan(bill.personal - bill.own)} | 900 个人自费：{yuan(bill.own)}
830 24 60 收款单位（章）：{bill.hospital} | 760 复核人：{invented.person(chance)} | 1100 收款人：{invented.person(chance)}
"""
    page.write(picture, words, page.SANS)
    page.rules(picture, (240, 290, 530, 590, 770), colour=(190, 110, 110))
    picture = page.sealed(picture, "财政票据监制章", (760, 130), chance, oval=True)
    more = {"invoice_code": bill.code, "account_paid": yuan(account), "cash_paid": yuan(cash)}
    return Paper("medical_invoice", "electronic", picture, bill.truth(**more))


def needle(bill: Bill, chance: random.Random) -> Paper:
    """An old form with printed labels, filled in by a needle printer that does not meet its places."""
    picture = page.blank((1300, 860), chance)
    form = """
60 38 420 医疗门诊收费票据
140 24 70 姓名： | 800 NO.
200 24 70 医院： | 800 日期：
480 24 70 合计（大写）： | 800 小写：
560 24 70 医保统筹支付： | 500 个人支付： | 900 自费：
740 24 70 收款单位（章） | 800 收款人：
"""
    page.write(picture, form, page.SERIF, page.LABEL)
    filled = Image.new("RGB", picture.size, (255, 255, 255))
    print_ = f"""
140 28 170 {bill.patient} | 870 {bill.number}
200 28 170 {bill.hospital} | 900 {bill.day}
{_listed(bill, chance, 260, 44, ((90, 360), (700, 960)))}
480 28 270 {capital(bill.worded)} | 900 {yuan(bill.shown)}
560 28 270 {yuan(bill.social)} | 650 {yuan(bill.personal)} | 1000 {yuan(bill.own)}
740 26 920 {invented.person(chance)}
"""
    page.write(filled, print_, page.SANS, (0, 0, 0), (chance.randint(-4, 6), chance.randint(-7, 7)))
    page.rules(picture, (100, 232, 450, 520, 610), colour=(190, 170, 160))
    picture = page.needled(picture, filled)
    picture = page.sealed(picture, "收费专用章", (330, 720), chance, oval=True)
    return Paper("medical_invoice", "needle", picture, bill.truth(personal_paid=yuan(bill.personal)))


def table(bill: Bill, chance: random.Random) -> Paper:
    """Label and value in cells with lines around them."""
    picture = page.blank((1400, 900), chance)
    words = f"""
80 44 420 医疗门诊收费票据
150 28 110 票据号码 | 260 {bill.number}
258 30 110 患者姓名 | 300 {bill.patient} | 760 收费日期 | 940 {bill.day}
354 30 110 就诊医院 | 300 {bill.hospital}
546 30 110 金额合计 | 300 {yuan(bill.shown)} | 760 医保统筹支付 | 1010 {yuan(bill.social)}
642 30 110 自费金额 | 300 {yuan(bill.own)} | 760 个人支付 | 1010 {yuan(bill.personal)}
720 28 110 合计（大写）：{capital(bill.worded)}
800 28 110 收款单位：{bill.hospital}
"""
    page.write(picture, words, chance.choice((page.SANS, page.SERIF)))
    page.write(picture, _listed(bill, chance, 424, 36, ((110, 330), (760, 1000))))
    page.rules(picture, (210, 306, 402, 498, 594, 690), (730,))
    picture = page.sealed(picture, "收费专用章", (1150, 770), chance, oval=chance.random() < 0.5)
    return Paper("medical_invoice", "table", picture, bill.truth(personal_paid=yuan(bill.personal)))


LAYOUTS: tuple[Callable[[Bill, random.Random], Paper], ...] = (strip, a4, electronic, needle, table)
