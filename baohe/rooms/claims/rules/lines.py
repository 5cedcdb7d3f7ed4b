"""The words of a calculation's lines. Pure."""

from __future__ import annotations

from baohe.kernel.decisions import Text
from baohe.kernel.money import BASIS, yuan
from baohe.rooms.catalog.contracts import ClaimStep, ClaimTier
from baohe.rooms.claims.contracts import CalculationLine
from baohe.rooms.claims.rules.counting import counted

_PER = {
    "day": Text("每天", "a day"),
    "visit": Text("每次就诊", "each visit"),
    "event": Text("每次", "each time"),
    "year": Text("每年", "a year"),
    "contract": Text("整个保险期间", "over the whole term"),
}
_MARKS = ("减 ", "乘 ", "Less ", "Times ")


def bare(label: Text) -> Text:
    """The label without "减" or "乘": the operation is shown as a mark of its own."""
    zh, en = label.zh, label.en
    for mark in _MARKS:
        zh, en = zh.removeprefix(mark), en.removeprefix(mark)
    return Text(zh, en[:1].upper() + en[1:])


def total(amount_fen: int) -> CalculationLine:
    return CalculationLine("total", Text("赔付", "Paid to you"), None, amount_fen)


def payable(amount_fen: int) -> CalculationLine:
    return CalculationLine("subtotal", Text("可赔金额", "Payable"), None, amount_fen)


def papers(step: ClaimStep, count: int) -> Text | None:
    if step.field != "total":
        return None
    return Text(f"票据 {count} 张", f"{count} invoice{'s' if count != 1 else ''}")


def days(stayed: int, counted_days: int, each_fen: int) -> Text:
    return Text(
        f"住院 {stayed} 天，{counted_days} 天 × ¥{yuan(each_fen)}",
        f"{stayed} days in hospital, {counted_days} × ¥{yuan(each_fen)}",
    )


def each_visit(filed: int, visits: int) -> Text:
    return Text(f"{visits} 次就诊，每次自己先付 ¥{yuan(filed)}", f"{visits} visits, the first ¥{yuan(filed)} of each")


def deductible(step: ClaimStep, filed: int, before: int) -> Text | None:
    if not counted(step):
        return step.detail or Text(f"每次自己先付 ¥{yuan(filed)}", f"The first ¥{yuan(filed)} each time")
    per, met = _PER[step.per], yuan(min(before, filed))
    whose = Text("全家", "the family: ") if step.shared else Text("", "")
    return Text(
        f"{whose.zh}{per.zh} ¥{yuan(filed)}，此前已抵 ¥{met}",
        f"{whose.en}¥{yuan(filed)} {per.en}, ¥{met} met before",
    )


def sublimit(step: ClaimStep, limit_fen: int, item_fen: int) -> Text:
    per = _PER[step.per]
    return Text(
        f"票据上 ¥{yuan(item_fen)}，{per.zh}最多 ¥{yuan(limit_fen)}",
        f"¥{yuan(item_fen)} on the papers, at most ¥{yuan(limit_fen)} {per.en}",
    )


def tier(below_fen: int, part: ClaimTier) -> Text:
    """The part between two bounds and the share of it that the claimant bears."""
    bears = f"{(BASIS - part.bp) / 100:g}%"
    if part.up_to_fen is None:
        return Text(
            f"¥{yuan(below_fen)} 以上部分自付 {bears}", f"{bears} of what lies above ¥{yuan(below_fen)} is yours"
        )
    return Text(
        f"¥{yuan(below_fen)}–{yuan(part.up_to_fen)} 部分自付 {bears}",
        f"{bears} of the part from ¥{yuan(below_fen)} to {yuan(part.up_to_fen)} is yours",
    )


def limit(step: ClaimStep, limit_fen: int, before: int, now: int) -> Text:
    per = _PER.get(step.per, _PER["event"])
    if not counted(step):
        return Text(f"{per.zh}限额 ¥{yuan(limit_fen)}", f"Limit ¥{yuan(limit_fen)} {per.en}")
    return Text(
        f"{per.zh}限额 ¥{yuan(limit_fen)}，连本次已用 ¥{yuan(before + now)}",
        f"Limit ¥{yuan(limit_fen)} {per.en}, ¥{yuan(before + now)} used with this claim",
    )
