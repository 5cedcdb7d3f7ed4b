"""How a sale or a policy may refuse."""

from __future__ import annotations

from baohe.kernel.errors import BaoheError


class PartiesNotPossible(BaoheError):
    """SALE-11: these people cannot stand in this contract."""

    code = "parties_not_possible"
    status = 409
    zh = "{reason_zh}"
    en = "{reason_en}"
    next_zh = "请换一位被保险人，或换一款产品；填过的内容都还在"
    next_en = "Choose another insured or another product; what you filled in is kept"


class BeneficiariesDoNotAddUp(BaoheError):
    code = "beneficiaries_do_not_add_up"
    status = 422
    zh = "{reason_zh}"
    en = "{reason_en}"
    next_zh = "请调整受益份额，每一顺位合计 100%；不填就是法定受益人"
    next_en = "Adjust the shares to 100% in each order; leave empty for the statutory heirs"


class AgeOutsideProduct(BaoheError):
    code = "age_outside_product"
    status = 409
    zh = "{insured}在起保日{age}岁，这款产品承保{limits_zh}"
    en = "{insured} is {age} on the first day of cover; this product takes {limits_en}"
    next_zh = "请在产品页按年龄筛选其他产品"
    next_en = "Filter the catalogue by age for other products"


class MinorDeathCoverLimit(BaoheError):
    """SALE-12. The sum counts every policy in force and every proposal being paid for this child."""

    code = "minor_death_cover_limit"
    status = 409
    zh = "{age}岁孩子的身故保额合计不能超过{limit}，已有{held}，这次{asked}"
    en = "Death cover of a child aged {age} may not exceed {limit} in all: {held} exist, {asked} are asked for"
    next_zh = "请把保额调低，或选择不含身故保障的产品"
    next_en = "Lower the sum insured, or choose a product without death cover"


class VersionWithdrawn(BaoheError):
    """PUB-2: the filed window of this version is over (or has not begun)."""

    code = "version_withdrawn"
    status = 409
    zh = "{product}这一版的销售期是 {window}，今天不能再买"
    en = "This version of {product} is sold {window}, not today"
    next_zh = "请在产品页看现在在售的版本"
    next_en = "See the version on sale now in the catalogue"


class StartNotPossible(BaoheError):
    code = "start_not_possible"
    status = 422
    zh = "起保日{reason_zh}"
    en = "The first day of cover {reason_en}"
    next_zh = "请选 {first} 至 {last} 之间的一天"
    next_en = "Choose a day from {first} to {last}"


class InsuredObjectNeeded(BaoheError):
    """Cover of a thing needs to say which thing: plate, serial, name, address."""

    code = "insured_object_needed"
    status = 422
    zh = "{name}{reason_zh}"
    en = "{name_en} {reason_en}"
    next_zh = "请照着 {example} 这样填，其他内容都已保留"
    next_en = "Write it like {example}; nothing else was lost"


class DecisionNeeded(BaoheError):
    """Underwriting has not accepted: a referral is open, or a named person declined."""

    code = "decision_needed"
    status = 409
    zh = "健康告知还没有通过，暂时不能投保"
    en = "The declaration has not been accepted yet"
    next_zh = "核保员答复后我们会通知你，不用重新填写"
    next_en = "You will be told when the underwriter answers; nothing needs to be filled in again"


class PaperChanged(BaoheError):
    code = "paper_changed"
    status = 409
    zh = "{title}的内容和你看到的不一样，这次确认没有生效"
    en = "{title} differs from what you saw; the confirmation did not count"
    next_zh = "请重新打开这一页，看过后再确认"
    next_en = "Open the page again, read it and confirm"


class AgreementNeeded(BaoheError):
    """SALE-2: no consent is assumed."""

    code = "agreement_needed"
    status = 422
    zh = "需要你亲自同意“{title}”"
    en = "“{title}” needs your own agreement"
    next_zh = "看过内容后勾选同意；不同意就不会投保"
    next_en = "Tick it after reading; without it nothing is bought"


class PapersMissing(BaoheError):
    code = "papers_missing"
    status = 409
    zh = "还没有确认：{missing}"
    en = "Not confirmed yet: {missing_en}"
    next_zh = "请打开这些页面看过并确认，再签名"
    next_en = "Open and confirm these pages, then sign"


class StepsMissing(BaoheError):
    code = "steps_missing"
    status = 409
    zh = "还差这一步：{missing}"
    en = "Still to do: {missing_en}"
    next_zh = "请打开投保单完成这一步；已填的内容都在"
    next_en = "Open the proposal and finish this step; what you entered is kept"


class DocumentChanged(BaoheError):
    code = "document_changed"
    status = 409
    zh = "投保单的内容已有变化，签名没有生效"
    en = "The proposal has changed; the signature did not count"
    next_zh = "请重新打开投保单，看过后再签名"
    next_en = "Open the proposal again, read it and sign"


