"""How the room may refuse."""

from __future__ import annotations

from baohe.kernel.errors import BaoheError


class CallBackEnded(BaoheError):
    code = "call_back_ended"
    status = 409
    zh = "这次回访已经结束"
    en = "This call-back is over"
    next_zh = "有疑问可以在服务页找人"
    next_en = "If something is unclear, ask a person on the service page"
