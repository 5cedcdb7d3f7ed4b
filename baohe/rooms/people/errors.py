"""Refusals of sign-in and family."""

from baohe.kernel.errors import BaoheError, Conflict, InvalidInput


class TooManyCodes(BaoheError):
    """Facts: `retry_after_seconds`. Says nothing about whether the telephone has an account."""

    code = "too_many_codes"
    status = 429
    zh = "验证码请求太频繁"
    en = "Too many codes were requested"
    next_zh = "请在 {retry_after_seconds} 秒后再试；已收到的验证码在有效期内仍可使用"
    next_en = "Try again in {retry_after_seconds} seconds; a code you already have still works until it expires"


class CodeWrong(BaoheError):
    code = "code_wrong"
    status = 422
    zh = "验证码不对，还可以试 {tries_left} 次"
    en = "The code is wrong; {tries_left} tries are left"
    next_zh = "请核对短信里的 6 位数字"
    next_en = "Check the six digits in the message"


class CodeSpent(BaoheError):
    """Expired, used, locked after five wrong tries, or never asked for by this browser: one answer for all."""

    code = "code_spent"
    status = 422
    zh = "验证码已失效"
    en = "This code no longer works"
    next_zh = "请重新获取验证码"
    next_en = "Ask for a new code"


class AccountClosed(BaoheError):
    code = "account_closed"
    status = 403
    zh = "这个账号已停用"
    en = "This account is closed"
    next_zh = "如有疑问请联系人工客服"
    next_en = "Ask our service staff if this surprises you"


class GuardianConsentNeeded(InvalidInput):
    code = "guardian_consent_needed"

    def __init__(self) -> None:
        super().__init__(
            field="guardian_consent",
            reason_zh="未满 14 周岁，需要监护人单独同意",
            reason_en="a guardian must consent separately for a child under 14",
        )


class PersonExists(Conflict):
    code = "person_exists"

    def __init__(self) -> None:
        super().__init__(reason_zh="这位家人已经添加过", reason_en="this person is already in your family")


class SelfExists(Conflict):
    code = "self_exists"

    def __init__(self) -> None:
        super().__init__(reason_zh="每个账号只能有一位“本人”", reason_en="an account has only one person who is “self”")


class FamilyFull(Conflict):
    code = "family_full"

    def __init__(self, most: int) -> None:
        super().__init__(reason_zh=f"最多添加 {most} 位家人", reason_en=f"at most {most} people can be added")
