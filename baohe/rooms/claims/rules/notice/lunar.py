"""The lunisolar calendar of the years in use, as far as people name days by it ("正月初五", "除夕"). Pure."""

from __future__ import annotations

from datetime import date, timedelta

_YEARS = {
    2024: ("0210", "-+--+-++-++-", 0),
    2025: ("0129", "+-+--+-+-+++-", 6),
    2026: ("0217", "+-+--+--+++-", 0),
    2027: ("0206", "++-+--+--++-", 0),
    2028: ("0126", "+++-+--+--++-", 5),
    2029: ("0213", "++-+-+-+--++", 0),
    2030: ("0203", "-+-++-+-+-+-", 0),
    2031: ("0123", "-++-+-++-+-+-", 3),
    2032: ("0211", "+--+-++-++-+", 0),
    2033: ("0131", "-+--+-+-+++-+", 11),
    2034: ("0219", "-+--+-+-++-+", 0),
    2035: ("0208", "+-+--+--++-+", 0),
    2036: ("0128", "++-+--+--+-++", 6),
    2037: ("0215", "++-+--+--+-+", 0),
    2038: ("0204", "++-+-+-+--+-", 0),
    2039: ("0124", "++-++-+-+-+--", 5),
    2040: ("0212", "+-++-+-++-+-", 0),
}
"""Year → its first day (MMDD), its months in order (+ 30 days, - 29), and after which month the leap month stands.
GB/T 33661-2017 is the rule of this calendar; the figures are those of its published tables."""


def lunar_day(year: int, month: int, day: int) -> date | None:
    """The day of an ordinary month of the lunar year that begins in `year`; None where it has no such day, or the
    year lies outside the table."""
    if year not in _YEARS or not 1 <= month <= 12:
        return None
    first, lengths, leap = _YEARS[year]
    place = month - 1 + (1 if leap and month > leap else 0)
    days = [30 if one == "+" else 29 for one in lengths]
    if not 1 <= day <= days[place]:
        return None
    return date(year, int(first[:2]), int(first[2:])) + timedelta(days=sum(days[:place]) + day - 1)


def new_year(year: int) -> date | None:
    """Spring Festival; None outside the table."""
    return lunar_day(year, 1, 1)
