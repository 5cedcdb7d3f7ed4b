"""Days that are named by a festival or by the lunisolar calendar: "国庆第二天", "除夕", "大年初五". Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from baohe.rooms.claims.rules.notice.lunar import lunar_day, new_year
from baohe.rooms.claims.rules.notice.numbers import number

_OCTOBER = r"国庆|(?<![二三四五六七八九双月])十一(?=假期|长假|黄金周|期间|那天|当天|第[一二三四五六七八]天|放假)"
_FIXED = {
    "元旦": (1, 1),
    "情人节": (2, 14),
    "三八节|妇女节": (3, 8),
    "五一|劳动节": (5, 1),
    "六一|儿童节": (6, 1),
    _OCTOBER: (10, 1),
    "双十一|双11": (11, 11),
    "平安夜": (12, 24),
    "圣诞节?": (12, 25),
}
_LUNAR = {
    "元宵节?": (1, 15),
    "端午节?": (5, 5),
    "七夕": (7, 7),
    "中秋节?": (8, 15),
    "重阳节?": (9, 9),
    "腊八节?": (12, 8),
}
_LONG = ("五一|劳动节", _OCTOBER, "春节|新春|过年")
"""Holidays of several days: their name alone is a stretch of time."""
_TOMB_SWEEPING = {2024: 4, 2025: 4, 2026: 5, 2027: 5, 2028: 4, 2029: 4, 2030: 5, 2031: 5, 2032: 4, 2033: 4}
"""Year → day of April on which 清明 falls."""
_AFTER = (
    r"(?:节|假期|长假|小长假|放假|假)?(?:的)?"
    r"(?:第([一二两三四五六七八九]|\d)天|(那天|当天|当日|当晚)|(前一天|前夜|前夕)|(后一天|次日)|(假期|长假|期间|前后|那几天|放假))?"
)
_EVE = re.compile(r"除夕|大年三十|年三十|大年夜|年夜饭|年夜")
_MONTHS = {"正": 1, "腊": 12, "冬": 11, "十一": 11, "十二": 12, "十": 10} | {
    "一二三四五六七八九"[n]: n + 1 for n in range(9)
}
_MONTH_DAY = re.compile(
    r"(农历|阴历|旧历|老历)?(正|腊|冬|十[一二]?|[一二三四五六七八九])月"
    r"(初[一二三四五六七八九十]|[二廿]?十?[一二三四五六七八九十])(?![月\d天])"
)
_FIRST_DAYS = re.compile(r"(大年|年)?初([一二三四五六七八九十])(?![中级期步次])")
_YEAR = re.compile(r"(去年|前年)(?:的)?$")
_NEAR_NEW_YEAR = 45
"""Days after Spring Festival within which "初五" can only mean its fifth day."""

Found = tuple[int, int, list[date]]


def festivals(sentence: str, today: date) -> Iterator[Found]:
    """Places and days. No day where a holiday of several days is named without which of them."""
    for match in _EVE.finditer(sentence):
        yield *match.span(), _latest(_eve, today, _years_back(sentence, match))
    for names, day_of in _named():
        for match in re.finditer(f"(?:{names}){_AFTER}", sentence):
            yield *match.span(), _said(match, names, _latest(day_of, today, _years_back(sentence, match)))
    yield from _months_and_days(sentence, today)
    for match in _FIRST_DAYS.finditer(sentence):
        yield *match.span(), _first_days(number(match[2]), today, bool(match[1]))


def stretch_said(sentence: str) -> bool:
    """Whether a holiday of several days is named at all."""
    return any(re.search(names, sentence) for names in _LONG)


def _named() -> Iterator[tuple[str, Callable[[int], date | None]]]:
    for names, (month, day) in _FIXED.items():
        yield names, partial(date, month=month, day=day)
    for names, (month, day) in _LUNAR.items():
        yield names, partial(lunar_day, month=month, day=day)
    yield "春节|新春|过年", new_year
    yield "清明", lambda year: date(year, 4, _TOMB_SWEEPING[year]) if year in _TOMB_SWEEPING else None


def _said(match: re.Match[str], names: str, first: list[date]) -> list[date]:
    nth, that_day, before, after, stretch = match.groups()
    if stretch or (names in _LONG and not (nth or that_day or before or after)):
        return []
    shift = number(nth) - 1 if nth else -1 if before else 1 if after else 0
    return [day + timedelta(days=shift) for day in first]


def _months_and_days(sentence: str, today: date) -> Iterator[Found]:
    for match in _MONTH_DAY.finditer(sentence):
        calendar, month, day = match.groups()
        if not (calendar or month in ("正", "腊", "冬") or day.startswith(("初", "廿"))):
            continue  # "十月八日" of the ordinary calendar
        of_year = partial(lunar_day, month=_MONTHS[month], day=number(day.removeprefix("初")))
        yield *match.span(), _latest(of_year, today, _years_back(sentence, match))


def _first_days(day: int, today: date, of_new_year: bool) -> list[date]:
    """Of the first month when it is said or has just been; else it may be the last month that has such a day."""
    found = _latest(partial(lunar_day, month=1, day=day), today, 0)
    if not found:
        return []
    [spring] = found
    if of_new_year or (today - spring).days <= _NEAR_NEW_YEAR:
        return [spring]
    months = [lunar_day(year, month, day) for year in (today.year - 1, today.year) for month in range(1, 13)]
    return list(dict.fromkeys([spring, max((one for one in months if one and one <= today), default=spring)]))


def _latest(day_of: Callable[[int], date | None], today: date, years_back: int) -> list[date]:
    """The last such day that has been; with 去年 or 前年 before it, that of the year named."""
    if years_back:
        named = day_of(today.year - years_back)
        return [named] if named else []
    days = [day for year in (today.year, today.year - 1, today.year - 2) if (day := day_of(year)) and day <= today]
    return days[:1]


def _eve(year: int) -> date | None:
    first = new_year(year)
    return first - timedelta(days=1) if first else None


def _years_back(sentence: str, match: re.Match[str]) -> int:
    said = _YEAR.search(sentence[: match.start()])
    return {"去年": 1, "前年": 2}[said[1]] if said else 0
