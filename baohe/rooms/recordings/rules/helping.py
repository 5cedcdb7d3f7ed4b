"""By when somebody answers a customer whose device cannot keep the record."""

from __future__ import annotations

from datetime import datetime

from baohe.kernel.dates import business_date, day_begins
from baohe.kernel.work_calendar import working_days_after


def answer_by(asked_at: datetime) -> datetime:
    """The end of the first working day after: the quote stands for days only."""
    return day_begins(working_days_after(business_date(asked_at), 2))
