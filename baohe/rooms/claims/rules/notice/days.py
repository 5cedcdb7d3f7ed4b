"""The day a sentence speaks of, counted from today. Several readings stay several: the person chooses. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from baohe.rooms.claims.rules.notice.dating import Place, of_event, without
from baohe.rooms.claims.rules.notice.festivals import festivals, stretch_said
from baohe.rooms.claims.rules.notice.numbers import number

_NUMBER = r"(?:\d{1,4}|[零〇一二两俩三四五六七八九十廿卅]{1,3})"
_WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6, "末": 5}
_WEEKDAYS_EN = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS_EN = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_AGO = (
    (r"大前[天日]|大前儿", 3),
    (r"前[天日晚儿]|day before yesterday", 2),
    (r"昨[天日晚夜儿早]|琴[日晚]|噚[日晚]|尋日|寻日|yesterday|last night", 1),
    (r"今[天日晚早儿]|刚才|刚刚|今朝|方才|\btoday\b|this (?:morning|afternoon|evening)|just now|tonight", 0),
    (r"明[天早晚]|(?<!day after )tomorrow", -1),
    (r"大后天", -3),
    (r"(?<!先天)后天|day after tomorrow", -2),
)
_MANY = re.compile(
    r"上个?(?:星期|礼拜|周|週)(?![一二三四五六日天末])|上个?月(?!\d|[一二三四五六七八九十]+[号日])"
    r"|上上个?(?:周|星期|礼拜)(?![一二三四五六日天末])|这[两几]天|那几天|这阵子|近来|月[初底]|年[初底]|假期|暑假|寒假"
    r"|(?:\d{1,2}|[一二三四五六七八九十]+)月(?:份|[上中下]旬)|last (?:week|month|year)\b|前几天|前阵子|前段时间"
    r"|最近|几天前|some days ago|recently|the other day",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(rf"(?:(20\d\d|去|前|今)\s*年\s*的?)?({_NUMBER})\s*月\s*({_NUMBER})\s*[日号號]?")
_ISO = re.compile(r"(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})")
_SHORT = re.compile(r"(?<![\d./-])(\d{1,2})[/.-](\d{1,2})(?![\d./-]|\s*[元块万千kK天])")
_LAST_MONTH = re.compile(rf"上个?月\s*({_NUMBER})\s*[日号]")
_DAY_ALONE = re.compile(rf"(?<![月\d])(?:这个?月|本月)?({_NUMBER})[号日](?![院线楼门])")
_WEEK = re.compile(r"(上上|上|这|本|下下|下)?个?(?:周|星期|礼拜|週)([一二三四五六日天末])")
_DAYS_AGO = re.compile(
    rf"({_NUMBER})\s*天(?:之)?前|(\d{{1,3}}) days? ago|(one|two|three|four|five|six) days? ago", re.IGNORECASE
)
_WEEKS_AGO = re.compile(rf"({_NUMBER})\s*个?(?:星期|礼拜|周)(?:之)?前|(\d) weeks? ago|\b(a) week ago", re.IGNORECASE)
_WEEK_EN = re.compile(
    r"\b(last |this |on |next )?(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE
)
_MONTH_EN = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE_EN = re.compile(
    rf"\b{_MONTH_EN} (\d{{1,2}})(?:st|nd|rd|th)?\b|\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH_EN}\b", re.IGNORECASE
)
_WORDS_EN = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "a": 1}


@dataclass(frozen=True, slots=True)
class DaysSaid:
    """`days` that can be the event's, in the order they are said, each once. `vague`: only a stretch of time was named
    ("上周"). `doubtful`: a stretch is named beside the day, or the day has not earned it (`dating.py`): it does not
    stand with what happened ("昨天才去看", "昨天银行打电话来"), or is itself a guess."""

    days: tuple[date, ...]
    vague: bool
    doubtful: bool = False
    beside: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    """Signs of what they stand with, and of what was said before them."""


def days_said(sentence: str, today: date) -> DaysSaid:
    """Every day the event can have had; a day and month still to come this year are also read as last year's."""
    found = _with_a_past(sorted(_found(sentence, today), key=lambda one: one[0]), today)
    dated = of_event(sentence, found)
    days = tuple(dict.fromkeys(day for _, _, day in dated.places))
    doubtful = bool(days) and (not dated.earned or bool(_MANY.search(without(sentence, found))))
    return DaysSaid(days, not days and _stretch(sentence), doubtful, dated.beside, dated.before)


