"""How a death benefit says no: each share to its own receiver, once."""

from baohe.kernel.errors import BaoheError


class AdvanceToBeneficiaries(BaoheError):
    """After a death the money is the beneficiaries', not the claimant's."""

    code = "advance_to_beneficiaries"
    status = 409
    zh = "身故保险金按份额分给受益人，不先付给报案人"
    en = "A death benefit goes to the beneficiaries by share; nothing is advanced to whoever reported"
    next_zh = "能确定的部分请直接定案，其余以后可以重算补付"
    next_en = "Decide on what is certain; the rest can be added by a review"


class ShareNotWaiting(BaoheError):
    code = "share_not_waiting"
    status = 409
    zh = "{name} 的份额现在不能这样办"
    en = "This cannot be done with the share of {name} now"
    next_zh = "请刷新看这一份到哪一步了；付过的不会再付"
    next_en = "Reload to see how far it is; what was paid is not paid again"


class ShareWrongHolder(BaoheError):
    """Each beneficiary is paid on an account of their own name (SALE-9)."""

    code = "share_wrong_holder"
    status = 422
    zh = "收款账户的户名要和受益人一致：{name}"
    en = "The account must be in the beneficiary's name: {name}"
    next_zh = "请填 {name} 本人的账户；未成年人可以用办理监护手续的监护人账户"
    next_en = "Give an account of {name}; a minor's share may go to the guardian who has acted"


class NotTheirGuardian(BaoheError):
    code = "not_their_guardian"
    status = 403
    zh = "这里只能由本人的父母作为监护人办理"
    en = "Here only a parent may act as the guardian"
    next_zh = "其他监护人请联系理赔员，带上监护证明办理"
    next_en = "Another guardian turns to the handler with the proof"
