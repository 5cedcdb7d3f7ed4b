"""The words of every reason, in one place: what the claimant and the handler read. Pure."""

from __future__ import annotations

from baohe.kernel.decisions import Reason, Text

TEXTS: dict[str, Text] = {
    "within_rules": Text(
        "材料齐全，票据数字对得上，金额在即时赔付范围内",
        "The papers are complete, the figures agree, and the sum is within instant payment",
    ),
    "reported_fact": Text("事件按约定的方式上报，按约定赔付", "Reported in the agreed way and paid as agreed"),
    "papers_missing": Text("还差材料：{what}", "Still missing: {what}"),
    "papers_being_read": Text("票据还在识别，几秒就好", "An invoice is still being read; it takes seconds"),
    "asked_for_person": Text("你要求由人处理", "You asked for a person"),
    "another_event": Text(
        "同一份保单、同一类、日期相近的理赔已有一件，由理赔员核对是不是两件事",
        "There is a claim of the same kind and days under this policy; a handler checks that these are two events",
    ),
    "policy_not_found": Text(
        "没有找到对得上的保单，可以直接交给人来看", "No policy fits what you said; a person can look at it"
    ),
    "not_insured": Text(
        "你说的人在这里没有保单，可以换一个人选，或者交给人来看",
        "The person you spoke of has no policy here; choose another, or let a person look",
    ),
    "foreign_currency": Text(
        "外币（{what}）票据由理赔员换算核定", "Bills in a foreign currency ({what}) are worked out by a handler"
    ),
    "may_be_over_instant_limit": Text(
        "你说的 ¥{what} 可能超过即时赔付上限，超过的由理赔员核定",
        "The ¥{what} you spoke of may be above instant payment; a handler decides what is",
    ),
    "needs_a_person_by_rule": Text("这类理赔由理赔员处理", "This kind of claim is handled by a person"),
    "over_instant_limit": Text(
        "金额 ¥{what} 超过即时赔付上限，由理赔员核定", "¥{what} is above instant payment; a handler decides"
    ),
    "nothing_payable_by_rules": Text(
        "按条款算下来没有可赔金额，由理赔员核对后答复你",
        "By the terms nothing would be payable; a handler checks it before you get an answer",
    ),
    "in_waiting_period": Text(
        "事故日在等待期内，由理赔员核对是否属于意外", "It happened in the waiting period; a handler checks the cause"
    ),
    "outside_cover": Text("事故日不在保险期间内，由理赔员核对", "The day is outside the cover; a handler checks"),
    "premium_taken_before_cover": Text(
        "已收保费、保障尚未开始：是否承担由理赔员按司法解释二第四条核定",
        "The premium was taken and the cover had not begun; a handler decides under Interpretation II, article 4",
    ),
    "policy_cancelled": Text("保单已解除，由理赔员核对", "The policy was cancelled; a handler checks"),
    "policy_suspended": Text(
        "事故日在保单因欠交保费中止或终止期间，由理赔员核对",
        "The day lies in a time without cover for an unpaid premium; a handler checks",
    ),
    "raised_by_claimant": Text(
        "改动后的金额对赔付更有利，由理赔员对照票据核对",
        "A corrected figure pays more than the one that was read; a handler compares it with the paper",
    ),
    "unconfirmed_doubt": Text(
        "还有看不清的内容没有确认，由理赔员核对",
        "Something that could not be read well was not confirmed; a handler checks",
    ),
    "patient_is_not_insured": Text("票据姓名和被保险人不一致", "The name on the invoice is not the insured person's"),
    "figures_disagree": Text("票据上的数字互相对不上", "The figures on the invoice do not agree with each other"),
    "items_disagree": Text(
        "票据上的明细相加与合计不一致，由理赔员对照票据核对",
        "The items of an invoice do not add up to its total; a handler compares it with the paper",
    ),
    "invoice_date_unlikely": Text(
        "票据日期和事故日对不上，由理赔员核对", "The invoice's date does not fit the event; a handler checks"
    ),
    "fraud_signal": Text(
        "有一处需要核实，由理赔员看过再定，期限不变",
        "Something is to be checked; a handler looks at it, and the deadline stays the same",
    ),
    "used_before": Text("同一张票据已经为同样的给付用过", "The same paper was used for the same benefit before"),
    "picture_doubted": Text(
        "有照片看不太清或像是重复的，由理赔员看",
        "A picture is hard to read or looks like a double; a handler looks at it",
    ),
    "picture_edited": Text(
        "有照片是经其他软件保存的，由理赔员对照原件核对",
        "A picture was saved by another program; a handler compares it with the original",
    ),
    "picture_grain": Text(
        "有一处画面要对照原件核对，由理赔员看过再定，期限不变",
        "One place of a picture is to be compared with the original; a handler looks at it, and the deadline stays the"
        " same",
    ),
    "death": Text("身故理赔由理赔员专人处理", "A claim after a death is handled by one person from start to end"),
    "may_be_excluded": Text(
        "描述或材料里提到了“{what}”，是否属于不保的情形由理赔员核对",
        "The story or a paper speaks of “{what}”; a handler checks whether that is excluded",
    ),
    "special_exclusion": Text(
        "这份保单有特别约定除外：{what}，由理赔员核对",
        "This policy carries a special exclusion: {what}; a handler checks",
    ),
    "paid_in_advance": Text(
        "已先予支付一部分，余额由理赔员核定", "A part was paid in advance; a handler decides on the rest"
    ),
    "advance_paid": Text(
        "六十日内未能定案，先付可以确定的部分（保险法第二十五条）",
        "Not decided within sixty days: what is certain is paid first (Insurance Law, article 25)",
    ),
    "lines_changed": Text(
        "另一件理赔已用去同一额度或抵了同一免赔额，按现在的情况重新计算",
        "Another claim has used the same limit or borne the same deductible; this was calculated anew",
    ),
    "decided_by_person": Text("{what}", "{what}"),
    "papers_asked_by_person": Text("理赔员请你补交：{what}", "The handler asks for: {what}"),
}


def reason(code: str, what_zh: str = "", what_en: str = "", clause: str = "") -> Reason:
    """A reason with its words filled in; `what_en` defaults to the Chinese (a sum, a name)."""
    words = TEXTS[code]
    return Reason(code, Text(words.zh.format(what=what_zh), words.en.format(what=what_en or what_zh)), clause)
