"""Search: what the customer wants, which products answer it, and how well. Relevance only, never a price (PUB-3).

A query is split at spaces. A piece that stands in the catalogue as typed is one want; otherwise the nearest known
word, otherwise the words a sentence is made of. A product is found when it answers every want; when none does,
those that answer some are shown and said to be that (`partly`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from baohe.rooms.catalog.contracts import Card
from baohe.rooms.catalog.rules.searching import typos, words
from baohe.rooms.catalog.rules.searching.words import Term

NAME, LINE, COVER, WORDING = 8, 4, 2, 1
_WHOLE = {NAME: 2, LINE: 5, COVER: 1}
"""Bonus of a needle that is a whole term: a line named outright (医疗险) beats a name that merely holds the word."""
_TWICE = 1
"""For a needle that stands in several places: of two products of a line, the one that is also called so comes first."""
_BEST = NAME + _WHOLE[NAME] + _TWICE
_MOST_WANTS = 8
_LETTERS = 2

Spell = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A product on sale as the search sees it. Texts are in the form of `listing.normal`.

    `term_kind` is order | days | year | years | life. Ages: full days from `min_age_days`, full years to `max_age`.
    """

    id: str
    content_hash: str
    card: Card
    name: str
    line: str
    cover: str
    wording: str
    terms: tuple[Term, ...]
    min_age_days: int
    max_age: int
    waiting_days: int
    term_kind: str


@dataclass(frozen=True, slots=True)
class Want:
    """One thing asked for: `needles` that answer it, with a weight in percent."""

    said: str
    needles: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Entries in order of relevance. `corrected` is the query as it was understood, None when as typed; `partly`
    when no product answers everything."""

    entries: tuple[Entry, ...]
    corrected: str | None
    partly: bool


def search(q: str, entries: Sequence[Entry], spell: Spell) -> Found:
    """`q` is normalised. Without words: everything, those sold here first, then by code."""
    wants, corrected = _wants(q, entries, spell)
    if not wants:
        return Found(tuple(sorted(entries, key=_plain_order)), None, False)
    scored = [(entry, [_answer(want, entry) for want in wants]) for entry in entries]
    full = [(entry, scores) for entry, scores in scored if all(scores)]
    partly = not full and len(wants) > 1
    if partly:
        full = [(entry, scores) for entry, scores in scored if max(scores) > 100 * WORDING]
    full.sort(key=lambda pair: (-sum(map(bool, pair[1])), -sum(pair[1]), _plain_order(pair[0])))
    return Found(tuple(entry for entry, _ in full), corrected, partly and bool(full))


def vocabulary(entries: Iterable[Entry]) -> dict[str, Term]:
    """Every known term once, at its best place."""
    known: dict[str, Term] = {}
    for entry in entries:
        for term in entry.terms:
            held = known.get(term.text)
            if held is None or held.weight < term.weight:
                known[term.text] = term
    return known


def _plain_order(entry: Entry) -> tuple[bool, str]:
    return (not entry.card.sold_here, entry.id)


def _wants(q: str, entries: Sequence[Entry], spell: Spell) -> tuple[list[Want], str | None]:
    known: dict[str, Term] = {}
    wants: list[Want] = []
    understood = []
    for piece in q.split()[:_MOST_WANTS]:
        if _stands(piece, entries):
            wants.append(_want(piece))
            understood.append(piece)
            continue
        known = known or vocabulary(entries)
        meant = typos.nearest(piece, known.values(), spell)
        if meant is not None:
            wants.append(_want(piece, meant))
            understood.append(meant)
            continue
        spoken = [] if piece.isascii() else words.cut(piece, _long_terms(known))
        for word in spoken:
            near = None if _stands(word, entries) else typos.nearest(word, known.values(), spell)
            wants.append(_want(word, near))
            understood.append(near or word)
        if not spoken:
            wants.append(_want(piece))
            understood.append(piece)
    changed = any(want.needles[0][0] != want.said for want in wants)
    return wants[:_MOST_WANTS], " ".join(understood) if changed else None


def _want(said: str, meant: str | None = None) -> Want:
    first = meant or said
    needles = dict(words.alternatives(first))
    needles.pop(first, None)
    return Want(said, ((first, 100), *sorted(needles.items(), key=lambda pair: (-pair[1], pair[0]))))


def _stands(word: str, entries: Sequence[Entry]) -> bool:
    want = _want(word)
    return any(_answer(want, entry) for entry in entries)


def _answer(want: Want, entry: Entry) -> int:
    """How well an entry answers: percent × place, of the best needle."""
    best = 0
    for needle, percent in want.needles:
        if percent * _BEST <= best:
            break
        best = max(best, percent * _place(needle, entry, literal=percent == 100))
    return best


def _place(needle: str, entry: Entry, *, literal: bool) -> int:
    if needle.isascii() and needle.isalpha():
        return _by_letters(needle, entry)
    places = []
    for weight, text in ((NAME, entry.name), (LINE, entry.line), (COVER, entry.cover)):
        if needle in text:
            whole = any(term.text == needle and term.weight == weight for term in entry.terms)
            places.append(weight + (_WHOLE[weight] if whole else 0))
    if places:
        return max(places) + (_TWICE if len(places) > 1 else 0)
    return WORDING if literal and needle in entry.wording else 0


def _by_letters(letters: str, entry: Entry) -> int:
    """Letters are pinyin, initials, or the beginning of an English word."""
    for weight, text in ((NAME, entry.name), (LINE, entry.line), (COVER, entry.cover)):
        if f" {letters}" in text.replace("\n", " "):
            return weight
    if len(letters) < _LETTERS:
        return 0
    return max((term.weight for term in entry.terms if _spelt(letters, term)), default=0)


def _spelt(letters: str, term: Term) -> bool:
    """Two letters are the beginning of something; three and more may stand inside it."""
    if len(letters) == _LETTERS:
        return term.initials.startswith(letters) or term.pinyin.startswith(letters)
    return letters in term.pinyin or letters in term.initials


def _long_terms(known: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(word for word in known if 1 < len(word) < 7 and not word.isascii()))
