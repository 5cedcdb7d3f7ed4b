"""How the ledger refuses."""

from baohe.kernel.errors import BaoheError, Conflict


class UnbalancedEntry(BaoheError):
    code = "entry_unbalanced"
    status = 500
    zh = "记账不平：{reason_zh}"
    en = "The entry does not balance: {reason_en}"
    next_zh = "已拒绝入账，请联系运维核对"
    next_en = "Nothing was recorded; ask the operator to look"


class UnknownLedgerAccount(BaoheError):
    code = "ledger_account_unknown"
    status = 500
    zh = "科目表里没有“{account}”"
    en = "“{account}” is not in the chart of accounts"
    next_zh = "请先在科目表登记"
    next_en = "Add it to the chart of accounts first"


class EntryDiffers(Conflict):
    """The natural reference is taken by other postings: the same fact cannot have two sums."""

    code = "entry_differs"
    zh = "“{kind} {ref}”已按另一金额入账"
    en = "“{kind} {ref}” is recorded with other postings"
    next_zh = "更正请用冲销，不要重记"
    next_en = "Correct by a reversal, not by posting again"


class MonthNotClosable(Conflict):
    """The month is not the next one, is still running, or something in the books is wrong."""

    code = "month_not_closable"
    zh = "{month} 不能结账：{reason_zh}"
    en = "{month} cannot be closed: {reason_en}"
    next_zh = "请按提示处理后再结账"
    next_en = "Put that right, then close"
