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
