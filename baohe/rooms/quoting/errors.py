"""How a quote may fail."""

from __future__ import annotations

from baohe.kernel.errors import BaoheError


class QuoteExpired(BaoheError):
    code = "quote_expired"
    status = 409
    zh = "这个报价已过期，有效到 {valid_until}"
    en = "This quote was valid until {valid_until}"
    next_zh = "请重新算一次价，填过的内容都还在"
    next_en = "Ask for the price again; what you filled in is kept"


class QuoteAltered(BaoheError):
    """The stored quote no longer carries the signature it was made with. Never happens without tampering."""

    code = "quote_altered"
    status = 409
    zh = "这个报价的内容与签名不符，不能使用"
    en = "This quote does not match its signature and cannot be used"
    next_zh = "请重新算一次价"
    next_en = "Ask for the price again"


class NotSoldHere(BaoheError):
    code = "not_sold_here"
    status = 409
    zh = "{product}只通过合作商家的订单提供"
    en = "{product} is only offered with orders of partner shops"
    next_zh = "请在产品页看其他可买的产品"
    next_en = "See the products on sale in the catalogue"
