"""Slips of the finger and of the input method: the nearest word that the catalogue knows.

Chinese is typed by sound, so two words are near when their pinyin is (白万医疗 → 百万医疗, 众疾险 → 重疾险) or when one
or two characters differ; letters are near to a pinyin by edit distance (yiliaoo → yiliao).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from baohe.rooms.catalog.rules.searching.words import Term

_SHORTEST_LETTERS = 4
_SHORTEST_WORD = 2
_LONGEST = 12

Spell = Callable[[str], str]
"""Chinese → pinyin in one piece."""


def distance(one: Sequence[str], other: Sequence[str], most: int) -> int:
    """Edit distance where two swapped neighbours count once; `most + 1` when it is larger than `most`."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        two_before, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, two_before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def nearest(word: str, vocabulary: Iterable[Term], spell: Spell) -> str | None:
    """The known word most likely meant, or None. `word` itself is not in the catalogue."""
    if word.isascii():
        return _by_letters(word, vocabulary) if word.isalpha() and len(word) >= _SHORTEST_LETTERS else None
    if not _SHORTEST_WORD <= len(word) <= _LONGEST or not all("\u4e00" <= c <= "\u9fff" for c in word):
        return None
    return _by_characters(word, vocabulary, spell)


def _by_letters(word: str, vocabulary: Iterable[Term]) -> str | None:
    most = 1 if len(word) < 8 else 2
    found = []
    for term in vocabulary:
        gap = distance(word, term.pinyin, most)
        if gap <= most:
            found.append((gap, -term.weight, len(term.text), term.text))
    return min(found)[-1] if found else None


def _by_characters(word: str, vocabulary: Iterable[Term], spell: Spell) -> str | None:
    sound = spell(word)
    most = 0 if len(word) < 3 else 1 if len(word) < 5 else 2
    found = []
    for term in vocabulary:
        if abs(len(term.text) - len(word)) > most or term.text.isascii():
            continue
        by_sound = distance(sound, term.pinyin, 1)
        by_sight = distance(word, term.text, most) if most else most + 1
        # A sound that is the same is the likeliest slip; a near one needs the length of a real word.
        costs = [0] if by_sound == 0 else [1] if by_sound == 1 and len(word) > 2 else []
        costs += [2 * by_sight] if by_sight <= most and most else []
        if costs:
            found.append((min(costs), -term.weight, len(term.text), term.text))
    return min(found)[-1] if found else None
