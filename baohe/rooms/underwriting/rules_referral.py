"""Deadlines of a referral, what one underwriter may conclude alone, and what papers exist. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from baohe.kernel.dates import SHANGHAI, business_date
from baohe.kernel.decisions import Text
from baohe.kernel.work_calendar import closing, working_days_after, working_days_between

PAPERS_DAYS = 15
"""What the customer has to find papers; the underwriter's clock stands still meanwhile."""

OFFER_DAYS = 15
"""How long a counter-offer may be accepted; as long as an underwriter's acceptance may be used."""

NEAR = timedelta(hours=4)
"""The desk marks a file when this much is left for the answer."""

REMIND = timedelta(days=3)
"""The customer is reminded of papers and of an offer this long before their time ends."""

REVIEW_DAYS = 30
"""How long a decision of the rules can be taken to a person (DATA-3)."""

_LAST_MOMENT = time.max


@dataclass(frozen=True, slots=True)
class Authority:
    """From `since` on one underwriter may conclude alone up to these; above either, a second one must agree."""

    since: date
    sum_insured_fen: int
    loading_bp: int


AUTHORITIES = (Authority(date(2026, 1, 1), sum_insured_fen=500_000_000, loading_bp=5_000),)
"""The insurer's underwriting authority, dated: ¥5,000,000 and a loading of 50 %."""

KINDS: Mapping[str, Text] = {
    "health_report": Text("体检报告", "Health check report"),
    "lab_report": Text("化验单", "Laboratory report"),
    "discharge_summary": Text("出院小结", "Discharge summary"),
    "imaging_report": Text("影像检查报告（B 超、CT 等）", "Imaging report (ultrasound, CT …)"),
    "outpatient_record": Text("门诊病历", "Out-patient record"),
    "income_proof": Text("收入证明", "Proof of income"),
}
READ_KINDS = frozenset({"health_report", "lab_report", "discharge_summary", "imaging_report"})
TURNS: Mapping[str, Literal["ours", "theirs"]] = {
    "papers_asked": "theirs",
    "handed_in": "ours",
    "papers_complete": "ours",
    "papers_over": "ours",
    "offered": "theirs",
}
"""What of a referral's history passes it on: to the customer, who owes papers or an answer, or back to us."""

ENDS = frozenset({"concluded", "confirmed", "accepted", "declined", "expired"})
"""What may close a referral."""

MOST_PAGES = 60
"""Pictures in one referral."""


def authority(day: date) -> Authority:
    """The one in force on `day`; the first one for days before."""
    return max((one for one in AUTHORITIES if one.since <= day), key=lambda one: one.since, default=AUTHORITIES[0])


def needs_second_name(day: date, outcome: str, sum_insured_fen: int, loading_bp: int) -> bool:
    """Whether a conclusion takes two people. Standard terms never do: nobody is made worse off by them."""
    limit = authority(day)
    return outcome != "accept" and (sum_insured_fen > limit.sum_insured_fen or loading_bp > limit.loading_bp)


def papers_by(moment: datetime) -> datetime:
    """The last moment of the customer's last day for papers, Shanghai."""
    return _end_of_day(business_date(moment) + timedelta(days=PAPERS_DAYS))


def offer_until(moment: datetime) -> datetime:
    """The last moment in which an offer may be accepted, Shanghai."""
    return _end_of_day(business_date(moment) + timedelta(days=OFFER_DAYS))


def resumed(reply_by: datetime, paused_at: datetime, moment: datetime) -> datetime:
    """The underwriter's new deadline once papers arrived: as many working days as were left, at least one."""
    left = working_days_between(business_date(paused_at), business_date(reply_by))
    day = working_days_after(business_date(moment), max(1, left))
    return closing(day)


def no_worse(outcome: str, loading_bp: int, machine_outcome: str, machine_loading_bp: int) -> bool:
    """A review that the customer asked for may only help: the same or better terms than the rules gave."""
    rank = {"accept": 0, "load": 1, "exclude": 2, "postpone": 3}
    if outcome not in rank:
        return False
    return rank[outcome] <= rank.get(machine_outcome, 3) and (
        machine_outcome == "postpone" or loading_bp <= machine_loading_bp
    )


def _end_of_day(day: date) -> datetime:
    return datetime.combine(day, _LAST_MOMENT, SHANGHAI)
