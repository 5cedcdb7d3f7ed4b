"""How the basket refuses."""

from __future__ import annotations

from baohe.kernel.errors import BaoheError, Conflict


class BasketFull(Conflict):
    code = "basket_full"
    zh = "投保篮最多放 {most} 份"
    en = "The basket holds {most} covers at most"
    next_zh = "请先付款，或移出几份再放"
    next_en = "Pay first, or take some out"


class ItemBeingPaid(Conflict):
    """The item stands in a payment that may still be made: taking it out would pay for nothing."""

    code = "basket_item_being_paid"
    zh = "{product}（{insured}）正在付款，不能移出或改价"
    en = "{product_en} for {insured} is being paid and cannot be taken out or priced again"
    next_zh = "请先看付款结果，或取消这次付款"
    next_en = "Look at the result of the payment, or cancel that payment"


class ItemNotPayable(BaoheError):
    """Nothing was charged: one item of the payment cannot be bought now. `item_id` and `reason` name it."""

    code = "basket_item_not_payable"
    status = 409
    zh = "{product}（{insured}）现在不能付款：{reason_zh}"
    en = "{product_en} for {insured} cannot be paid now: {reason_en}"
    next_zh = "没有扣款。可以先付其余的，这一份按提示处理后再付"
    next_en = "Nothing was charged. Pay the others now and this one when it is ready"
