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
