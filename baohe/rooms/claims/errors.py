"""How the claims room says no. None of these refuses a claim: they refuse a request (SERV-9)."""

from collections.abc import Mapping
from typing import ClassVar

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


class PictureDoubted(BaoheError):
    """Told while the paper is still in the sender's hand. `may_keep`: sent again with `anyway`, it is kept, and a
    person looks at it; without, nobody could read it."""

    status = 422
    next_zh = "{next_zh}"
    next_en = "{next_en}"
    do_zh: ClassVar[str] = "请重拍一张"
    do_en: ClassVar[str] = "Take it again"

    def __init__(self, *, may_keep: bool) -> None:
        zh = "，或者还是用这张，由理赔员看" if may_keep else "；填过的内容都还在"
        en = ", or use this one all the same and a handler looks at it" if may_keep else "; what you typed is kept"
        super().__init__(may_keep=may_keep, next_zh=self.do_zh + zh, next_en=self.do_en + en)


class PictureBlurred(PictureDoubted):
    code = "picture_blurred"
    zh = "照片有些模糊，字可能读不清"
    en = "The picture is blurred; the print may not be readable"
    do_zh = "请把手机拿稳，等对焦清楚再拍一张"
    do_en = "Hold the phone still, wait until it is in focus and take it again"


class PictureDark(PictureDoubted):
    code = "picture_dark"
    zh = "照片太暗，看不清"
    en = "The picture is too dark"
    do_zh = "请开灯或到亮处再拍一张"
    do_en = "Turn on a light or go where it is brighter and take it again"


class PictureOverexposed(PictureDoubted):
    code = "picture_overexposed"
    zh = "照片太亮，字被冲淡了"
    en = "The picture is too bright; the print is washed out"
    do_zh = "请关掉闪光灯，避开强光再拍一张"
    do_en = "Turn off the flash, avoid strong light and take it again"


class PictureGlare(PictureDoubted):
    code = "picture_glare"
    zh = "照片上有反光，可能盖住了字"
    en = "A reflection may cover some of the print"
    do_zh = "请换个角度避开反光再拍一张"
    do_en = "Change the angle so that nothing shines and take it again"


class PictureCropped(PictureDoubted):
    code = "picture_cropped"
    zh = "票据好像没有拍全，字到了照片边上"
    en = "The paper seems cut off; print runs over the edge"
    do_zh = "请离远一点，把四个角都拍进来"
    do_en = "Step back so that all four corners are in the picture"


class PictureTooSmall(PictureDoubted):
    code = "picture_too_small"
    zh = "照片太小，放大后看不清"
    en = "The picture is too small to read"
    do_zh = "请用相机直接拍，或发送原图"
    do_en = "Take it with the camera, or send the original"


class PictureWrongKind(PictureDoubted):
    code = "picture_wrong_kind"
    zh = "照片里没有看到印刷的文字，可能不是这份材料"
    en = "No print was found; this may not be the paper"
    do_zh = "请核对要交的材料，拍有字的一面"
    do_en = "Check which paper is asked for and photograph the printed side"


class PictureRepeated(PictureDoubted):
    code = "picture_repeated"
    zh = "这张照片好像已经传过了"
    en = "This picture seems to be here already"
    do_zh = "请核对已传的照片，选另一张"
    do_en = "Look at those already sent and choose another"


DOUBTS: Mapping[str, type[PictureDoubted]] = {
    error.code: error
    for error in (
        PictureBlurred,
        PictureDark,
        PictureOverexposed,
        PictureGlare,
        PictureCropped,
        PictureTooSmall,
        PictureWrongKind,
        PictureRepeated,
    )
}


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


class CallKept(BaoheError):
    code = "call_kept"
    status = 409
    zh = "来电请求里说的话要保存到 {until}"
    en = "What was said in a call is kept until {until}"
    next_zh = "过了这一天系统会自动销毁；还没办结的先办结"
    next_en = "It is destroyed by itself after that day; a call that waits must end first"


class CallHeld(BaoheError):
    code = "call_held"
    status = 409
    zh = "有争议未了结，暂不销毁：{reason}"
    en = "Held by a dispute, so it is not destroyed: {reason}"
    next_zh = "争议解除后系统会再来销毁"
    next_en = "It is destroyed after the dispute is over"
