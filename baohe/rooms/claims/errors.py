"""How the claims room says no. None of these refuses a claim: they refuse a request (SERV-9)."""

from baohe.kernel.errors import BaoheError


class ClaimNotOpen(BaoheError):
    code = "claim_not_open"
    status = 409
    zh = "这件理赔现在不能改：{reason_zh}"
    en = "This claim cannot be changed now: {reason_en}"
    next_zh = "请刷新看最新进度；要补充说明可以点“请人看”"
    next_en = "Reload to see its progress; to add something, ask for a person"


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
