"""The words of the timeline (SERV-7): what happened, what happens now, what comes next. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from baohe.kernel.decisions import Text

HAPPENED: Mapping[str, tuple[Text, Text | None]] = {
    "notice": (Text("报案", "Reported"), Text("已存为草稿，随时可以接着填", "Kept as a draft")),
    "reported_by_staff": (
        Text("接到电话，代你报案", "Reported for you on the telephone"),
        Text("{name} 记录；不是你报的，撤回即可", "Written down by {name}; if it was not you, withdraw it"),
    ),
    "reported_by_partner": (
        Text("购买平台替你报案", "Reported for you by the platform you bought from"),
        Text("不是你要理赔的，撤回即可", "If you do not want this claim, withdraw it"),
    ),
    "payee_given": (Text("填了收款账户", "The account to be paid to was given"), None),
    "reported": (Text("事件上报", "Event reported"), Text("{who}", "{who_en}")),
    "submitted": (Text("提交", "Submitted"), Text("材料 {papers} 样", "{papers} papers")),
    "checked": (
        Text("核对票据真伪与重复报销", "Papers checked for doubles and changes"),
        Text("系统，未见异常", "By rules, nothing found"),
    ),
    "checked_with_doubt": (
        Text("核对材料", "Papers checked"),
        Text("系统，有需要人看的地方", "By rules, something needs a person"),
    ),
    "asked": (Text("一次列清还差的材料", "All missing papers named at once"), None),
    "agreed_by_rules": (
        Text("同意赔付", "Payment agreed"),
        Text("系统按规则 {version} 决定；拒赔只能由人作出", "By rules {version}; only a person may refuse"),
    ),
    "agreed_by_person": (Text("同意赔付", "Payment agreed"), Text("{name} 核定", "Decided by {name}")),
    "referred": (
        Text("转理赔员处理", "Passed to a handler"),
        Text("机器不拒赔，有疑问由人看", "A machine never refuses; a person looks"),
    ),
    "person_asked": (Text("你要求由人处理", "You asked for a person"), None),
    "review_asked": (Text("你请人重算", "You asked for a recalculation"), None),
    "papers_asked": (Text("理赔员请你补交材料", "The handler asks for papers"), Text("{name}", "{name}")),
    "refusal_proposed": (
        Text("拟定结论，等另一人复核", "A conclusion is proposed and waits for a second person"),
        Text("{name} 经办", "By {name}"),
    ),
    "refusal_returned": (Text("复核退回，重新核定", "Returned by the second person"), Text("{name}", "{name}")),
    "refused": (
        Text("不予赔付", "Not payable"),
        Text(
            "{maker} 经办，{checker} 复核；理由在结论里",
            "By {maker}, confirmed by {checker}; reasons in the conclusion",
        ),
    ),
    "refusal_told": (Text("告知结论和理由", "Told the conclusion and its reasons"), Text("{name}", "{name}")),
    "kept": (Text("复核后维持原结果", "The result stands after review"), Text("{name}", "{name}")),
    "paid": (Text("到账", "Paid"), Text("{insurer}付出，收款渠道已回执", "Paid by {insurer_en}, arrival confirmed")),
    "share_paid": (
        Text("一份保险金到账", "A share arrived"),
        Text("{percent}%，尾号 {last_four} 的账户", "{percent}%, account ending in {last_four}"),
    ),
    "share_failed": (
        Text("一份保险金没有付成", "A share could not be paid"),
        Text(
            "{percent}%，尾号 {last_four} 的账户收不了款，请换一个账户",
            "{percent}%: the account ending in {last_four} cannot take money; give another",
        ),
    ),
    "shares_paid": (
        Text("全部份额付清", "Every share is paid"),
        Text("{insurer}付出，银行已回执", "Paid by {insurer_en}, confirmed by the bank"),
    ),
    "heirs_found": (
        Text("核实法定继承人，共 {count} 位", "The statutory heirs were found: {count}"),
        Text("{maker} 经办，{checker} 复核", "By {maker}, confirmed by {checker}"),
    ),
    "guardian_acted": (
        Text("监护人办理了未成年人的份额", "A guardian acted for a minor's share"),
        Text("{name}", "{name}"),
    ),
    "payout_failed": (
        Text("付款未成功，正在处理", "The payout did not go through; we are on it"),
        Text("收款账户暂时收不了款", "The receiving account cannot take money now"),
    ),
    "withdrawn": (Text("你撤回了这件理赔", "You withdrew this claim"), None),
    "reopened": (Text("你重新提出了这件理赔", "You took this claim up again"), None),
    "reopened_by_person": (Text("理赔员重新打开", "Reopened by a handler"), Text("{name}", "{name}")),
    "recalculated": (
        Text("重新计算", "Calculated anew"),
        Text(
            "另一件理赔用去了同一额度或抵了同一免赔额",
            "Another claim has used the same limit or borne the same deductible",
        ),
    ),
    "advance_due": (
        Text("满六十日，先付可以确定的部分", "Sixty days: what is certain is paid first"),
        Text("等理赔员下单", "A handler orders it"),
    ),
    "advance_agreed": (Text("先予支付", "Payment in advance"), Text("{name} 核定", "Decided by {name}")),
    "advance_paid": (
        Text("先予支付到账", "The advance arrived"),
        Text("{insurer}付出；定案时从总额里扣除", "Paid by {insurer_en}; deducted from the whole when it is decided"),
    ),
    "settled_by_advance": (
        Text("定案：先予支付的就是全部", "Decided: the advance was the whole"),
        Text("{name} 核定", "Decided by {name}"),
    ),
    "corrected": (
        Text("更正：多付了，请退回", "Corrected: paid too much, please return it"),
        Text(
            "{maker} 经办，{checker} 复核；不会从你其他的赔款里扣",
            "By {maker}, confirmed by {checker}; never taken from other payouts of yours",
        ),
    ),
    "corrected_written_off": (
        Text("更正：多付的不用退", "Corrected: you keep what was paid too much"),
        Text("{maker} 经办，{checker} 复核", "By {maker}, confirmed by {checker}"),
    ),
    "recovery_opened": (
        Text("向责任方追偿", "Recovery from whoever is liable"),
        Text("{name}；不影响你已收到的赔款", "{name}; what you received stays yours"),
    ),
    "recovery_received": (Text("追偿款到账", "A recovery came in"), Text("{maker}、{checker}", "{maker}, {checker}")),
    "recovery_written_off": (
        Text("追偿核销", "A recovery was written off"),
        Text("{maker}、{checker}", "{maker}, {checker}"),
    ),
}

POINTS = ("decision", "payout", "act")
"""The facts by which a line points to what it speaks of: a decision's number, a payout's natural key, a money act."""

COMING: Mapping[str, tuple[Text, Text]] = {
    "draft": (
        Text("补齐材料后提交", "Complete the papers and submit"),
        Text("不限时间，草稿一直在", "No hurry: it is kept"),
    ),
    "with_person": (Text("理赔员核定", "A handler decides"), Text("法定最晚期限", "At the latest by law")),
    "to_pay": (Text("重新付款", "Payment is repeated"), Text("法定最晚期限", "At the latest by law")),
    "paying": (Text("到账", "Payment"), Text("钱包正在付款，通常几秒", "The wallet is paying; usually seconds")),
}

SHARE_BY_SHARE = (Text("按份额给付", "Each share is paid"), Text("法定最晚期限", "At the latest by law"))

NEXT: Mapping[str, Text] = {
    "draft": Text("补齐材料，确认看不清的地方，然后提交", "Complete the papers, confirm what was unclear, submit"),
    "with_person": Text(
        "你不用做什么，理赔员会在期限前答复；要撤回或补充随时可以",
        "Nothing for you to do: a handler answers before the deadline",
    ),
    "to_pay": Text("已同意赔付，付款遇到问题，我们在处理", "Agreed; the payout met a problem and is being repeated"),
    "paying": Text("已同意赔付，正在付到你的钱包", "Agreed; the money is on its way to your wallet"),
    "paid": Text("已到账。觉得算得不对，可以请人重算", "Paid. If the figure looks wrong, ask a person to recalculate"),
    "refused_by_person": Text(
        "不同意可以请另一位理赔员复议，或拨打 12378 投诉",
        "If you disagree, ask for another handler, or complain at 12378",
    ),
    "withdrawn": Text("已撤回，需要时可以重新报案", "Withdrawn; you can report it again"),
}
HEIRS_UNKNOWN = Text(
    "已同意赔付：没有指定受益人，由理赔员核实法定继承人后分别付",
    "Agreed: nobody is named, so a handler finds the statutory heirs and each is paid apart",
)
SHARES_ON_THE_WAY = Text("已同意赔付，正在付到各受益人的账户", "Agreed; the money is on its way to each beneficiary")
PERSON_DOING = Text("理赔员", "Claims handler")
ON_DUTY = "值班理赔员"


def words(code: str, facts: Mapping[str, Any], insurer: Text) -> tuple[Text, Text | None]:
    """Title and detail of a milestone, with its facts filled in. `insurer` is the contract's: older rows kept who
    paid in Chinese alone, and who told a fact in one language."""
    title, detail = HAPPENED[code]
    if detail is None:
        return title, None
    known = {"who_en": facts.get("who", ""), "insurer_en": insurer.en, **facts}
    return title, Text(detail.zh.format_map(known), detail.en.format_map(known))
