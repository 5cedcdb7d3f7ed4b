"""How underwriting says no. It never says no to a person: that is a named underwriter's word (SERV-9)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from baohe.kernel.errors import BaoheError
from baohe.rooms.underwriting.rules.tables import Fault


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


class RuleSetRefused(BaoheError):
    """A rule set that may not be used. `faults`: everything that is wrong, each with code, place and words."""

    code = "rule_set_refused"
    status: ClassVar[int] = 422
    zh = "规则不能用，{place}：{reason_zh}"
    en = "These rules cannot be used; {place}: {reason_en}"
    next_zh = "请改好后再检查，已写的内容都在"
    next_en = "Correct it and check again; nothing that was written is lost"

    faults: tuple[Fault, ...] = ()

    @classmethod
    def of(cls, faults: Sequence[Fault]) -> RuleSetRefused:
        first = faults[0]
        refusal = cls(
            fault=first.code, place=first.place, reason_zh=first.said.zh, reason_en=first.said.en, rule=first.rule
        )
        refusal.faults = tuple(faults)
        return refusal


class AnswersMoved(BaoheError):
    """Another device saved answers since this one read them. Nothing typed here is lost: both are kept."""

    code = "answers_moved"
    status: ClassVar[int] = 409
    zh = "另一台设备刚刚改过这份健康告知"
    en = "Another device has just changed this declaration"
    next_zh = "你这里填的还在；请看过两边的回答，再决定提交哪一份"
    next_en = "What you filled in here is kept; look at both before you send one"


class DeclaredElsewhere(BaoheError):
    """Another device was first; `declaration_id` is what it declared. What was typed here stays on this device."""

    code = "declared_elsewhere"
    status: ClassVar[int] = 409
    zh = "另一台设备已经提交了这份健康告知"
    en = "Another device has already sent this declaration"
    next_zh = "你这里填的还在本页；请打开那份的结论，要改请重新告知"
    next_en = "What you filled in stays on this page; open that decision, or declare again to change it"


class AnswersExpired(BaoheError):
    code = "answers_expired"
    status: ClassVar[int] = 410
    zh = "之前没填完的回答已过期，按约定删除了"
    en = "The answers kept earlier have expired and were erased, as promised"
    next_zh = "请重新回答；本页填的还在"
    next_en = "Please answer again; what this page holds is still there"


class RuleDraftMoved(BaoheError):
    code = "rule_draft_moved"
    status: ClassVar[int] = 409
    zh = "这份草稿刚刚在别处改过或已送审"
    en = "This draft was changed elsewhere just now, or has been submitted"
    next_zh = "请打开最新的一份，再改一次；本页填的内容还在"
    next_en = "Open the latest one and change it again; this page still holds what you typed"


class SecondPersonNeeded(BaoheError):
    code = "second_person_needed"
    status: ClassVar[int] = 403
    zh = "写规则的人不能发布自己的规则"
    en = "Whoever wrote the rules cannot release them"
    next_zh = "请另一位核保员检查后发布"
    next_en = "Another underwriter checks and releases them"


class CasesFail(BaoheError):
    code = "cases_fail"
    status: ClassVar[int] = 422
    zh = "{count} 个用例的结果与期望不同：{names}"
    en = "{count} cases do not come out as expected: {names}"
    next_zh = "请改规则或改用例，再送审"
    next_en = "Correct the rules or the cases, then submit again"


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
