"""The clocks of a claim (SERV-4, SERV-5, SERV-6): what begins one, what ends it, when it falls, when it stands still.

Day counts are dated data with their source, for a law may change them. What begins and ends a clock are the codes of
milestones, so a clock follows the story and nothing else. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from baohe.kernel.dates import business_date
from baohe.kernel.day_counts import falls_after
from baohe.kernel.decisions import Text
from baohe.kernel.lines import PERSONAL_LINES
from baohe.kernel.work_calendar import closing

CONCLUDED = frozenset({"agreed_by_rules", "agreed_by_person", "refused", "withdrawn", "kept", "settled_by_advance"})
REOPENED = frozenset({"reopened", "reopened_by_person"})
"""Begins the clocks of a decision only where the claim goes to a person: a withdrawn draft is a draft again."""

WITH_PERSON = frozenset({"referred", "review_asked"}) | REOPENED
ASKED_CLAIMANT = "papers_asked"
PAPERS_BACK = "referred"
COMPULSORY_MOTOR = "compulsory_motor"


@dataclass(frozen=True, slots=True)
class Clock:
    """One day count of a law.

    since         the first business date on which this count applies; a clock begun earlier keeps its own
    working       counted in working days of the mainland, else in calendar days
    begins, ends  codes of milestones
    stands_still  does not run while papers of the first asking are outstanding with the claimant
    """

    code: str
    name: Text
    rule: str
    source: str
    since: date
    days: int
    begins: frozenset[str]
    ends: frozenset[str]
    working: bool = False
    stands_still: bool = False


_PAY = Text("付款", "Pay")
_DECIDE = Text("核定", "Decide")
_AGREED = frozenset({"agreed_by_rules", "agreed_by_person"})
_PAID = frozenset({"paid", "shares_paid"})
_LIST = Text("告知材料清单", "Give the list of papers")

COMPULSORY: tuple[Clock, ...] = (
    Clock(
        "paper_list",
        _LIST,
        "SERV-6",
        "机动车交通事故责任强制保险条例 28",
        date(2006, 7, 1),
        1,
        frozenset({"notice"}),
        CONCLUDED | {"list_given", "asked", ASKED_CLAIMANT, *WITH_PERSON},
    ),
    # counted from the receipt of the papers: asking for one again begins it anew when that one arrives
    Clock(
        "decide",
        _DECIDE,
        "SERV-6",
        "机动车交通事故责任强制保险条例 29",
        date(2006, 7, 1),
        5,
        WITH_PERSON,
        CONCLUDED | {ASKED_CLAIMANT},
    ),
    Clock(
        "pay",
        _PAY,
        "SERV-6",
        "机动车交通事故责任强制保险条例 29",
        date(2006, 7, 1),
        10,
        _AGREED,
        _PAID,
    ),
)
SIMPLE = Clock(
    "decide_simple",
    Text("简单案件核定", "Decide a simple claim"),
    "SERV-4",
    "人身保险业务基本服务规定",
    date(2010, 5, 1),
    5,
    WITH_PERSON,
    CONCLUDED | {ASKED_CLAIMANT},
    working=True,
)
GENERAL: tuple[Clock, ...] = (
    # The days until papers asked for once are back are not counted (司法解释二 15); a second asking stops nothing,
    # for the law asks once (INS 22).
    Clock("decide", _DECIDE, "SERV-5", "保险法 23；司法解释二 15", date(2009, 10, 1), 30, WITH_PERSON, CONCLUDED,
          stands_still=True),
    Clock("pay", _PAY, "SERV-5", "保险法 23", date(2009, 10, 1), 10, _AGREED, _PAID),
)  # fmt: skip
EVERYWHERE: tuple[Clock, ...] = (
    Clock(
        "refusal_notice",
        Text("告知不赔的理由", "Tell the refusal and its reasons"),
        "SERV-5",
        "保险法 24",
        date(2009, 10, 1),
        3,
        frozenset({"refused"}),
        frozenset({"refusal_told"}),
    ),
    Clock(
        "advance",
        Text("先付能确定的部分", "Pay in advance what is certain"),
        "SERV-5",
        "保险法 25",
        date(2009, 10, 1),
        60,
        frozenset({"referred"}) | REOPENED,
        CONCLUDED | {"advance_paid"},
    ),
)


def clocks_for(line: str, simple: bool, on: date) -> tuple[Clock, ...]:
    """The clocks that apply to a claim of a line on that day, the count in force for each code."""
    first = COMPULSORY if line == COMPULSORY_MOTOR else GENERAL
    extra = (SIMPLE,) if simple and line in PERSONAL_LINES else ()
    in_force: dict[str, Clock] = {}
    for clock in sorted((*extra, *first, *EVERYWHERE), key=lambda one: one.since):
        if clock.since <= on:
            in_force[clock.code] = clock
    return tuple(in_force.values())


def named(code: str, line: str) -> Clock:
    """The clock of a stored code, for its name and what ends it."""
    group = COMPULSORY if line == COMPULSORY_MOTOR else GENERAL
    return next(clock for clock in (*group, SIMPLE, *EVERYWHERE, *COMPULSORY) if clock.code == code)


def falls_at(clock: Clock, begun_at: datetime) -> datetime:
    """The last second of the last day; the day on which it begins does not count."""
    return falls_after(begun_at, clock.days, clock.working)


def decide_by(submitted_at: datetime) -> datetime:
    """Last moment to decide a complex claim of any line but compulsory motor: the end of the 30th day after its
    papers were complete."""
    return falls_at(named("decide", ""), submitted_at)


def pay_by(agreed_at: datetime) -> datetime:
    """Last moment to pay after agreement."""
    return falls_at(named("pay", ""), agreed_at)


def advance_by(submitted_at: datetime) -> datetime:
    """From here on what is certain is paid in advance, if the whole cannot be settled yet (INS 25)."""
    return falls_at(named("advance", ""), submitted_at)


def reply_by(asked_at: datetime) -> datetime:
    """The house's own promise: a person answers by 18:00 of the next day."""
    return closing(business_date(asked_at) + timedelta(days=1))
