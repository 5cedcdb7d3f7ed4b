"""Numbers of identity cards and bank cards are taken out of what people write. Pure.

A message needs neither: the identity is in the policy, and money goes to the wallet. Kept in a conversation they would
stand on two screens for ever. What is hidden is a run of 15 to 19 digits, also written in groups, that reads as

identity   18 characters (GB 11643-1999), or 15 of the first generation, with a day of birth in its place; the check
           digit is not asked for, since one mistyped figure leaves the rest just as telling
bank card  16 to 19 digits that begin with 62 (UnionPay), or with 3 to 6 or 9 and are right by their check digit (Luhn,
           ISO/IEC 7812)

Invoice numbers (8, 10, 12 or 20 digits), telephones and our own numbers stay.
"""

from __future__ import annotations

import re
import unicodedata

_RUN = re.compile(r"[0-9０-９]+[xXｘＸ]?(?:[ \t\u3000\-‐-―·.][0-9０-９]+[xXｘＸ]?)*")
_SEPARATOR = re.compile(r"([ \t\u3000\-‐-―·.])")
_SHORTEST, _LONGEST, _LEFT = 15, 19, 4
_FIRST, _SECOND = (
    re.compile(r"[1-8]\d{5}(\d{2})(\d{2})(\d{2})\d{3}"),
    re.compile(r"[1-9]\d{5}(19\d\d|20\d\d)(\d{2})(\d{2})\d{3}[\dX]"),
)


def hide_numbers(text: str) -> tuple[str, bool]:
    """The text with such numbers starred but for their last four characters, and whether there was one."""
    hidden = _RUN.sub(lambda found: _hide(found[0]), text)
    return hidden, hidden != text


def _hide(run: str) -> str:
    """Groups and what stands between them in turn; the longest number from each group on is looked for first."""
    parts = _SEPARATOR.split(run)
    start = 0
    while start < len(parts):
        end = next((end for end in range(len(parts), start, -2) if _tells("".join(parts[start:end:2]))), None)
        if end is not None:
            parts[start:end] = _starred(parts[start:end])
        start = start + 2 if end is None else end + 1
    return "".join(parts)


def _starred(parts: list[str]) -> list[str]:
    """Groups stand at even places, separators between them stay."""
    left, starred = sum(map(len, parts[::2])) - _LEFT, list(parts)
    for place in range(0, len(parts), 2):
        hide = min(left, len(parts[place]))
        starred[place] = "*" * hide + parts[place][hide:]
        left -= hide
    return starred


def _tells(written: str) -> bool:
    number = unicodedata.normalize("NFKC", written).upper()
    if not _SHORTEST <= len(number) <= _LONGEST:
        return False
    found = _SECOND.fullmatch(number) or _FIRST.fullmatch(number)
    if found is not None and 1 <= int(found[2]) <= 12 and 1 <= int(found[3]) <= 31:
        return True
    return (
        number.isdigit()
        and len(number) > _SHORTEST
        and (number.startswith("62") or (number[0] in "34569" and _luhn(number)))
    )


def _luhn(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
