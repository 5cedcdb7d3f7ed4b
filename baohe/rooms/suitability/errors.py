"""How the room may refuse."""

from __future__ import annotations

from baohe.kernel.errors import BaoheError


class StatementChanged(BaoheError):
    """Premium, answers or held policies changed after the page was opened: what was read is not what would count."""

    code = "statement_changed"
    status = 409
    zh = "这段话的内容和你看到的不一样，没有生效"
    en = "This statement differs from what you saw; it did not count"
    next_zh = "请重新打开这一页，看过后再确认"
    next_en = "Open the page again, read it and confirm"


class NothingToState(BaoheError):
    """The proposal needs no such statement (any more)."""

    code = "nothing_to_state"
    status = 409
    zh = "这份投保单不需要这一步"
    en = "This proposal does not need that step"
    next_zh = "请回到投保单继续"
    next_en = "Go on from the proposal"


class OwnSignatureNeeded(BaoheError):
    """SALE-7: the free choice is the customer's, in their own hand."""

    code = "own_signature_needed"
    status = 422
    zh = "这份声明要本人签名才有效"
    en = "This statement counts with your own signature only"
    next_zh = "请在签名框里写下完整姓名；也可以停止投保"
    next_en = "Write your full name in the box, or stop here"
