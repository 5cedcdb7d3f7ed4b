"""How settlement refuses."""

from baohe.kernel.errors import BaoheError, Conflict


class MonthNotClosed(Conflict):
    """An open month still moves, and a statement never does."""

    code = "month_not_closed"
    zh = "{month} 还没有结账，不能出对账单"
    en = "{month} is not closed yet, so it has no statements"
    next_zh = "请先在“账务”里结账"
    next_en = "Close the month in the books first"


class StatementOff(BaoheError):
    """The lines do not add up to the ledger's balance: nothing was issued."""

    code = "statement_off"
    status = 500
    zh = "{party} 的明细与账上余额相差 {off_fen} 分，没有出对账单"
    en = "The lines of {party} are {off_fen} fen off the ledger; no statement was issued"
    next_zh = "请运行 baohe check，并联系运维"
    next_en = "Run baohe check and ask the operator"


class NeedsSecondPerson(Conflict):
    """Four eyes: who made it cannot decide it."""

    code = "needs_second_person"
    zh = "经办人不能自己复核"
    en = "Whoever made this cannot decide it"
    next_zh = "请另一位财务复核"
    next_en = "Ask another member of finance"


class DisputeTooLate(Conflict):
    code = "dispute_too_late"
    zh = "{number} 的异议期到 {until} 为止"
    en = "The days to dispute {number} ended on {until}"
    next_zh = "差错可以在下一张对账单里更正，请联系结算人员"
    next_en = "A mistake can be corrected in the next statement; write to settlement"


class AlreadyAgreed(Conflict):
    code = "statement_agreed"
    zh = "{number} 已经确认"
    en = "{number} is agreed already"
    next_zh = "差错可以在下一张对账单里更正，请联系结算人员"
    next_en = "A mistake can be corrected in the next statement; write to settlement"


class StatementReplaced(Conflict):
    code = "statement_replaced"
    zh = "{number} 已有新版"
    en = "{number} has a newer edition"
    next_zh = "请看新版"
    next_en = "Look at the newer edition"


class DisputeUndecided(Conflict):
    code = "dispute_undecided"
    zh = "{number} 还有没处理完的异议"
    en = "A dispute about {number} is not decided yet"
    next_zh = "异议有了结果再确认"
    next_en = "Agree once it is decided"


class ReferenceTaken(Conflict):
    code = "dispute_reference_taken"
    zh = "编号 {reference} 已用于另一项异议"
    en = "The reference {reference} names another dispute"
    next_zh = "请换一个编号"
    next_en = "Use another reference"


class DisputeDecided(Conflict):
    code = "dispute_decided"
    zh = "这项异议现在不能这样处理"
    en = "This dispute cannot be dealt with like that now"
    next_zh = "请刷新页面看最新状态"
    next_en = "Reload to see where it stands"


class PartyMayStillAnswer(Conflict):
    code = "party_may_still_answer"
    zh = "对方在 {until} 前还可以接受答复"
    en = "The party may accept the answer until {until}"
    next_zh = "到期后再维持原账"
    next_en = "Uphold the statement after that"


class AccountWaits(Conflict):
    code = "bank_account_waits"
    zh = "{party} 已有一个账户在等复核"
    en = "An account of {party} is waiting for its second person"
    next_zh = "请先复核或退回那一个"
    next_en = "Approve or refuse that one first"


class AccountDecided(Conflict):
    code = "bank_account_decided"
    zh = "这个账户已经复核过"
    en = "This account was decided already"
    next_zh = "请刷新页面看最新状态"
    next_en = "Reload to see the current state"


class NothingToPay(Conflict):
    code = "nothing_to_pay"
    zh = "选中的对账单里没有可以付的"
    en = "None of the chosen statements can be paid"
    next_zh = "请看每一项后面的原因"
    next_en = "See the reason beside each"


class OverLimit(Conflict):
    code = "over_settlement_limit"
    zh = "一批合计 {total_fen} 分，超过上限 {limit_fen} 分"
    en = "The batch adds up to {total_fen} fen, more than the limit of {limit_fen} fen"
    next_zh = "请分成几批"
    next_en = "Make several batches"


class BatchDecided(Conflict):
    code = "batch_decided"
    zh = "{number} 已经复核过"
    en = "{number} was decided already"
    next_zh = "请刷新页面看进度"
    next_en = "Reload to see its progress"


class BatchStale(Conflict):
    """Something changed between making and approving; nothing was paid."""

    code = "batch_stale"
    zh = "{party} 的情况变了：{reason_zh}"
    en = "Things changed for {party} since the batch was made"
    next_zh = "请退回这一批，重新编制"
    next_en = "Decline this batch and make a new one"


class NothingOwed(Conflict):
    code = "nothing_owed"
    zh = "{number} 现在没有要收的款"
    en = "Nothing is to be collected for {number} now"
    next_zh = "请看对账单上的结算情况"
    next_en = "See where the statement stands"


class CollectionOpen(Conflict):
    code = "collection_open"
    zh = "{party} 还有一份收款通知没有付"
    en = "{party} has not paid an earlier notice yet"
    next_zh = "等那一笔到账，或先撤回那一份"
    next_en = "Wait for that payment, or withdraw that notice first"


class CannotBePaid(Conflict):
    code = "statement_cannot_be_paid"
    zh = "{party} 现在不能付：{reason_zh}"
    en = "{party} cannot be paid now"
    next_zh = "请刷新候选名单再选"
    next_en = "Reload the list and choose again"
