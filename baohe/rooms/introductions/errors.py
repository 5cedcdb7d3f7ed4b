"""How introductions refuse."""

from baohe.kernel.errors import Conflict


class SecondNameNeeded(Conflict):
    code = "agreement_second_name"
    zh = "提出协议的人不能自己批准"
    en = "Whoever proposed an agreement cannot approve it"
    next_zh = "请另一位财务人员核对后批准"
    next_en = "Ask another member of finance to check and approve it"


class AgreementNotInForce(Conflict):
    code = "introduction_agreement_not_in_force"
    zh = "协议 {number} 在 {day} 没有生效"
    en = "Agreement {number} is not in force on {day}"
    next_zh = "请选一份已批准、在有效期内的协议"
    next_en = "Choose an approved agreement within its dates"


class ConsentMissing(Conflict):
    """Nothing of the customer is passed before they say yes."""

    code = "introduction_needs_consent"
    zh = "客户还没有同意转介绍，不能查看或转交资料"
    en = "The customer has not agreed; nothing may be seen or passed on"
    next_zh = "请把链接发给客户，由客户本人决定"
    next_en = "Send the customer the link; they decide themselves"


class Answered(Conflict):
    code = "introduction_answered"
    zh = "这份转介绍已经有答复"
    en = "This introduction has been answered"
    next_zh = "要改主意，请联系客服撤回"
    next_en = "To change your mind, ask service to withdraw it"
