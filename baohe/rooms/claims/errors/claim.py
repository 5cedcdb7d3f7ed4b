"""How the claims room says no. None of these refuses a claim: they refuse a request (SERV-9)."""

from baohe.kernel.errors import BaoheError


class ClaimNotOpen(BaoheError):
    code = "claim_not_open"
    status = 409
    zh = "这件理赔现在不能改：{reason_zh}"
    en = "This claim cannot be changed now: {reason_en}"
    next_zh = "请刷新看最新进度；要补充说明可以点“请人看”"
    next_en = "Reload to see its progress; to add something, ask for a person"


class AlreadyReported(BaoheError):
    """The claim that is open is named, so that the app leads there."""

    code = "claim_already_reported"
    status = 409
    zh = "这件事已经报过案：{number}"
    en = "This was reported before: {number}"
    next_zh = "打开那一件接着办；如果是另一件事，请选“是另一件事”，由理赔员核对"
    next_en = "Go on with that claim; if it is another event, say so, and a handler checks"


class PayeeNeeded(BaoheError):
    """A claimant by link has no account with us, and nobody else is paid in their place."""

    code = "payee_needed"
    status = 409
    zh = "还不知道赔款付到哪里"
    en = "It is not known yet where the money goes"
    next_zh = "请填 {name} 本人的银行账户"
    next_en = "Give a bank account in the name of {name}"


class SelfSettling(BaoheError):
    code = "self_settling_event"
    status = 422
    zh = "{event} 这种事件不用交材料，上报后自动核定"
    en = "{event} needs no papers: it settles by itself once it is reported"
    next_zh = "请用事件上报接口"
    next_en = "Report it as an event"


class TooManyPapers(BaoheError):
    code = "too_many_papers"
    status = 409
    zh = "一件理赔最多 {limit} 张照片"
    en = "A claim takes at most {limit} pictures"
    next_zh = "请删掉重复的照片；票据确实更多时点“请人看”"
    next_en = "Remove pictures sent twice; if there really are more, ask for a person"


class SecondNameNeeded(BaoheError):
    """SERV-9: less than the calculation, or more than one person may pay, takes two names."""

    code = "second_name_needed"
    status = 409
    zh = "这个决定要两个人具名：{reason_zh}"
    en = "This decision needs two names: {reason_en}"
    next_zh = "请提交复核，由另一位有权限的同事确认"
    next_en = "Propose it; another colleague with the right confirms"


class LinesChanged(BaoheError):
    """What the handler saw is not true any more; nothing was decided, and the new calculation is there."""

    code = "lines_changed"
    status = 409
    zh = "你打开之后计算有变化，没有按旧的计算决定"
    en = "The calculation changed after you opened it; nothing was decided on the old one"
    next_zh = "请看新的计算再决定；等复核的结论请退回重拟"
    next_en = "Look at the new calculation and decide again; a waiting proposal is returned and made anew"


class SameName(BaoheError):
    code = "same_name"
    status = 403
    zh = "经办人不能复核自己的决定"
    en = "Nobody may confirm their own proposal"
    next_zh = "请另一位有权限的同事复核"
    next_en = "Ask another colleague with the right"


class PaperListClosed(BaoheError):
    """SERV-5: the list was given once; nothing can be added to it."""

    code = "paper_list_closed"
    status = 409
    zh = "材料清单已经一次列清，不能再加：{kinds}"
    en = "The list of papers was given once and is closed: {kinds}"
    next_zh = "只能要求清单内的材料重交，或者据现有材料决定"
    next_en = "Ask again only for papers on the list, or decide on what is there"


class AdvanceNotDue(BaoheError):
    """INS 25: an advance is a task once, from the sixtieth day on."""

    code = "advance_not_due"
    status = 409
    zh = "这件理赔没有等着先予支付"
    en = "No advance waits on this claim"
    next_zh = "满六十日仍不能定案时系统会提出；已付过一次的在定案时付清"
    next_en = "It is raised after sixty days without a decision; what is left is paid with the decision"


class AdvanceUnderWay(BaoheError):
    """The advance is on its way: what is decided meanwhile would not know whether to deduct it."""

    code = "advance_under_way"
    status = 409
    zh = "先予支付的款项正在付出，到账后再定案"
    en = "The advance is being paid; decide when it has arrived"
    next_zh = "通常几秒；没有付出去会回到这里"
    next_en = "Usually seconds; if it fails it is back here"


class AdvanceIsMore(BaoheError):
    """Less than what was paid in advance cannot be the whole; what was too much is a correction afterwards."""

    code = "advance_is_more"
    status = 409
    zh = "已先予支付 ¥{advanced}，定案金额不能更少"
    en = "¥{advanced} was paid in advance; the decision cannot be less"
    next_zh = "按已付金额定案，多付的部分再提更正"
    next_en = "Decide on what was paid, then propose a correction"


class ReceiptKnown(BaoheError):
    code = "receipt_known"
    status = 409
    zh = "流水号 {reference} 已经记过账"
    en = "The bank's reference {reference} was booked before"
    next_zh = "核对银行流水；一笔钱只记一次"
    next_en = "Compare with the bank; money counts once"


class ReopeningOver(BaoheError):
    code = "reopening_over"
    status = 409
    zh = "这件理赔已不能自己重新提出：{reason_zh}"
    en = "You cannot take this claim up again yourself: {reason_en}"
    next_zh = "有新的证据可以请客服转理赔员重新打开，或拨打 12378"
    next_en = "With new evidence ask our service for a handler, or call 12378"


class AuthorityTooSmall(BaoheError):
    """The second name is of a lower grade than the first, or the sum is above what it may confirm."""

    code = "authority_too_small"
    status = 403
    zh = "这个决定超出你的复核权限：{reason_zh}"
    en = "This decision is above what you may confirm: {reason_en}"
    next_zh = "请级别更高的同事复核；案件和期限不变"
    next_en = "Ask a colleague of a higher grade; the claim and its deadlines stay as they are"


class CompulsoryNotRefused(BaoheError):
    """SERV-6: also two names do not refuse compulsory motor cover."""

    code = "compulsory_not_refused"
    status = 409
    zh = "交强险不能拒赔，也不能少于计算结果"
    en = "Compulsory motor cover is not refused, nor paid below the calculation"
    next_zh = "请在责任限额内赔付；缺材料就一次列清请客户补"
    next_en = "Pay within its limits; if a paper is missing, ask for it once"


class HandlerAway(BaoheError):
    code = "handler_away"
    status = 409
    zh = "{name} 休假到 {until}，不能接手"
    en = "{name} is away until {until} and cannot take it"
    next_zh = "请交给代理人或另一位在岗的理赔员"
    next_en = "Hand it to the deputy or to another handler who is here"
