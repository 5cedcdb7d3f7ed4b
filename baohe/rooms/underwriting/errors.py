"""How underwriting says no. It never says no to a person: that is a named underwriter's word (SERV-9)."""

from __future__ import annotations

from typing import ClassVar

from baohe.kernel.errors import BaoheError


class HealthConsentMissing(BaoheError):
    """DATA-1: health answers are read only with a separate consent, never pre-ticked (SALE-2)."""

    code = "health_consent_missing"
    status: ClassVar[int] = 422
    zh = "还没有同意处理健康信息"
    en = "The consent to use health information is missing"
    next_zh = "请勾选健康信息单独同意，再提交回答；不同意也可以看其他产品"
    next_en = "Tick the separate consent for health information and send again, or look at other products"


class ReferralClosed(BaoheError):
    code = "referral_closed"
    status: ClassVar[int] = 409
    zh = "这份告知已经由 {handler} 作出决定"
    en = "{handler} has already decided this declaration"
    next_zh = "请刷新队列"
    next_en = "Reload the queue"


class NotAnUnderwriter(BaoheError):
    code = "not_an_underwriter"
    status: ClassVar[int] = 403
    zh = "只有核保员可以作出这个决定"
    en = "Only an underwriter may decide this"
    next_zh = "请换用核保员账号"
    next_en = "Use an underwriter's account"


class ReferralNotOpen(BaoheError):
    code = "referral_not_open"
    status: ClassVar[int] = 409
    zh = "现在不能这样做：{reason_zh}"
    en = "Not possible now: {reason_en}"
    next_zh = "请刷新页面看最新状态"
    next_en = "Reload to see the current state"


class SameUnderwriter(BaoheError):
    """SERV-9: the second name is another person's."""

    code = "same_underwriter"
    status: ClassVar[int] = 403
    zh = "复核要由另一位核保员来做"
    en = "The second name must be another underwriter's"
    next_zh = "请另一位核保员打开这份文件复核"
    next_en = "Ask another underwriter to open this file"


class PaperListClosed(BaoheError):
    """Papers are asked for once, all at once; later only those of the list may be asked for again."""

    code = "paper_list_closed"
    status: ClassVar[int] = 409
    zh = "材料已经一次告知客户，不能再加：{kinds}"
    en = "The customer was told every paper at once; these cannot be added: {kinds}"
    next_zh = "只能请客户重传清单里看不清的材料"
    next_en = "Only papers of the list can be asked for again"


class TooManyPages(BaoheError):
    code = "too_many_pages"
    status: ClassVar[int] = 409
    zh = "一次核保最多 {limit} 页材料"
    en = "At most {limit} pages in one file"
    next_zh = "请先移除不需要的页"
    next_en = "Remove pages that are not needed first"


class OfferGone(BaoheError):
    code = "offer_gone"
    status: ClassVar[int] = 409
    zh = "这份承保条件{reason_zh}"
    en = "These terms {reason_en}"
    next_zh = "请刷新页面；需要时可以重新投保或请人再看"
    next_en = "Reload; you can apply again, or ask a person"


class ReviewNotPossible(BaoheError):
    """DATA-3: a machine's decision can be taken to a person, once."""

    code = "review_not_possible"
    status: ClassVar[int] = 409
    zh = "不能再请人复核：{reason_zh}"
    en = "A review is not possible: {reason_en}"
    next_zh = "可以联系客服，或重新投保"
    next_en = "Talk to service, or apply again"


class WorseThanTheRules(BaoheError):
    """A review that the customer asked for never makes the terms worse."""

    code = "worse_than_the_rules"
    status: ClassVar[int] = 409
    zh = "这是客户请求的复核，结论不能比系统给的条件更差"
    en = "The customer asked for this review; it cannot end worse than what the rules gave"
    next_zh = "请给出相同或更好的条件"
    next_en = "Give the same or better terms"
