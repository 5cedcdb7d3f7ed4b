"""Which words were inserted and which removed. Chinese goes by the character, Latin and figures by the word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from baohe.rooms.catalog.contracts.diff import Piece

_WORD = re.compile(r"[A-Za-z0-9.,%〇一二三四五六七八九十百千万亿]+|\s+|.", re.DOTALL)
_LONGEST = 6_000
"""Words compared one by one; a longer text is compared line by line, so that no pair of texts takes minutes."""


def marked(before: str, after: str) -> tuple[Piece, ...]:
    """`before` turned into `after`: runs that stayed, went (removed) and came (inserted), in reading order."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > _LONGEST:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    pieces: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[i:j])))
            continue
        if i < j:
            pieces.append(Piece("removed", "".join(old[i:j])))
        if k < m:
            pieces.append(Piece("inserted", "".join(new[k:m])))
    return tuple(pieces)
