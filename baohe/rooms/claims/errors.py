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
