"""Numbers that prove themselves. Pure. Identity numbers are in `kernel.identity`."""

from __future__ import annotations

import re

_CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_NEVER = str.maketrans("IOSZV", "1052U")
"""Letters that are left out of the code, since they look like figures."""
_ALIKE = ("0DQ", "8B", "6G", "1L7", "2Z", "5S", "4A", "UYV", "EF", "PR")
_CREDIT_WEIGHTS = tuple(3**place % 31 for place in range(17))


def credit_code(text: str) -> bool:
    """Whether this is a unified social credit code (GB 32100-2015): 18 characters, the last one following."""
    if not re.fullmatch(f"[{_CREDIT_LETTERS}]{{18}}", text):
        return False
    total = sum(_CREDIT_LETTERS.index(letter) * weight for letter, weight in zip(text, _CREDIT_WEIGHTS, strict=False))
    return _CREDIT_LETTERS[-total % 31] == text[17]


def mended_credit_code(text: str) -> str:
    """The code whose check is right after at most one letter is read as what it resembles; else `text` with the
    letters that no code has replaced."""
    text = text.translate(_NEVER)
    if credit_code(text):
        return text
    others = {
        text[:at] + letter + text[at + 1 :]
        for at in range(len(text))
        for pair in _ALIKE
        if text[at] in pair
        for letter in pair
    }
    mended = [other for other in others if credit_code(other)]
    return mended[0] if len(mended) == 1 else text


def luhn(number: str) -> bool:
    """Whether a card's number of 13 to 19 figures ends in its check figure (ISO/IEC 7812)."""
    if not re.fullmatch(r"\d{13,19}", number):
        return False
    figures = [int(figure) for figure in reversed(number)]
    doubled = (figure * 2 - 9 * (figure > 4) for figure in figures[1::2])
    return (sum(figures[::2]) + sum(doubled)) % 10 == 0
