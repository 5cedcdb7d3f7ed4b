"""How a link may be refused. Whoever holds a wrong one learns what to do next, and nothing about people or claim."""

from __future__ import annotations

from baohe.kernel.errors import BaoheError

_ASK_ZH = "请回到买保险的平台重新打开，或打保险公司电话 {phone}"
_ASK_EN = "Open it again from where you bought the cover, or call the insurer on {phone}"


class ClaimLinkUnknown(BaoheError):
    code = "claim_link_unknown"
    status = 404
    zh = "这个链接不对，可能没有复制完整"
    en = "This link is not right; it may be incomplete"
    next_zh = "请回到买保险的平台重新打开，或打保单上保险公司的电话"
    next_en = "Open it again from where you bought the cover, or call the insurer on the number of your policy"


class ClaimLinkExpired(BaoheError):
    code = "claim_link_expired"
    status = 410
    zh = "这个链接已过期，你填的内容都还在"
    en = "This link is too old; what you entered is kept"
    next_zh, next_en = _ASK_ZH, _ASK_EN


class ClaimLinkEnded(BaoheError):
    """Revoked by the partner, or another was made in its place."""

    code = "claim_link_ended"
    status = 410
    zh = "这个链接已停用，你填的内容都还在"
    en = "This link was ended; what you entered is kept"
    next_zh = "请打开最新的链接，或打保险公司电话 {phone}"
    next_en = "Open the newest link, or call the insurer on {phone}"


class ClaimLinkLocked(BaoheError):
    code = "claim_link_locked"
    status = 403
    zh = "试错太多次，这个链接已锁住"
    en = "Too many wrong tries: this link is locked"
    next_zh = "请让买保险的平台换一个新链接，或打保险公司电话 {phone}"
    next_en = "Ask where you bought the cover for a new link, or call the insurer on {phone}"


class ClaimLinkProofNeeded(BaoheError):
    code = "claim_link_proof_needed"
    status = 403
    zh = "先确认是你本人"
    en = "First confirm that it is you"
    next_zh = "请重新打开链接，按提示验证"
    next_en = "Open the link again and follow the steps"


class ClaimCodeWrong(BaoheError):
    code = "claim_code_wrong"
    status = 422
    zh = "验证码不对，还可以试 {tries_left} 次"
    en = "The code is wrong; {tries_left} tries are left"
    next_zh = "请核对短信里的 6 位数字"
    next_en = "Check the six digits in the message"


class ClaimCodeSpent(BaoheError):
    code = "claim_code_spent"
    status = 422
    zh = "验证码已失效"
    en = "This code no longer works"
    next_zh = "请重新获取验证码"
    next_en = "Ask for a new code"


class TooManyClaimCodes(BaoheError):
    code = "too_many_claim_codes"
    status = 429
    zh = "验证码发得太频繁了"
    en = "Too many codes were sent"
    next_zh = "请在 {retry_after_seconds} 秒后再发"
    next_en = "Try again in {retry_after_seconds} seconds"


class ClaimantNotRecognised(BaoheError):
    """One sentence for a wrong name and a wrong document: which of them it was is nobody's to learn."""

    code = "claimant_not_recognised"
    status = 422
    zh = "姓名或证件号码后六位对不上，还可以试 {tries_left} 次"
    en = "Name or the last six characters do not match; {tries_left} tries are left"
    next_zh = "请照买保险时填的证件再填一次"
    next_en = "Enter them as on the document you gave when you bought the cover"


class IncidentTaken(BaoheError):
    code = "incident_taken"
    status = 409
    zh = "编号 {incident} 已经用于内容不同的另一次报案"
    en = "Incident {incident} is taken by a notice with other content"
    next_zh = "新的事件请换新的编号"
    next_en = "Use a new incident for a new event"


class TooManyNotices(BaoheError):
    code = "too_many_notices"
    status = 429
    zh = "这一单一天内报案太多"
    en = "Too many notices under this order within a day"
    next_zh = "请在 {retry_after_seconds} 秒后再报；确有其事请让客户打保险公司电话"
    next_en = "Try again in {retry_after_seconds} seconds; if it is urgent, let your customer call the insurer"


class TooManyClaimLinks(BaoheError):
    code = "too_many_claim_links"
    status = 429
    zh = "这件理赔一天内换链接太多次"
    en = "Too many links were made for this claim within a day"
    next_zh = "请在 {retry_after_seconds} 秒后再换；最近的一个还能用"
    next_en = "Try again in {retry_after_seconds} seconds; the newest one still works"
