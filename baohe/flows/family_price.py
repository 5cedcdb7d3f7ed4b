"""One price for a family: several members under the same version cost what its tariff says for that many.

The size is a fact of the basket, never of what a client sends: a quote is made for one person, and only the basket
asks for one that knows the others. Who pays a family's price pays for the family.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import Inputs, ProductVersion

Insured = tuple[str, UUID]
"""Version and person."""


def size_of(version: ProductVersion, inputs: Inputs) -> int:
    """For how many insured together a price was made; 1 for a product without a family's price."""
    family = version.formula.family
    return 1 if family is None else int(inputs[family.size_input])


def sizes(insured: Iterable[Insured]) -> Mapping[str, int]:
    """Version → how many different people stand under it, at most as many as its tariff knows. Versions without a
    family's price are left out."""
    people: dict[str, set[UUID]] = defaultdict(set)
    for version_id, person_id in insured:
        people[version_id].add(person_id)
    found: dict[str, int] = {}
    for version_id, members in people.items():
        family = catalog.version(version_id).formula.family
        if family is not None:
            found[version_id] = min(len(members), family.most)
    return found
