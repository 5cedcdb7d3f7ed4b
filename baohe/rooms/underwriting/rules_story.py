"""The words of a referral's history, for the customer's timeline and the desk. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from baohe.kernel.dates import SHANGHAI
from baohe.kernel.decisions import Text
from baohe.rooms.underwriting.rules_referral import KINDS

HAPPENED: Mapping[str, Text] = {
    "opened": Text("转给核保员", "Sent to an underwriter"),
    "review_asked": Text("你请人复核系统的结果", "You asked a person to look at the decision"),
    "papers_asked": Text("核保员请你补材料", "The underwriter asked for papers"),
    "paper_added": Text("上传了材料", "A paper was uploaded"),
    "paper_removed": Text("移除了一页材料", "A page was removed"),
    "reading_confirmed": Text("核对了读出的数值", "The values read were confirmed"),
    "handed_in": Text("材料交给核保员", "The papers were handed in"),
    "papers_complete": Text("材料已齐，核保员继续看", "The papers are complete; the underwriter goes on"),
    "papers_over": Text("材料期限已到，核保员按已有资料继续看", "The time for papers is over; the underwriter goes on"),
    "papers_reminded": Text("提醒补材料", "Reminded of papers"),
    "concluded": Text("核保员给出结论", "The underwriter concluded"),
    "proposed": Text("核保员给出结论，请另一位核保员复核", "Concluded; a second underwriter looks at it"),
    "confirmed": Text("另一位核保员复核同意", "A second underwriter agreed"),
    "returned": Text("另一位核保员退回，重新看", "A second underwriter returned it"),
    "offered": Text("给出承保条件，等你决定", "Terms were offered; the choice is yours"),
    "offer_reminded": Text("提醒承保条件快到期", "Reminded of the end of the terms"),
    "accepted": Text("接受了承保条件", "The terms were accepted"),
    "declined": Text("没有接受承保条件", "The terms were declined"),
    "expired": Text("承保条件到期失效", "The terms ran out"),
    "reply_near": Text("答复期限快到", "The answer is nearly due"),
    "reply_late": Text("答复超期", "The answer is late"),
}
DESK_ONLY = frozenset({"reply_near", "returned", "papers_reminded", "offer_reminded", "reading_confirmed"})
"""What happens among staff, or is only noise to the customer."""


def title(code: str) -> Text:
    return HAPPENED[code]


def detail(facts: Mapping[str, Any], staff_name: str) -> Text | None:
    """Names of papers, days and the underwriter, where an act has them."""
    zh, en = [], []
    if staff_name:
        zh.append(f"核保员 {staff_name}")
        en.append(f"Underwriter {staff_name}")
    for kind in [*facts.get("kinds", ()), *([facts["kind"]] if "kind" in facts else ())]:
        zh.append(KINDS[kind].zh)
        en.append(KINDS[kind].en)
    if facts.get("missing"):
        zh.append("没有：" + "、".join(KINDS[kind].zh for kind in facts["missing"] if kind in KINDS))
        en.append("without: " + ", ".join(KINDS[kind].en for kind in facts["missing"] if kind in KINDS))
    for name, (words_zh, words_en) in _UNTIL.items():
        if name in facts:
            moment = datetime.fromisoformat(facts[name]).astimezone(SHANGHAI).strftime("%m-%d %H:%M")
            zh.append(f"{words_zh} {moment}")
            en.append(f"{words_en} {moment}")
    if "why" in facts:
        zh.append(facts["why"])
        en.append(facts["why"])
    return Text("，".join(zh), ", ".join(en)) if zh else None


_UNTIL = {
    "papers_by": ("最晚", "by"),
    "valid_until": ("有效到", "valid until"),
    "reply_by": ("最晚答复", "answer by"),
}
