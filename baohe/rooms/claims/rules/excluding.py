"""Which filed exclusions a claim may touch, by the words of its story and papers. Pure; it only calls a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from baohe.rooms.catalog.contracts import ClaimExclusion


def spoken_of(exclusions: Sequence[ClaimExclusion], told: Iterable[str]) -> tuple[ClaimExclusion, ...]:
    """Exclusions one of whose words stands in what was told, in the order of the wording."""
    text = "\n".join(told).casefold()
    return tuple(one for one in exclusions if any(word.casefold() in text for word in one.words))
