"""How the record of a sale refuses. Nothing that a customer typed is lost by any of them."""

from __future__ import annotations

from baohe.kernel.errors import BaoheError


class PartUnreadable(BaoheError):
    code = "recording_unreadable"
    status = 422
    zh = "这一段投保记录无法保存：{reason_zh}"
    en = "This part of the recording cannot be kept: {reason_en}"
    next_zh = "请刷新页面继续，填过的内容都还在"
    next_en = "Reload the page and go on; nothing you typed is lost"


class PartTooLarge(BaoheError):
    code = "recording_too_large"
    status = 413
    zh = "这一段投保记录超过 {kilobytes} KB"
    en = "This part of the recording is larger than {kilobytes} KB"
    next_zh = "请刷新页面继续，填过的内容都还在"
    next_en = "Reload the page and go on; nothing you typed is lost"


class PartOutOfOrder(BaoheError):
    """`expected` is the number of the part that comes next."""

    code = "recording_out_of_order"
    status = 409
    zh = "投保记录缺少第 {expected} 段"
    en = "Part {expected} of the recording is missing"
    next_zh = "从第 {expected} 段起重新发送"
    next_en = "Send again from part {expected}"


class PartDiffers(BaoheError):
    """The number is taken by other content, or the part does not follow the one before."""

    code = "recording_part_differs"
    status = 409
    zh = "第 {part} 段和已保存的投保记录接不上"
    en = "Part {part} does not fit the recording that is kept"
    next_zh = "请刷新页面，从这一页重新留存"
    next_en = "Reload the page; it is recorded anew from here"


class RecordingClosed(BaoheError):
    code = "recording_closed"
    status = 409
    zh = "这份投保记录已经封存，不能再写入"
    en = "This recording is sealed; nothing can be added"
    next_zh = "新的投保会另开一份记录"
    next_en = "A new purchase begins a recording of its own"


class RecordingFull(BaoheError):
    code = "recording_full"
    status = 409
    zh = "这份投保记录已经写满"
    en = "This recording is full"
    next_zh = "请刷新页面，会另开一份接着留存"
    next_en = "Reload the page; another one goes on from here"


class TooManyRecordings(BaoheError):
    code = "too_many_recordings"
    status = 429
    zh = "今天开始的投保太多了"
    en = "Too many purchases were begun today"
    next_zh = "请明天再试，或请客服协助"
    next_en = "Try again tomorrow, or ask a person for help"


class PageUnknown(BaoheError):
    """The app shows a build whose pages this server never had."""

    code = "page_unknown"
    status = 409
    zh = "页面版本过旧，无法留存"
    en = "This version of the page is not known here and cannot be recorded"
    next_zh = "请刷新页面再继续，填过的内容都还在"
    next_en = "Reload the page and go on; nothing you typed is lost"


class KeptUntil(BaoheError):
    """SALE-6: nothing is deleted before its date."""

    code = "recording_kept"
    status = 409
    zh = "这份投保记录要保存到 {until}，不能提前删除"
    en = "This recording must be kept until {until} and cannot be deleted before"
    next_zh = "到期后系统会自动删除"
    next_en = "It is deleted by itself after that day"


class OnHold(BaoheError):
    code = "recording_on_hold"
    status = 409
    zh = "这份投保记录因争议被保留：{reason}"
    en = "This recording is held because of a dispute: {reason}"
    next_zh = "两名员工解除保留后才能删除"
    next_en = "Two members of staff must lift the hold first"


class HoldNotPossible(BaoheError):
    code = "hold_not_possible"
    status = 409
    zh = "现在不能这样做：{reason_zh}"
    en = "Not possible now: {reason_en}"
    next_zh = "请刷新页面看最新状态"
    next_en = "Reload to see the current state"


class HelpEnded(BaoheError):
    code = "record_help_ended"
    status = 409
    zh = "这个协助请求已经办结"
    en = "This request for help has ended"
    next_zh = "刷新页面看结果"
    next_en = "Reload the page to see how"


class LinkJustSent(BaoheError):
    code = "record_link_just_sent"
    status = 409
    zh = "链接刚发过"
    en = "The link was sent a moment ago"
    next_zh = "一分钟后可以再发一次"
    next_en = "It can be sent again after a minute"