def _with_a_past(found: list[Place], today: date) -> list[Place]:
    """Without words that can only mean a day to come ("明天拆线"), where another has been."""
    past = {start for start, _, day in found if day <= today}
    return [one for one in found if one[0] in past] if past else found


def _stretch(sentence: str) -> bool:
    return bool(_MANY.search(sentence)) or stretch_said(sentence)


def _year(said: str, today: date) -> int:
    back = {"今": 0, "去": 1, "前": 2}
    return today.year - back[said] if said in back else int(said)


def _found(sentence: str, today: date) -> Iterator[Place]:
    left = sentence
    for start, end, days in (
        *festivals(sentence, today),
        *_dates(sentence, today),
        *_counted(sentence, today),
        *_week_days(sentence, today),
    ):
        if left[start:end] != sentence[start:end]:
            continue  # a longer word has already taken this place
        left = left[:start] + "\0" * (end - start) + left[end:]
        yield from ((start, end, day) for day in days)


def _dates(sentence: str, today: date) -> Iterator[tuple[int, int, list[date]]]:
    for match in _ISO.finditer(sentence):
        yield *match.span(), _exact(int(match[1]), int(match[2]), int(match[3]))
    for match in _MONTH_DAY.finditer(sentence):
        year, month, day = match.groups()
        month_, day_ = number(month), number(day)
        yield (
            *match.span(),
            _exact(_year(year, today), month_, day_) if year else _this_or_last_year(month_, day_, today),
        )
    for match in _DATE_EN.finditer(sentence):
        name, day = (match[1], match[2]) if match[1] else (match[4], match[3])
        yield *match.span(), _this_or_last_year(_MONTHS_EN.index(name.lower()[:3]) + 1, int(day), today)
    for match in _LAST_MONTH.finditer(sentence):
        last = today.replace(day=1) - timedelta(days=1)
        yield *match.span(), _exact(last.year, last.month, number(match[1]))
    for match in _SHORT.finditer(sentence):
        yield *match.span(), _this_or_last_year(int(match[1]), int(match[2]), today)


def _counted(sentence: str, today: date) -> Iterator[tuple[int, int, list[date]]]:
    for words, back in _AGO:
        for match in re.finditer(words, sentence, re.IGNORECASE):
            yield *match.span(), [today - timedelta(days=back)]
    for pattern, days in ((_DAYS_AGO, 1), (_WEEKS_AGO, 7)):
        for match in pattern.finditer(sentence):
            said = next(group for group in match.groups() if group)
            yield *match.span(), [today - timedelta(days=days * (_WORDS_EN.get(said.lower()) or number(said)))]
    for match in _DAY_ALONE.finditer(sentence):
        yield *match.span(), _latest(number(match[1]), today)


def _week_days(sentence: str, today: date) -> Iterator[tuple[int, int, list[date]]]:
    monday = today - timedelta(days=today.weekday())
    for match in _WEEK.finditer(sentence):
        which, name = match.groups()
        weeks = {"上上": 2, "上": 1, "下": -1, "下下": -2}.get(which, 0)
        day = monday + timedelta(days=_WEEKDAYS[name] - 7 * weeks)
        if not which and day > today:
            day -= timedelta(days=7)
        yield *match.span(), [day, day + timedelta(days=1)] if name == "末" else [day]
    for match in _WEEK_EN.finditer(sentence):
        day = monday + timedelta(days=_WEEKDAYS_EN.index(match[2].lower()[:3]))
        if (match[1] or "").lower() == "next ":
            yield *match.span(), [day + timedelta(days=7)]
            continue
        while day > today or (day == today and (match[1] or "").lower() == "last "):
            day -= timedelta(days=7)
        yield *match.span(), [day]


def _exact(year: int, month: int, day: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def _this_or_last_year(month: int, day: int, today: date) -> list[date]:
    this = _exact(today.year, month, day)
    return this if not this or this[0] <= today else [*_exact(today.year - 1, month, day), *this]


def _latest(day: int, today: date) -> list[date]:
    """The last such day of a month that has been."""
    month = today.replace(day=1)
    for _ in range(3):
        found = _exact(month.year, month.month, day)
        if found and found[0] <= today:
            return found
        month = (month - timedelta(days=1)).replace(day=1)
    return []
