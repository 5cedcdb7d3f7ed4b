"""The day proposed from a sentence, with its reason and the other days it may be. Pure."""

from __future__ import annotations

from datetime import date

from baohe.kernel.decisions import Text
from baohe.rooms.claims.contracts import EventChoice, Understood
from baohe.rooms.claims.rules.notice.days import DaysSaid


def day_proposed(said: DaysSaid, today: date, chosen: date | None) -> Understood:
    """The earliest day it can have been; sure where one day alone was said and it has earned it."""
    if chosen is not None:
        return Understood(chosen.isoformat(), _written(chosen), Text("你选的", "As you chose"))
    past = [day for day in said.days if day <= today]
    options = tuple(EventChoice(day.isoformat(), _written(day), Text("", "")) for day in past)
    if not said.days:
        reason = _VAGUE if said.vague else Text("没说哪一天，请选", "No day was said: choose it")
        return Understood("", Text("", ""), reason, False)
    if not past:
        return Understood(
            "", Text("", ""), Text("说的日子还没有到，请选发生的那天", "That day has not come: choose the day"), False
        )
    day = min(past)
    if len(said.days) == 1 and said.doubtful:
        return Understood(day.isoformat(), _written(day), FIRST_DAY, False, options)
    if len(said.days) == 1:
        return Understood(day.isoformat(), _written(day), Text("按你说的日子", "The day you said"), True, options)
    return Understood(
        day.isoformat(),
        _written(day),
        Text("说到几个日子，先按最早的", "The earliest of the days you said"),
        False,
        options,
    )


def _written(day: date) -> Text:
    week = "一二三四五六日"[day.weekday()]
    return Text(f"{day.month} 月 {day.day} 日（周{week}）", f"{day:%a} {day.isoformat()}")


FIRST_DAY = Text("事情是这天发生的吗？", "Did it happen on this day?")
_VAGUE = Text("只说了大概时间，请选哪一天", "Only a stretch of time was said: choose the day")
