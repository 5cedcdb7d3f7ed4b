"""The kinds of difference, how soon each is looked at, and what of it stands on suspense. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from baohe.kernel.dates import business_date, day_begins
from baohe.kernel.decisions import Text
from baohe.kernel.work_calendar import working_days_after

PROVIDER_ONLY = "provider_only"
OURS_ONLY = "ours_only"
AMOUNT = "amount"
CURRENCY = "currency"
TWICE = "twice"
DAY = "day"
MISSING_BILL = "missing_bill"
FALSE_WORD = "false_word"

NAMES = {
    PROVIDER_ONLY: Text("渠道有，我方没有", "only at the provider"),
    OURS_ONLY: Text("我方有，渠道没有", "only with us"),
    AMOUNT: Text("金额不同", "amounts differ"),
    CURRENCY: Text("币种不同", "currencies differ"),
    TWICE: Text("渠道重复", "twice at the provider"),
    DAY: Text("日期相差一天以上", "more than a day apart"),
    MISSING_BILL: Text("没有账单", "no bill"),
    FALSE_WORD: Text("渠道误报", "false word of the provider"),
}

LIVE = ("waiting", "open", "assigned")
ENDED = ("explained", "booked")
DONE = ("paid", "done")
"""States of our movements in which the books hold the money as moved."""

MAY_BE_TOMORROWS = timedelta(hours=1)
"""So close to midnight the provider's clock may already have shown the next day (field bug 17)."""

BILL_DUE = timedelta(hours=36)
"""A day's bill is there by noon of the next day; from then on it is missing."""

_MONEY_WORKING_DAYS = 3
_BILL_WORKING_DAYS = 1
_EVENING = timedelta(hours=18)


def deadline(difference: str, found_at: datetime) -> datetime:
    """18:00 of the working day by which somebody must have ended it."""
    days = _BILL_WORKING_DAYS if difference == MISSING_BILL else _MONEY_WORKING_DAYS
    return day_begins(working_days_after(business_date(found_at), days)) + _EVENING


def may_be_tomorrows(at: datetime, day: date) -> bool:
    return at >= day_begins(day + timedelta(days=1)) - MAY_BE_TOMORROWS


def bill_is_due(day: date, now: datetime) -> bool:
    return now >= day_begins(day) + BILL_DUE


def effect_fen(movement: str, amount_fen: int) -> int:
    """What a movement does to the money that the provider holds."""
    return amount_fen if movement == "payment" else -amount_fen
