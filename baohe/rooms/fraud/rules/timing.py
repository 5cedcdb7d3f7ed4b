"""Signals of days: waiting period, purchase, raised sum, end, free days; and of how often somebody claims. Pure."""

from __future__ import annotations

from datetime import timedelta

from baohe.kernel.decisions import Text
from baohe.kernel.work_calendar import is_working_day
from baohe.rooms.fraud.contracts import Pointer, Signal
from baohe.rooms.fraud.rules.seen import Frequency, Seen

FIRST_DAYS = 7
RAISED_DAYS = 30
LAST_DAYS = 7
MOST_OF_ACCOUNT = Frequency(3, 6)
"""From this many claims of one account in 30 or 90 days on."""

MOST_OF_POLICY = Frequency(2, 4)


def after_waiting(seen: Seen) -> Signal | None:
    ends = seen.cover.waiting_ends
    if ends is None or not ends <= seen.happened_on < ends + timedelta(days=FIRST_DAYS):
        return None
    day = (seen.happened_on - ends).days + 1
    return Signal(
        "after_waiting",
        20,
        Text(f"出险在等待期结束后的第 {day} 天", f"It happened on day {day} after the waiting period"),
        (_policy(seen),),
    )


def bought_shortly_before(seen: Seen) -> Signal | None:
    """Counted from the first day of cover where there is no waiting period; with one, `after_waiting` speaks."""
    start = seen.cover.start
    if seen.cover.waiting_ends is not None or not start <= seen.happened_on < start + timedelta(days=FIRST_DAYS):
        return None
    day = (seen.happened_on - start).days + 1
    return Signal(
        "bought_shortly_before",
        15,
        Text(
            f"{seen.cover.bought_on} 投保，保障第 {day} 天出险",
            f"Bought on {seen.cover.bought_on}; it happened on day {day} of cover",
        ),
        (_policy(seen),),
    )


def raised_shortly_before(seen: Seen) -> Signal | None:
    raised = seen.cover.raised_on
    if raised is None or not raised <= seen.happened_on < raised + timedelta(days=RAISED_DAYS):
        return None
    days = (seen.happened_on - raised).days
    return Signal(
        "raised_shortly_before",
        30,
        Text(f"{raised} 提高保额，{days} 天后出险", f"The sum was raised on {raised}, {days} days before it happened"),
        (_policy(seen),),
    )


def before_end(seen: Seen) -> Signal | None:
    left = (seen.cover.end - seen.happened_on).days
    if not 0 < left <= LAST_DAYS:
        return None
    return Signal(
        "before_end",
        10,
        Text(f"离保障结束还有 {left} 天时出险", f"It happened {left} days before the end of cover"),
        (_policy(seen),),
    )


def free_day(seen: Seen) -> Signal | None:
    day = seen.happened_on
    if is_working_day(day):
        return None
    zh, en = ("法定节假日", "a public holiday") if day.weekday() < 5 else ("周末", "a weekend")
    return Signal("free_day", 5, Text(f"出险日 {day} 是{zh}", f"The day, {day}, is {en}"))


def claims_frequent(seen: Seen) -> Signal | None:
    """The account's frequency if it is high, else the policy's."""
    for zh, en, count, most in (
        ("同一账号", "This account", seen.of_account, MOST_OF_ACCOUNT),
        ("同一保单", "This policy", seen.of_policy, MOST_OF_POLICY),
    ):
        if count.days_30 >= most.days_30 or count.days_90 >= most.days_90:
            text = Text(
                f"{zh} 30 天内 {count.days_30} 件、90 天内 {count.days_90} 件理赔",
                f"{en} has {count.days_30} claims in 30 days and {count.days_90} in 90 days",
            )
            return Signal("claims_frequent", 20, text, (Pointer("account", str(seen.account_id)), _policy(seen)))
    return None


def _policy(seen: Seen) -> Pointer:
    return Pointer("policy", str(seen.policy_id))
