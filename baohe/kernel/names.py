"""Whether two spellings of a name are one name, and its digest for whoever compares without being told it. Pure."""

from __future__ import annotations

import hashlib
import unicodedata

_DOTS = frozenset("·•‧・∙⋅.。")
"""Banks write the dot in 买买提·艾力 as they like, or leave it out."""


def plain_name(name: str) -> str:
    """The name without what keyboards and banks differ in: width, case, spaces, middle dots. "" for none."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in folded if letter not in _DOTS and letter.isprintable() and not letter.isspace())


def same_name(one: str, other: str) -> bool:
    """Two names that are nothing are not the same."""
    return plain_name(one) == plain_name(other) != ""


def name_digest(number: str, name: str) -> str:
    """SHA-256 of a plain name, bound to one order or agreement: the same person's digests cannot be laid side by
    side."""
    return hashlib.sha256(f"{number}\n{plain_name(name)}".encode()).hexdigest()
