"""Who and what is insured, and who receives, between sealed JSON and contracts: never plain text in the database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baohe.plumbing import vault
from baohe.rooms.policies.contracts import Beneficiary, ObjectLine, OrderInsured


@dataclass(frozen=True, slots=True)
class Parties:
    insured_name: str
    insured_birth: date | None
    insured_sex: str
    insured_relation: str
    identity_masked: str
    beneficiaries: tuple[Beneficiary, ...]
    insured_object: tuple[ObjectLine, ...] = ()
    phone: str = ""
    identity_last: str = ""
    """Telephone and last six characters of the identity document: of a partner's order alone, where nobody has an
    account."""


NOBODY = Parties("", None, "", "", "", ())
"""The parties of bulk business that names nobody: the partner insures its own orders."""


def seal(table: str, row_id: UUID, parties: Parties) -> bytes:
    content = {
        "name": parties.insured_name,
        "birth": parties.insured_birth.isoformat() if parties.insured_birth else None,
        "sex": parties.insured_sex,
        "relation": parties.insured_relation,
        "identity_masked": parties.identity_masked,
        "beneficiaries": [_as_json(item) for item in parties.beneficiaries],
    }
    if parties.phone:
        content["phone"] = parties.phone
    if parties.identity_last:
        content["identity_last"] = parties.identity_last
    if parties.insured_object:
        content["object"] = [{"code": line.code, "value": line.value} for line in parties.insured_object]
    return vault.seal(f"{table}.parties", row_id, json.dumps(content, ensure_ascii=False))


def unseal(table: str, row_id: UUID, sealed: bytes | None) -> Parties:
    """Raises `SealedDataUnreadable`."""
    if sealed is None:
        return NOBODY
    content = json.loads(vault.unseal(f"{table}.parties", row_id, sealed))
    return Parties(
        insured_name=content["name"],
        insured_birth=date.fromisoformat(content["birth"]) if content["birth"] else None,
        insured_sex=content["sex"],
        insured_relation=content["relation"],
        identity_masked=content["identity_masked"],
        beneficiaries=_from_json(content["beneficiaries"]),
        insured_object=tuple(ObjectLine(line["code"], line["value"]) for line in content.get("object", ())),
        phone=content.get("phone", ""),
        identity_last=content.get("identity_last", ""),
    )


def named(insured: OrderInsured) -> Parties:
    """The parties of an order that names its insured."""
    return Parties(insured.name, None, "", "", "", (), phone=insured.phone, identity_last=insured.identity_last)


def insured_mark(insured: OrderInsured) -> str:
    """A keyed hash that tells a repeated order from one for somebody else and gives nobody away: a bare digest of a
    telephone is found by trying all of them."""
    content = json.dumps([insured.name, insured.phone, insured.identity_last], ensure_ascii=False)
    return vault.blind_index("policies_policy.order_insured", content).hex()


def seal_beneficiaries(row_id: UUID, beneficiaries: Sequence[Beneficiary]) -> bytes:
    content = json.dumps([_as_json(item) for item in beneficiaries], ensure_ascii=False)
    return vault.seal("policies_beneficiarychange.beneficiaries", row_id, content)


def unseal_beneficiaries(row_id: UUID, sealed: bytes) -> tuple[Beneficiary, ...]:
    """Raises `SealedDataUnreadable`."""
    return _from_json(json.loads(vault.unseal("policies_beneficiarychange.beneficiaries", row_id, sealed)))


def _as_json(item: Beneficiary) -> dict[str, str | int]:
    return {
        "person_id": str(item.person_id),
        "name": item.name,
        "relation": item.relation,
        "rank": item.rank,
        "share_percent": item.share_percent,
    }


def _from_json(stored: Sequence[dict[str, str | int]]) -> tuple[Beneficiary, ...]:
    return tuple(
        Beneficiary(
            person_id=UUID(str(item["person_id"])),
            name=str(item["name"]),
            relation=str(item["relation"]),
            rank=int(item["rank"]),
            share_percent=int(item["share_percent"]),
        )
        for item in stored
    )
