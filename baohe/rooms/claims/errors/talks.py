"""Errors of messages and of conversations on their way to a claim."""

from __future__ import annotations

from baohe.kernel.errors import BaoheError


class TooManyMessages(BaoheError):
    code = "too_many_messages"
    status = 429
    zh = "留言发得太频繁了"
    en = "Too many messages were sent"
    next_zh = "写好的还在，请在 {retry_after_seconds} 秒后再发；急事请打客服电话"
    next_en = "What you wrote is kept: send it in {retry_after_seconds} seconds, or call our service if it is urgent"


class NobodyToWriteTo(BaoheError):
    code = "nobody_to_write_to"
    status = 409
    zh = "这是合作方订单的理赔，没有客户可以留言"
    en = "This is a claim of a partner's order; no claimant reads messages here"
    next_zh = "请通过合作方联系"
    next_en = "Reach them through the partner"


class TalkMoved(BaoheError):
    """Another device went on with the conversation. Nothing typed here is lost: it stays on this device."""

    code = "talk_moved"
    status = 409
    zh = "另一台设备刚刚接着说了这次报案"
    en = "Another device has just gone on with this notice"
    next_zh = "已换成那边的进度；你这里没发出的字还在输入框里"
    next_en = "What was said there is shown now; words not yet sent from here are still in the box"
