"""What customers' words mean: the words of each line, synonyms, stop words, and the cut of a sentence into words.

The words live in `data/search_words.csv` with their pinyin, so that a process that searches loads no dictionary of
pinyin; a test holds the file against the dictionary.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rjieba import Jieba

_FILE = "search_words.csv"
_LONGEST = 12
_SUFFIXES = ("保险", "险")


@dataclass(frozen=True, slots=True)
class Term:
    """A word somebody may type, as written and as `pinyin` in one piece; `initials` are its first letters.

    `weight` says where it stands: a name before a line before a cover.
    """

    text: str
    pinyin: str
    initials: str
    weight: int


@dataclass(frozen=True, slots=True)
class Words:
    """`lines`: line → its words. `same`: word → its equals. `means`: word → what it points at, one way."""

    lines: Mapping[str, tuple[tuple[str, str], ...]]
    same: Mapping[str, tuple[str, ...]]
    means: Mapping[str, tuple[str, ...]]
    stop: frozenset[str]


@functools.lru_cache(maxsize=1)
def words() -> Words:
    lines: dict[str, list[tuple[str, str]]] = {}
    groups: dict[str, list[str]] = {}
    means: dict[str, list[str]] = {}
    stop = set()
    text = (resources.files("baohe.rooms.catalog") / "data" / _FILE).read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        if row["kind"] == "line":
            lines.setdefault(row["key"], []).append((row["word"], row["pinyin"]))
        elif row["kind"] == "same":
            groups.setdefault(row["key"], []).append(row["word"])
        elif row["kind"] == "means":
            means.setdefault(row["key"], []).append(row["word"])
        else:
            stop.add(row["word"])
    same = {word: tuple(other for other in group if other != word) for group in groups.values() for word in group}
    return Words(
        {line: tuple(found) for line, found in lines.items()},
        same,
        {word: tuple(found) for word, found in means.items()},
        frozenset(stop),
    )


def alternatives(word: str) -> list[tuple[str, int]]:
    """What else says the same, with a weight in percent below the 100 of the word itself."""
    known = words()
    found = [(other, 80) for other in known.same.get(word, ())]
    if not found:
        inside = max((member for member in known.same if member in word), key=len, default="")
        found += [(word.replace(inside, other), 75) for other in known.same.get(inside, ())]
    for suffix in _SUFFIXES:
        stem = word.removesuffix(suffix)
        if stem != word and len(stem) > 1:
            found.append((stem, 70))
            found += [(other, 65) for other in known.same.get(stem, ())]
            break
    return found + [(other, 50) for other in known.means.get(word, ())]


def cut(sentence: str, extra: Iterable[str] = ()) -> list[str]:
    """A Chinese sentence as words, without those that say nothing about a product."""
    stop = words().stop
    return [word for word in _segmenter(tuple(extra)).cut(sentence) if word.strip() and word not in stop]


def cut_name(name: str) -> list[str]:
    """The words of a product's name, long and short: what a customer may type of it."""
    return [word for word in _segmenter(()).cut_for_search(name) if 1 < len(word) <= _LONGEST]


@functools.lru_cache(maxsize=2)
def _segmenter(extra: tuple[str, ...]) -> Jieba:
    # Its dictionary takes a tenth of a second to load: at the first search, not at the start of every process.
    from rjieba import Jieba

    made = Jieba()
    known = words()
    taught = {word for found in known.lines.values() for word, _ in found} | set(known.same) | set(known.means)
    for word in sorted(taught | set(extra)):
        if len(word) > 1:
            made.add_word(word, None, None)
    return made
