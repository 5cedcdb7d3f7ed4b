"""Are these two names one person? By writing, by sound and by birth. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from pypinyin import lazy_pinyin

_COMPOUND = frozenset(
    (
        *("欧阳", "司马", "上官", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容"),
        *("令狐", "长孙", "宇文", "司徒", "南宫", "独孤", "端木", "闻人"),
    )
)
_APART = re.compile(r"[\s·•・.'\-,]+")
NEAR_YEARS = 1


def key(name: str) -> str:
    """One writing of a name: half-width, lower case, without spaces and dots."""
    return _APART.sub("", unicodedata.normalize("NFKC", name)).lower()


def sounds(name: str) -> frozenset[str]:
    """How a name may be written in Latin letters: surname first, surname last. A name in Latin letters is taken as its
    words in both orders, so 周远, Zhou Yuan and YUAN, Zhou meet."""
    plain = unicodedata.normalize("NFKC", name).strip()
    if re.search(r"[\u4e00-\u9fff]", plain):
        han = _APART.sub("", plain)
        cut = 2 if han[:2] in _COMPOUND and len(han) > 2 else 1
        parts = ["".join(lazy_pinyin(han[:cut])), "".join(lazy_pinyin(han[cut:]))]
    else:
        words = [word for word in _APART.split(plain.lower()) if word]
        parts = [words[0], "".join(words[1:])] if words else []
        if len(words) > 1:
            return frozenset({"".join(words), "".join([words[-1], *words[:-1]]), "".join([*words[1:], words[0]])})
    return frozenset({"".join(parts), "".join(reversed(parts))} - {""})


def how(name: str, birth: date, listed: str, listed_birth: date | None) -> str | None:
    """exact, sound or near, or None for two different people. A list that knows no birth cannot tell people of one
    name apart: near, and a person looks."""
    same = key(name) == key(listed)
    if not same and not sounds(name) & sounds(listed):
        return None
    if listed_birth is None:
        return "near"
    if birth == listed_birth:
        return "exact" if same else "sound"
    return "near" if abs(birth.year - listed_birth.year) <= NEAR_YEARS else None
