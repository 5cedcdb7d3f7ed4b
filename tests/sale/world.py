"""A customer, her family and the products on sale, made through the doors of the rooms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import PersonInput, PersonView

NOW = datetime(2026, 11, 22, 6, 6, tzinfo=UTC)
"""14:06 on 22 November 2026 in Shanghai."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
STROKES = [[{"x": 1_000 + 300 * i, "y": 2_000 + 150 * (i % 5), "t": 20 * i} for i in range(20)]]


def identity_number(birth: date, order: int) -> str:
    """A well-formed identity number of Beijing Dongcheng (GB 11643); an odd `order` is male."""
    body = f"110101{birth:%Y%m%d}{order:03d}"
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


@dataclass(frozen=True, slots=True)
class Customer:
    id: UUID
    phone: str
    me: PersonView


def customer(phone: str = "13800000001", birth: date = date(1992, 3, 8)) -> Customer:
    account = people.open_account(phone)
    me = relative(account.id, "林知夏", "self", birth, order=int(phone[-2:]) * 2)
    return Customer(account.id, phone, me)


def relative(account_id: UUID, name: str, relation: str, birth: date, order: int = 22) -> PersonView:
    return people.add_person(
        account_id,
        PersonInput(
            name=name,
            relation=relation,
            identity_number=identity_number(birth, order),
            social_insurance=True,
            guardian_consent=True,
            occupation_code="010102",
        ),
    )
