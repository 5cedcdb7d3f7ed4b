"""The clocks and limits of settling with a party. Dated figures: a contract may change them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from baohe.kernel.dates import business_date
from baohe.kernel.work_calendar import closing, working_days_after


@dataclass(frozen=True, slots=True)
class Terms:
    """In force from `effective_from`. `dispute_days` are calendar days, the two replies working days; a changed bank
    account rests for `cooling_days`. The limits are fen."""

    effective_from: date
    dispute_days: int
    answer_days: int
    party_days: int
    cooling_days: int
    item_limit_fen: int
    batch_limit_fen: int


TERMS = (
    Terms(
        date(2026, 1, 1),
        dispute_days=10,
        answer_days=5,
        party_days=5,
        cooling_days=3,
        item_limit_fen=2_000_000_000,
        batch_limit_fen=10_000_000_000,
    ),
)


def terms(on: date) -> Terms:
    return max((one for one in TERMS if one.effective_from <= on), key=lambda one: one.effective_from)


def dispute_until(issued_at: datetime) -> date:
    """The last day on which a party may dispute a statement."""
    day = business_date(issued_at)
    return day + timedelta(days=terms(day).dispute_days)


def answer_by(opened_at: datetime) -> datetime:
    """By when the platform answers a dispute."""
    return _end_of_working_day(opened_at, terms(business_date(opened_at)).answer_days)


def party_answers_by(answered_at: datetime) -> datetime:
    """Until when the party may accept an answer, before the platform upholds the statement."""
    return _end_of_working_day(answered_at, terms(business_date(answered_at)).party_days)


def usable_from(approved_at: datetime, changed: bool) -> datetime:
    """An account in the place of another rests first: time for the party to say that it did not ask for it."""
    rest_days = terms(business_date(approved_at)).cooling_days if changed else 0
    return approved_at + timedelta(days=rest_days)


def held_fen(lines: Iterable[int], payable_fen: int) -> int:
    """What of a disputed statement is held back: the disputed lines that make up what is paid. `lines` are their
    amounts, debit positive. A disputed line that lowers the payment holds nothing: it is not being paid."""
    sign = -1 if payable_fen > 0 else 1
    return min(sum(max(0, sign * fen) for fen in lines), abs(payable_fen))


def due_fen(rests: Sequence[tuple[int, int]]) -> int:
    """What may be paid now, positive to the party, negative by it. `rests` are (what is not paid yet, held back) of a
    statement and of every later one of the party: money that a later month has used up is not paid out."""
    rest_fen, held = rests[0]
    sign = 1 if rest_fen > 0 else -1
    return sign * max(0, min(sign * rest - back for rest, back in rests)) if rest_fen else 0


def _end_of_working_day(moment: datetime, days: int) -> datetime:
    """18:00 in Shanghai on the `days`-th working day after `moment`."""
    day = working_days_after(business_date(moment), days)
    return closing(day).astimezone(UTC)
