"""Why a call that was asked for is not taken, kept on or forgotten."""

from baohe.kernel.errors import BaoheError


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


class CallOver(BaoheError):
    code = "call_over"
    status = 409
    zh = "这个来电请求已由 {name} 办结"
    en = "This request for a call was ended by {name}"
    next_zh = "不用再办；客户可以再提一次"
    next_en = "Nothing is left to do; the customer can ask again"
