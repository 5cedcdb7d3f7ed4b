"""Facets: of what was found, how many products each further choice would leave. Counts, never a rank."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import Facet, FacetChoice
from baohe.rooms.catalog.rules.listing import LINES, SCENES
from baohe.rooms.catalog.rules.searching.matching import Entry

_YEAR_DAYS = 366
AGES = (0, 18, 45, 60, 65, 70, 80)
TERM_KINDS: Mapping[str, Text] = {
    "order": Text("按单", "per order"),
    "days": Text("几天到三个月", "days to three months"),
    "year": Text("一年", "one year"),
    "years": Text("多年", "several years"),
    "life": Text("终身", "for life"),
}
WAITING: Mapping[str, tuple[Text, range]] = {
    "none": (Text("没有等待期", "none"), range(1)),
    "30": (Text("30 天以内", "up to 30 days"), range(31)),
    "90": (Text("90 天以内", "up to 90 days"), range(91)),
    "longer": (Text("90 天以上", "over 90 days"), range(91, 10_000)),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the customer narrowed to; "" and None leave it open. `age` is that of the person to insure."""

    scene: str = ""
    line: str = ""
    insurer: str = ""
    age: int | None = None
    term: str = ""
    waiting: str = ""

    def without(self, name: str) -> Filters:
        kept = {field.name: getattr(self, field.name) for field in fields(self) if field.name != name}
        return Filters(**kept)


def takes(entry: Entry, filters: Filters) -> bool:
    """Whether a product passes every filter."""
    return (
        (not filters.scene or filters.scene in entry.card.scenes)
        and (not filters.line or filters.line == entry.card.line)
        and (not filters.insurer or filters.insurer == entry.card.insurer_code)
        and (filters.age is None or accepts(entry, filters.age))
        and (not filters.term or filters.term == entry.term_kind)
        and (not filters.waiting or _waits(entry, filters.waiting))
    )


def accepts(entry: Entry, age: int) -> bool:
    """Whether somebody of that age can still be insured; the first year counts as soon as one of its days does."""
    return age <= entry.max_age and entry.min_age_days < (age + 1) * _YEAR_DAYS


def facets(found: Sequence[Entry], filters: Filters) -> tuple[Facet, ...]:
    """Each facet counts with the others applied and itself open, so that a choice can be changed."""
    return (
        _facet("line", Text("险种", "Kind"), found, filters, LINES, lambda e: [e.card.line]),
        _facet("scene", Text("场景", "Scene"), found, filters, SCENES, lambda e: e.card.scenes),
        _facet(
            "insurer", Text("保险公司", "Insurer"), found, filters, _insurers(found), lambda e: [e.card.insurer_code]
        ),
        _facet("age", Text("多大的人还能买", "Age still accepted"), found, filters, _ages(), _accepted),
        _facet("term", Text("保多久", "How long"), found, filters, TERM_KINDS, lambda e: [e.term_kind]),
        _facet("waiting", Text("等待期", "Waiting period"), found, filters, _waiting_names(), _waiting_of),
    )


def _facet(
    code: str,
    name: Text,
    found: Sequence[Entry],
    filters: Filters,
    names: Mapping[str, Text],
    values: Callable[[Entry], Iterable[str]],
) -> Facet:
    open_still = filters.without(code)
    counts: dict[str, int] = {}
    for entry in found:
        if takes(entry, open_still):
            for value in values(entry):
                counts[value] = counts.get(value, 0) + 1
    listed = [FacetChoice(value, label, counts[value]) for value, label in names.items() if counts.get(value)]
    return Facet(code, name, tuple(listed))


def _insurer(entry: Entry) -> list[str]:
    return [entry.card.insurer_code]


def _insurers(found: Sequence[Entry]) -> dict[str, Text]:
    named = {entry.card.insurer_code: entry.card.insurer_short_name for entry in found}
    return dict(sorted(named.items()))


def _ages() -> dict[str, Text]:
    return {str(age): Text(f"{age} 岁", f"age {age}") for age in AGES}


def _accepted(entry: Entry) -> list[str]:
    return [str(age) for age in AGES if accepts(entry, age)]


def _waiting_names() -> dict[str, Text]:
    return {code: name for code, (name, _) in WAITING.items()}


def _waiting_of(entry: Entry) -> list[str]:
    return [code for code in WAITING if _waits(entry, code)]


def _waits(entry: Entry, code: str) -> bool:
    known = WAITING.get(code)
    return known is not None and entry.waiting_days in known[1]
