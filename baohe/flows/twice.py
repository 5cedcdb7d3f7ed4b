"""Costs that two contracts would both reimburse (SALE-7): a contract as that check sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from baohe.rooms.suitability.contracts import Cover

if TYPE_CHECKING:
    from baohe.kernel.dates import Period
    from baohe.kernel.decisions import Text
    from baohe.rooms.catalog.contracts import ProductVersion
    from baohe.rooms.policies.contracts import ObjectLine


def cover_of(
    version: ProductVersion,
    inputs: Mapping[str, str],
    period: Period,
    things: Iterable[ObjectLine] = (),
    *,
    name: Text | None = None,
    number: str = "",
    place: str = "own",
) -> Cover:
    """A cover reimburses when one of its claims starts from what was spent. `name` in the place of the product's where
    which product it is may not be told."""
    reimburses = any(event.steps and event.steps[0].op == "start" for event in version.claim_events_of(inputs))
    return Cover(
        name=name or version.name,
        number=number,
        line=version.line,
        reimburses=reimburses,
        start=period.start,
        end=period.end,
        things=tuple(sorted((thing.code, thing.value) for thing in things)),
        place=place,
    )
