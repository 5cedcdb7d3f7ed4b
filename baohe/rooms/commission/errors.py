"""How the room refuses."""

from baohe.kernel.errors import BaoheError, Conflict


class ProducerNotRegistered(BaoheError):
    """OVER-2: whoever is not registered on the day of the sale advises nobody and earns nothing."""

    code = "producer_not_registered"
    status = 422
    zh = "{code} 在 {day} 没有有效的执业登记，不能作为这份保单的顾问"
    en = "{code} has no valid registration on {day} and cannot be the adviser of this policy"
    next_zh = "您可以不带顾问继续投保，价格一样"
    next_en = "You can go on without an adviser; the price is the same"


class AboveFiledCap(BaoheError):
    """OVER-2: a commission stays within what the insurer filed."""

    code = "above_filed_cap"
    status = 422
    zh = "{rate}% 高于 {version} 备案的佣金上限 {cap}%"
    en = "{rate}% is above the filed cap of {version}, {cap}%"
    next_zh = "请改到上限以内，或先变更备案"
    next_en = "Stay within the cap, or change the filing first"


class SamePersonDecides(Conflict):
    """Four eyes: who proposes does not decide."""

    code = "same_person_decides"
    zh = "提出的人不能自己批准"
    en = "Who proposes it cannot decide on it"
    next_zh = "请另一位财务来批准"
    next_en = "Ask a colleague of finance to decide"


class SaleClosed(Conflict):
    """An adviser is named with the proposal, before it is signed, and stays."""

    code = "adviser_settled"
    zh = "顾问在签名之前确定，之后不能更改"
    en = "The adviser is named before the signature and never changes"
    next_zh = "请重新投保"
    next_en = "Make a new proposal"
