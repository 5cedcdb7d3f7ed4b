"""How disbursements refuse."""

from baohe.kernel.errors import Conflict


class SecondPersonNeeded(Conflict):
    """Four eyes: who entered the account cannot let the money go to it."""

    code = "disbursement_second_person"
    zh = "经办人不能自己复核这笔付款"
    en = "Whoever entered this payment cannot approve it"
    next_zh = "请另一位财务核对户名、账号和金额后复核"
    next_en = "Ask another member of finance to check name, account and amount"


class NotWaiting(Conflict):
    code = "disbursement_not_waiting"
    zh = "付款 {number} 现在不在这一步"
    en = "Payment {number} is not at this step"
    next_zh = "请刷新页面查看它的进度"
    next_en = "Reload the page to see where it stands"


class KeyStandsForAnother(Conflict):
    code = "disbursement_key_taken"
    zh = "这份登记已经用于另一笔付款"
    en = "This form has recorded another payment already"
    next_zh = "请重新打开页面再登记"
    next_en = "Open the page again and record it there"


class WrongHolder(Conflict):
    """SALE-9: the money goes back to the one who paid."""

    code = "disbursement_wrong_holder"
    zh = "户名不是投保人本人，不能退到这个账户"
    en = "The account is not in the policyholder's name; nothing can be refunded to it"
    next_zh = "请向投保人要本人名下的银行账户"
    next_en = "Ask the policyholder for an account in their own name"


class PayerUnknown(Conflict):
    code = "disbursement_payer_unknown"
    zh = "没有付款人的姓名可以核对，不能退到人工填写的账户"
    en = "There is no name of the payer to compare with; nothing can be refunded to an account that was typed in"
    next_zh = "请先让付款人在“家人”里填写本人信息"
    next_en = "Ask the payer to enter their own details first"
