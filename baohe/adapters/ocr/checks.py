"""What makes a reading doubtful, and what the doubtful value more likely is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from baohe.adapters.ocr.contracts import Found
from baohe.adapters.ocr.printed import fen_of, yuan_of

SURE = {
    "patient_name": 90,
    "issue_date": 92,
    "hospital": 80,
    "invoice_number": 90,
    "total": 93,
    "social_paid": 93,
    "self_paid": 93,
}
"""Least score at which a field needs no confirmation."""

NEEDED = ("patient_name", "issue_date", "hospital", "total", "invoice_number")
LOOKALIKES = {"8": "360", "3": "85", "6": "85", "0": "86", "5": "63", "9": "7", "1": "7", "7": "1", "4": "9", "2": "7"}
MOST_SUGGESTIONS = 3

Doubts = dict[str, tuple[str, ...]]


def doubts_of(plain: Mapping[str, str], found: Mapping[str, Found | None], earliest: date, latest: date) -> Doubts:
    """Field code → suggestions, for every field that a person must confirm."""
    doubts: Doubts = {}
    for code, least in SURE.items():
        hit = found[code]
        if hit is None or not plain[code]:
            if code in NEEDED or hit is not None:
                doubts[code] = ()  # needed and not there, or printed and not legible
        elif hit.line.score < least or hit.faint:
            doubts[code] = _lookalikes(plain[code], hit)
    if plain["issue_date"] and not earliest <= date.fromisoformat(plain["issue_date"]) <= latest:
        doubts["issue_date"] = ()
    _check_sums(plain, found, doubts)
    return doubts


def _check_sums(plain: Mapping[str, str], found: Mapping[str, Found | None], doubts: Doubts) -> None:
    """total = social_paid + personal, where personal is all that the patient bore; self_paid is a part of it."""
    total, social, personal, own = (
        fen_of(plain[code]) for code in ("total", "social_paid", "personal_paid", "self_paid")
    )
    if social is None and "social_paid" not in doubts and (personal is None or personal != total):
        # Nothing on the paper says that social insurance paid nothing, and a hidden figure would pay too much.
        missing = total - personal if total is not None and personal is not None else 0
        doubts["social_paid"] = (yuan_of(missing),) if missing >= 0 else ()
    if total is not None and social is not None and personal is not None and total != social + personal:
        likely = {"total": social + personal, "social_paid": total - personal}
        for code in _weakest(found, ("total", "social_paid")):
            rest = tuple(value for value in doubts.get(code, ()) if value != plain[code])
            derived = (yuan_of(likely[code]),) if likely[code] >= 0 else ()
            doubts[code] = _short((*derived, plain[code], *rest))
    if own is not None and personal is not None and own > personal:
        doubts["self_paid"] = doubts.get("self_paid", ()) or (plain["self_paid"],)


def _weakest(found: Mapping[str, Found | None], codes: tuple[str, ...]) -> tuple[str, ...]:
    """The one field of the sum that was read worst; all of them when they were read equally well."""
    scores = {code: hit.line.score - 20 * bool(hit.faint) for code in codes if (hit := found[code]) is not None}
    worst = min(scores.values())
    return tuple(code for code, score in scores.items() if score == worst)


def _lookalikes(value: str, hit: Found) -> tuple[str, ...]:
    """The value as read, then with each pale digit replaced by those it is mistaken for."""
    if not value.replace(".", "").replace("-", "").isdigit():
        return (value,)
    offset = len(hit.text) - len(value)
    places = [place - offset for place in hit.faint if 0 <= place - offset < len(value)]
    others = [
        value[:place] + other + value[place + 1 :] for place in places for other in LOOKALIKES.get(value[place], "")
    ]
    return _short((value, *others))


def _short(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))[:MOST_SUGGESTIONS]
