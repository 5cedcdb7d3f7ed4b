"""How payments refuse."""

from baohe.kernel.errors import BaoheError, Conflict


class PaymentInProgress(Conflict):
    code = "payment_in_progress"
    zh = "上一笔付款还在核对"
    en = "An earlier payment is still being checked"
    next_zh = "请等几秒看结果，不要再付一次；没有付成会自动关闭"
    next_en = "Wait a few seconds for the result and do not pay again; an unpaid one closes by itself"


class AlreadyPaid(Conflict):
    code = "already_paid"
    zh = "这一笔已经付过了"
    en = "This has been paid already"
    next_zh = "请到保单页查看"
    next_en = "See the policy page"


class PaymentClosed(Conflict):
    code = "payment_closed"
    zh = "这笔付款已经关闭，没有扣款"
    en = "This payment is closed and nothing was charged"
    next_zh = "请回到投保页重新付款"
    next_en = "Go back to the proposal and pay again"


class ProviderAway(BaoheError):
    code = "wallet_away"  # published before there were other providers
    status = 503
    zh = "付款通道暂时不可用，没有扣款"
    en = "Payments are not available for the moment; nothing was charged"
    next_zh = "请过一会儿再付，填过的内容都还在"
    next_en = "Try again in a little while; what you filled in is kept"


class NotPaid(Conflict):
    code = "not_paid"
    zh = "这笔款还没有收到，不能退"
    en = "Nothing has been received that could be refunded"
    next_zh = "请先等付款结果"
    next_en = "Wait for the result of the payment first"


class RefundTooLarge(BaoheError):
    code = "refund_too_large"
    status = 409
    zh = "最多还能退 {left_fen} 分"
    en = "At most {left_fen} fen can still be refunded"
    next_zh = "请核对已退金额"
    next_en = "Check what has been refunded"


class KeyTaken(Conflict):
    code = "natural_key_taken"
    zh = "“{natural_key}”已用于另一笔款项"
    en = "“{natural_key}” is taken by another payment"
    next_zh = "请核对业务单号"
    next_en = "Check the business reference"


class AgreementNotActive(Conflict):
    code = "agreement_not_active"
    zh = "没有生效的代扣签约，不能扣款"
    en = "There is no active agreement to deduct"
    next_zh = "请先在银行页面完成签约，或改用其他方式付款"
    next_en = "Sign the agreement on the bank's page first, or pay another way"


class PayeeMissing(BaoheError):
    code = "payee_missing"
    status = 422
    zh = "没有写明付给谁"
    en = "The receiver of the payout is not named"
    next_zh = "请填写收款账户和户名"
    next_en = "Name the receiving account and its holder"
