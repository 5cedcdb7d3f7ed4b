"""How allowances refuses: something limited is used up, over, or not for this person any more."""

from baohe.kernel.errors import BaoheError, Conflict


class SoldOut(Conflict):
    code = "sold_out"
    zh = "{product} 限量 {limit} 份，已经售完"
    en = "{product} was limited to {limit} policies and is sold out"
    next_zh = "没有扣款。有人放弃付款时会有名额，也可以看看别的产品"
    next_en = "Nothing was charged. A place may come free when somebody does not pay; other products are open"


class AllTaken(Conflict):
    code = "coupons_all_taken"
    zh = "这批服务券共 {limit} 张，已经领完"
    en = "All {limit} vouchers of this campaign are taken"
    next_zh = "服务券是赠送的服务，不影响你的保障和保费"
    next_en = "Vouchers are a service on top; your cover and premium are untouched"


class EnoughTaken(Conflict):
    code = "coupon_limit_of_person"
    zh = "每人限领 {per_person} 张，你已经领过了"
    en = "You have taken the {per_person} that one person may have"
    next_zh = "已领的在“我的服务券”里"
    next_en = "Those you have are among your vouchers"


class NotOpen(Conflict):
    code = "campaign_not_open"
    zh = "这批服务券在 {first_day} 至 {last_day} 之间领取"
    en = "These vouchers are given out from {first_day} to {last_day}"
    next_zh = "请在期间内领取"
    next_en = "Take one within these days"


class CouponUsedUp(Conflict):
    code = "coupon_used_up"
    zh = "券 {code} 的次数已经用完"
    en = "Voucher {code} has no use left"
    next_zh = "请核对券号；同一次服务重复核销请用同一个服务单号"
    next_en = "Check the number; a repeat for one service carries the same reference"


class CouponOver(Conflict):
    code = "coupon_over"
    zh = "券 {code} 已过 {use_by}，不能再用"
    en = "Voucher {code} could be used until {use_by}"
    next_zh = "请告诉客户这张券已过期"
    next_en = "Tell the customer that it is over"


class ReferenceElsewhere(BaoheError):
    code = "service_reference_elsewhere"
    status = 409
    zh = "服务单号 {reference} 已经核销过另一张券"
    en = "Reference {reference} has redeemed another voucher"
    next_zh = "一次服务只核销一张券，请核对单号"
    next_en = "One service redeems one voucher; check the reference"