class SignatureNotReadable(BaoheError):
    code = "signature_not_readable"
    status = 422
    zh = "签名太短，认不出来"
    en = "The signature is too short to be recognised"
    next_zh = "请在签名框里写下完整姓名"
    next_en = "Write your full name in the box"


class SignatureNeeded(BaoheError):
    code = "signature_needed"
    status = 409
    zh = "投保单还没有签名"
    en = "The proposal has not been signed"
    next_zh = "请先看投保单并签名，再付款"
    next_en = "Read and sign the proposal, then pay"


class ProposalClosed(BaoheError):
    """The proposal is being paid, issued or expired: it cannot change any more."""

    code = "proposal_closed"
    status = 409
    zh = "这份投保单{reason_zh}，不能再改"
    en = "This proposal {reason_en} and cannot change"
    next_zh = "已付款的请到保单页查看；过期的请重新算价投保"
    next_en = "See the policy page if you have paid; ask for a new price if it has expired"


class ProposalExpired(BaoheError):
    code = "proposal_expired"
    status = 409
    zh = "报价已过期，这份投保单不能付款"
    en = "The quote has expired; this proposal cannot be paid"
    next_zh = "请重新算一次价，填过的内容都还在"
    next_en = "Ask for the price again; what you filled in is kept"


class CannotIssue(BaoheError):
    """Paid, but the proposal can no longer become a policy: the money goes back (SALE-9)."""

    code = "cannot_issue"
    status = 409
    zh = "这份投保单已不能出单：{reason_zh}"
    en = "This proposal can no longer be issued: {reason_en}"
    next_zh = "付款会原路退回，请重新投保"
    next_en = "The payment goes back the way it came; please apply again"


class PaidElsewhere(BaoheError):
    """One proposal, one open payment: two tabs, or the basket and the single sale."""

    code = "paid_elsewhere"
    status = 409
    zh = "这份投保单正在另一笔付款里"
    en = "This proposal is in another payment that is still open"
    next_zh = "请先看那一笔的结果；没有付成会自动关闭，然后可以再付"
    next_en = "Look at the result of that payment first; an unpaid one closes by itself and you can pay again"


class FamilyNeeded(BaoheError):
    """A family's price is for the family: it is paid for all of them together."""

    code = "family_needed"
    status = 409
    zh = "这是 {people} 人一起投保的家庭价，要一起付款"
    en = "This price is for {people} insured together, and is paid together"
    next_zh = "请在投保篮里和家人的一起付，或重新算单人价"
    next_en = "Pay it in the basket with the others, or price it again for one"


class RefundChanged(BaoheError):
    code = "refund_changed"
    status = 409
    zh = "今天退保可拿回 ¥{refund}，和你看到的不一样"
    en = "Leaving today gives back ¥{refund}, which is not what you saw"
    next_zh = "请看过新的金额再决定"
    next_en = "Look at the new amount, then decide"


class LeavingNotPossible(BaoheError):
    code = "leaving_not_possible"
    status = 409
    zh = "这份保单{reason_zh}"
    en = "This policy {reason_en}"
    next_zh = "在保单页可以看到退款进度"
    next_en = "The policy page shows the refund"


class PremiumNotTaken(BaoheError):
    """An instalment came in that the policy can no longer take: the money goes back."""

    code = "premium_not_taken"
    status = 409
    zh = "这一期保费不能再收：{reason_zh}"
    en = "This instalment can no longer be taken: {reason_en}"
    next_zh = "已付的钱会原路退回"
    next_en = "What was paid goes back the way it came"


class EndorsementNotPossible(BaoheError):
    code = "endorsement_not_possible"
    status = 409
    zh = "这份保单{reason_zh}"
    en = "This policy {reason_en}"
    next_zh = "保单没有任何变化；需要帮助请联系客服"
    next_en = "Nothing about the policy has changed; our staff can help"


class SumNotOffered(BaoheError):
    """The filed version does not price this sum for this insured, or it is not lower."""

    code = "sum_not_offered"
    status = 422
    zh = "不能减到这个保额"
    en = "The sum insured cannot be lowered to this"
    next_zh = "请从列出的保额里选一个"
    next_en = "Choose one of the sums that are listed"


class EndorsementChanged(BaoheError):
    """Another amount than the one the customer saw, or the contract was changed meanwhile."""

    code = "endorsement_changed"
    status = 409
    zh = "今天减到这个保额可拿回 ¥{refund}，和你看到的不一样"
    en = "Lowering the sum today gives back ¥{refund}, which is not what you saw"
    next_zh = "保单没有变化，请看过新的金额再决定"
    next_en = "The policy has not changed; look at the new amount, then decide"
