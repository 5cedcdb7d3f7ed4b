"""Printed numbers, read exactly or not at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_BLANKS = frozenset(
    {"", "-", "--", "---", "—", "——", "–", "―", "─", "－", "/", "\\", "|", "~", "…", "*", "**", "n/a", "无", "不适用"}
)
_SUFFIX = r"(?P<suffix>%|‰|元|万元|千元|元/年|元/月|元/人|元/人年|元/份)?"
_PLAIN = re.compile(rf"(?P<sign>[-+])?(?P<number>\d+(?: ?\. ?\d+)?|\. ?\d+) ?{_SUFFIX}")
_THOUSANDS = re.compile(rf"(?P<sign>[-+])?(?P<number>\d{{1,3}}(?:, ?\d{{3}})+(?: ?\. ?\d+)?) ?{_SUFFIX}")
_SPACED = re.compile(rf"(?P<sign>[-+])?(?P<number>\d{{1,3}}(?: \d{{3}})+(?: ?\. ?\d+)?) ?{_SUFFIX}")
_CURRENCY = re.compile(r"^(?:￥|¥|RMB|CNY) ?", re.IGNORECASE)
_TWO = re.compile(r"\d[\d.]* +\d[\d.]*( +\d[\d.]*)*")
_MATH = re.compile(r"\$([^$]*)\$")
_MATH_WORDS = {
    "\\sim": "~",
    "\\ast": "*",
    "\\times": "×",
    "\\geqslant": "≥",
    "\\leqslant": "≤",
    "\\geq": "≥",
    "\\leq": "≤",
    "\\%": "%",
}
_MATH_REST = re.compile(r"\\[a-zA-Z]+\s*|[{}^_\\]|\s+")


@dataclass(frozen=True)
class Number:
    """`value` as a decimal text without spaces and thousands marks; `suffix` the unit printed with it.
    `spaced`: groups of three stood apart by spaces, so that two numbers are possible.
    """

    value: str
    suffix: str = ""
    spaced: bool = False


@lru_cache(maxsize=1 << 14)
def clean(text: str) -> str:
    """Printed text in one form: full-width forms made narrow where they are digits or marks of numbers,
    mathematics unwrapped, white space single. Chinese punctuation in words stays as printed.
    """
    text = _MATH.sub(lambda found: _unwrap(found.group(1)), text)
    return re.sub(r"\s+", " ", text.replace("\u3000", " ").replace("\xa0", " ")).strip()


@lru_cache(maxsize=1 << 14)
def narrow(text: str) -> str:
    """Full-width letters, digits and marks as ASCII, for comparing and for numbers."""
    return unicodedata.normalize("NFKC", text).strip()


def _unwrap(inner: str) -> str:
    for word, sign in _MATH_WORDS.items():
        inner = inner.replace(word, sign)
    return _MATH_REST.sub("", inner)


@lru_cache(maxsize=1 << 14)
def is_blank(text: str) -> bool:
    """A square that holds no number on purpose: nothing, a dash, a stroke."""
    return text in _BLANKS or narrow(text).lower() in _BLANKS


@lru_cache(maxsize=1 << 14)
def read_number(text: str) -> Number | None:
    """The number, or None when the text is none or could be read in two ways."""
    said = _CURRENCY.sub("", narrow(text))
    for form in (_PLAIN, _THOUSANDS, _SPACED):
        found = form.fullmatch(said)
        if found:
            digits = found["number"].replace(" ", "").replace(",", "")
            if digits.startswith("."):
                digits = "0" + digits
            sign = "-" if found["sign"] == "-" else ""
            return Number(sign + digits, found["suffix"] or "", form is _SPACED)
    return None


def looks_like_two(text: str) -> bool:
    """Two numbers in one square, glued by a lost border."""
    said = narrow(text)
    return read_number(said) is None and (_TWO.fullmatch(said) is not None or said.count(".") > 1)
