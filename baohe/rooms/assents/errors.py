"""How a link may be refused. Whoever holds a wrong one learns why, and nothing about the people."""

from __future__ import annotations

from baohe.kernel.errors import BaoheError, InvalidInput

_ASK_ZH = "请让投保人再发一次链接"
_ASK_EN = "Ask the policyholder to send the link again"


class LinkUnknown(BaoheError):
    code = "link_unknown"
    status = 404
    zh = "这个链接不对，可能没有复制完整"
    en = "This link is not right; it may be incomplete"
    next_zh, next_en = _ASK_ZH, _ASK_EN


class LinkExpired(BaoheError):
    code = "link_expired"
    status = 410
    zh = "这个链接已过期，{hours} 小时内有效"
    en = "This link is too old; it works for {hours} hours"
    next_zh, next_en = _ASK_ZH, _ASK_EN


class LinkUsed(BaoheError):
    code = "link_used"
    status = 410
    zh = "这个链接已经用过了，一个链接只能回答一次"
    en = "This link has been used; it answers once"
    next_zh = "想改变主意，请让投保人再发一次链接"
    next_en = "To change your mind, ask the policyholder to send another link"


class LinkVoid(BaoheError):
    """Another link was sent, or the sum, the product or the beneficiaries are not those of this link any more."""

    code = "link_void"
    status = 410
    zh = "这个链接已作废：要你同意的内容或手机号改过了"
    en = "This link is void: what it asks about, or the telephone, was changed"
    next_zh = "请打开最新收到的链接"
    next_en = "Open the newest link you received"


class CodeNeeded(BaoheError):
    code = "consent_code_needed"
    status = 403
    zh = "先用短信验证码确认是你本人"
    en = "First confirm with the code from the message that it is you"
    next_zh = "请点“发验证码”"
    next_en = "Press “Send code”"


class ConsentCodeWrong(BaoheError):
    code = "consent_code_wrong"
    status = 422
    zh = "验证码不对，还可以试 {tries_left} 次"
    en = "The code is wrong; {tries_left} tries are left"
    next_zh = "请核对短信里的 6 位数字"
    next_en = "Check the six digits in the message"


class ConsentCodeSpent(BaoheError):
    code = "consent_code_spent"
    status = 422
    zh = "验证码已失效"
    en = "This code no longer works"
    next_zh = "请重新获取验证码"
    next_en = "Ask for a new code"


class TooManyLinks(BaoheError):
    code = "too_many_links"
    status = 429
    zh = "发得太频繁了"
    en = "Too many were sent"
    next_zh = "请在 {retry_after_seconds} 秒后再发；已收到的还能用"
    next_en = "Try again in {retry_after_seconds} seconds; what was received still works"


class TermsChanged(BaoheError):
    code = "consent_terms_changed"
    status = 409
    zh = "你看到的内容和现在的不一样了"
    en = "What you saw is not what is asked now"
    next_zh = "请重新打开链接看一遍"
    next_en = "Open the link again and read it once more"


class AlreadyAgreed(BaoheError):
    code = "already_agreed"
    status = 409
    zh = "被保险人已经同意，不用再发"
    en = "The insured has agreed; there is nothing to send"
    next_zh = "请继续下一步"
    next_en = "Go on to the next step"


class PhoneIsPolicyholders(InvalidInput):
    code = "phone_is_policyholders"

    def __init__(self) -> None:
        super().__init__(
            field="phone",
            reason_zh="要填被保险人自己的手机号，不能是你的",
            reason_en="enter the insured's own telephone, not yours",
        )
