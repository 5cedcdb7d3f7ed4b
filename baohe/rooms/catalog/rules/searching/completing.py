"""Completions while typing, and words to try when nothing was found. In the order of their kind, never of a price."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import Hint
from baohe.rooms.catalog.rules.listing import LINES
from baohe.rooms.catalog.rules.searching import typos, words
from baohe.rooms.catalog.rules.searching.matching import COVER, Entry, Spell, vocabulary
from baohe.rooms.catalog.rules.searching.words import Term

_TO_TRY = 6
_WORDS = 4


def hints(q: str, entries: Sequence[Entry], spell: Spell, limit: int) -> tuple[Hint, ...]:
    """Kinds of cover, then products, insurers and words that begin with or hold what was typed, in characters,
    pinyin or initials. When nothing does, the nearest known word."""
    typed = q.strip()
    if not typed:
        return ()
    found = [*_lines(typed, entries), *_products(typed, entries), *_insurers(typed, entries)]
    known = vocabulary(entries)
    found += _words(typed, known.values(), {hint.text.zh for hint in found})
    if not found:
        meant = typos.nearest(typed, known.values(), spell)
        found = [Hint("word", meant, Text(meant, meant))] if meant else []
    return tuple(found[:limit])


def to_try(entries: Iterable[Entry]) -> tuple[str, ...]:
    """One everyday word for each kind of cover on sale, to teach what can be asked."""
    lines = dict.fromkeys(entry.card.line for entry in entries)
    spoken = words.words().lines
    ordered = [line for line in LINES if line in lines and line in spoken]
    return tuple(spoken[line][0][0] for line in ordered[:_TO_TRY])


def _lines(typed: str, entries: Iterable[Entry]) -> list[Hint]:
    on_sale = {entry.card.line for entry in entries}
    spoken = words.words().lines
    found = []
    for line, name in LINES.items():
        if line in on_sale and (
            name.en.startswith(typed) or any(_typed(typed, _spelt(*pair)) for pair in spoken.get(line, ()))
        ):
            found.append(Hint("line", line, name))
    return found


def _products(typed: str, entries: Iterable[Entry]) -> list[Hint]:
    return [
        Hint("product", entry.card.code, entry.card.name)
        for entry in entries
        if typed in entry.name or any(_typed(typed, term) for term in entry.terms if term.weight > COVER * 2)
    ]


def _insurers(typed: str, entries: Iterable[Entry]) -> list[Hint]:
    found = {}
    for entry in entries:
        name = entry.card.insurer_short_name
        if typed in name.zh or name.en.lower().startswith(typed):
            found[entry.card.insurer_code] = Hint("insurer", entry.card.insurer_code, name)
    return list(found.values())


def _words(typed: str, known: Iterable[Term], told: set[str]) -> list[Hint]:
    fitting = [term for term in known if term.weight == COVER and term.text not in told and _typed(typed, term)]
    fitting.sort(key=lambda term: (not term.text.startswith(typed), len(term.text), term.text))
    return [Hint("word", term.text, Text(term.text, term.text)) for term in fitting[:_WORDS] if term.text != typed]


def _typed(typed: str, term: Term) -> bool:
    if typed.isascii():
        return term.pinyin.startswith(typed) or (len(typed) > 1 and term.initials.startswith(typed))
    return typed in term.text


def _spelt(word: str, pinyin: str) -> Term:
    syllables = pinyin.split()
    return Term(word, "".join(syllables), "".join(one[:1] for one in syllables), COVER)
