"""What search keeps of a version, made once at publishing and stored with its card: terms with pinyin, and facets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import Card, ProductVersion
from baohe.rooms.catalog.rules.searching import words
from baohe.rooms.catalog.rules.searching.matching import COVER, LINE, NAME, Entry
from baohe.rooms.catalog.rules.searching.words import Term

_SHORT_DAYS = 92

Spell = Callable[[str], Sequence[str]]


def stored(version: ProductVersion, spell: Spell) -> dict[str, Any]:
    """Plain JSON. `spell` gives the syllables of a Chinese text."""
    names = [version.name.zh, version.insurer.short_name.zh]
    names += words.cut_name(version.name.zh)
    covers = [text.zh for text in _covers(version)]
    covers += [word for cover in covers for word in words.cut_name(cover)]
    return {
        "name": _joined([version.name, version.insurer.short_name], version.product_code),
        "cover": _joined([*_covers(version), version.promise]),
        "terms": [
            *([text, list(spell(text)), NAME] for text in dict.fromkeys(names)),
            *([text, list(spell(text)), COVER] for text in dict.fromkeys(covers)),
        ],
        "min_age_days": version.min_age_days,
        "max_age": version.max_age,
        "waiting_days": version.waiting_days,
        "term_kind": term_kind(version),
    }


def term_kind(version: ProductVersion) -> str:
    """How long one contract covers: order | days | year | years | life. The longest choice decides."""
    if version.period_kind == "order":
        return "order"
    terms = version.period.terms.values()
    if any(term.to_age >= 100 for term in terms):
        return "life"
    if any(term.to_age or term.years > 1 for term in terms):
        return "years"
    longest = max((term.days or 365 for term in terms), default=365)
    return "days" if longest <= _SHORT_DAYS else "year"


def entry(
    id_: str, content_hash: str, card: Card, kept: Mapping[str, Any], wording: str, spoken: Iterable[Text]
) -> Entry:
    """The entry back from what was stored. `spoken` are the names of the line and its scenes."""
    line_words = words.words().lines.get(card.line, ())
    line_terms = (_term(word, pinyin.split(), LINE) for word, pinyin in line_words)
    return Entry(
        id=id_,
        content_hash=content_hash,
        card=card,
        name=kept["name"],
        line=_joined(spoken, *(word for word, _ in line_words)),
        cover=kept["cover"],
        wording=wording,
        terms=(*line_terms, *(_term(text, syllables, weight) for text, syllables, weight in kept["terms"])),
        min_age_days=kept["min_age_days"],
        max_age=kept["max_age"],
        waiting_days=kept["waiting_days"],
        term_kind=kept["term_kind"],
    )


def _term(text: str, syllables: Iterable[str], weight: int) -> Term:
    said = list(syllables)
    return Term(text, "".join(said), "".join(one[:1] for one in said), weight)


def _covers(version: ProductVersion) -> list[Text]:
    return [coverage.name for coverage in version.coverages] + [item.title for item in version.covered]


def _joined(texts: Iterable[Text], *more: str) -> str:
    parts = [f"{text.zh}\n {text.en}" for text in texts] + list(more)
    return "\n" + "\n".join(parts).lower()
