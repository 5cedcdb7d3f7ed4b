"""The clocks of a claim (SERV-5; INS 22–25). Day counts are dated data: a law may change them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from baohe.kernel.dates import SHANGHAI, business_date


@dataclass(frozen=True, slots=True)
class LegalDays:
    """Calendar days in force from `effective_from`."""

    effective_from: date
    decide: int
    pay: int
    refusal_notice: int
    advance_payment: int


LEGAL_DAYS = (LegalDays(date(2009, 10, 1), decide=30, pay=10, refusal_notice=3, advance_payment=60),)

_REPLY_HOUR = time(18)


def legal_days(on: date) -> LegalDays:
    """The day counts in force on that day."""
    return max((days for days in LEGAL_DAYS if days.effective_from <= on), key=lambda days: days.effective_from)


def decide_by(submitted_at: datetime) -> datetime:
    """Last moment to decide a complex claim: the end of the 30th day after its papers were complete."""
    return _end_of_day(submitted_at, legal_days(business_date(submitted_at)).decide)


def pay_by(agreed_at: datetime) -> datetime:
    """Last moment to pay after agreement."""
    return _end_of_day(agreed_at, legal_days(business_date(agreed_at)).pay)


def refusal_notice_by(decided_at: datetime) -> datetime:
    """Last moment to tell the claimant of a refusal, with its reasons."""
    return _end_of_day(decided_at, legal_days(business_date(decided_at)).refusal_notice)


def advance_by(submitted_at: datetime) -> datetime:
    """From here on what is certain is paid in advance, if the whole cannot be settled yet (INS 25)."""
    return _end_of_day(submitted_at, legal_days(business_date(submitted_at)).advance_payment)


def reply_by(asked_at: datetime) -> datetime:
    """The house's own promise: a person answers by 18:00 of the next day."""
    return datetime.combine(business_date(asked_at) + timedelta(days=1), _REPLY_HOUR, SHANGHAI)


def _end_of_day(moment: datetime, days: int) -> datetime:
    return datetime.combine(business_date(moment) + timedelta(days=days), time(23, 59, 59), SHANGHAI)
