"""By when somebody answers a customer whose device cannot keep the record."""

from __future__ import annotations

from datetime import datetime

from baohe.kernel.dates import business_date
from baohe.kernel.work_calendar import closing, working_days_after


def answer_by(asked_at: datetime) -> datetime:
    """18:00 of the next working day: the quote stands for days only."""
    return closing(working_days_after(business_date(asked_at), 1))
