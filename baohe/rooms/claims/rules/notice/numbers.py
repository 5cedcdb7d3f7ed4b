"""Small numbers as people write them. Pure."""

from __future__ import annotations

_DIGITS = {word: n for n, word in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}


def number(said: str) -> int:
    """A number in figures or in Chinese words up to ninety-nine."""
    if said.isdecimal():
        return int(said)
    tens, ten, ones = said.replace("廿", "二十").replace("卅", "三十").rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[word]) for word in ones))
    return 10 * (_DIGITS[tens] if tens else 1) + (_DIGITS[ones] if ones else 0)
