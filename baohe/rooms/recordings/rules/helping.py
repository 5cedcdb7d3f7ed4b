"""By when somebody answers a customer whose device cannot keep the record."""

from __future__ import annotations

from datetime import datetime, time

from baohe.kernel.dates import SHANGHAI, business_date
from baohe.kernel.work_calendar import working_days_after

_CLOSING_TIME = time(18)


def answer_by(asked_at: datetime) -> datetime:
    """18:00 of the next working day: the quote stands for days only."""
    return datetime.combine(working_days_after(business_date(asked_at), 1), _CLOSING_TIME, SHANGHAI)
