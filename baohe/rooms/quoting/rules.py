"""Which facts a price rests on, and the bytes a quote binds. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from baohe.kernel.canonical import canonical_bytes, digest
from baohe.kernel.dates import age_on
from baohe.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from baohe.rooms.catalog.contracts import ProductVersion
    from baohe.rooms.people.contracts import PersonView


def inputs_of(
    version: ProductVersion, person: PersonView, start: date, asked: Mapping[str, str], family_size: int = 1
) -> dict[str, str]:
    """Rating inputs: the customer's choices, with every fact of the person taken from the person, and
    the size of the family from the basket.

    A client that sends its own age or sex is not believed and not told so. Raises `InvalidInput` when a fact the
    tariff needs is not known yet.
    """
    known = _facts_of(person, start)
    inputs = dict(version.sold_in(asked))
    for item in version.rating_inputs:
        if item.source != "person":
            continue
        value = known.get(item.code)
        if value is None:
            raise InvalidInput(
                field=f"person.{item.code}",
                reason_zh=f"请先补全被保险人的{item.name.zh}",
                reason_en=f"add the insured's {item.name.en} first",
            )
        inputs[item.code] = value
    for item in version.rating_inputs:
        inputs.setdefault(item.code, item.default)
    if version.formula.family is not None:
        inputs[version.formula.family.size_input] = str(family_size)
    return inputs


def _facts_of(person: PersonView, start: date) -> dict[str, str | None]:
    risk_class = person.occupation_class
    return {
        "age": str(age_on(person.birth, start)),
        "sex": person.sex,
        "social_insurance": "yes" if person.social_insurance else "no",
        "occupation_class": None if risk_class is None else str(risk_class),
    }


def disclosures_digest(version: ProductVersion) -> str:
    """Digest of what the product page had to disclose (PUB-1) when the price was shown."""
    return digest(
        {
            "version": version.id,
            "content_hash": version.content_hash,
            "disclosure": asdict(version.disclosure),
            "exclusions": [asdict(item) for item in version.exclusions],
            "waiting_days": version.waiting_days,
            "cooling_off_days": version.cooling_off_days,
        }
    )


def signed_bytes(facts: Mapping[str, Any]) -> bytes:
    """Canonical bytes of everything a quote binds: person, version, inputs, price, disclosures and validity."""
    return canonical_bytes(dict(facts))
