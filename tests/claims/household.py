"""A family with the policies that the sentences speak of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import PersonInput
from baohe.rooms.policies import parties
from tests.claims import world
from tests.journey.identity_numbers import identity_number

_FAMILY = (
    ("林知夏", "self", date(1992, 3, 14), True),
    ("周明远", "spouse", date(1990, 7, 2), False),
    ("周小禾", "child", date(2019, 5, 4), False),
    ("王秀兰", "parent", date(1963, 8, 21), True),
    ("林建国", "parent", date(1961, 1, 9), False),
)
_YEAR = {"start": date(2026, 3, 1), "end": date(2027, 3, 1)}
_ACCIDENT, _MEDICAL = world.ACCIDENT, world.MEDICAL
_POLICIES = (
    ("林知夏", _ACCIDENT, {}),
    ("周小禾", _ACCIDENT, {}),
    ("王秀兰", _ACCIDENT, {}),
    ("周明远", _ACCIDENT, {"start": date(2025, 1, 1), "end": date(2026, 1, 1)}),
    ("林建国", _ACCIDENT, {"start": date(2026, 12, 1), "end": date(2027, 12, 1)}),
    ("林知夏", "songtao-ride@2026-06-18", {"inputs": {"plan": "standard"}, "start": date(2026, 7, 1)}),
    ("林知夏", _MEDICAL, {}),
    ("周小禾", _MEDICAL, {}),
    ("王秀兰", _MEDICAL, {}),
    ("周明远", "qingcen-critical-illness@2026-05-01", {"inputs": {"mild": "yes", "cancer_again": "yes"}}),
    ("周明远", "yunshan-term-life@2026-02-01", {"end": date(2046, 3, 1)}),
    ("林知夏", "songtao-travel@2026-07-15", {"inputs": {"cancel": "yes"}, "start": date(2026, 11, 1)}),
    ("林知夏", "suihe-home@2026-08-18", {"inputs": {"water": "yes", "theft": "yes"}, "start": date(2026, 9, 1)}),
    ("林知夏", "suihe-pet@2026-08-01", {"inputs": {"liability": "yes"}, "start": date(2026, 9, 1)}),
    ("林知夏", "yizhan-broken-screen@2026-05-18", {"inputs": {"back": "yes"}, "start": date(2026, 9, 1)}),
    ("林知夏", "suihe-account-security@2026-06-01", {"inputs": {"device": "yes"}, "start": date(2026, 9, 1)}),
    (
        "周明远",
        "chiye-commercial-motor@2026-01-10",
        {"inputs": {"damage_cover": "yes", "seat_cover": "10000", "outside_cover": "yes"}},
    ),
)


@dataclass(frozen=True, slots=True)
class Household:
    account_id: UUID
    people: dict[str, UUID]
    policies: dict[tuple[str, str], UUID]
    """(insured, line) → policy."""


def household(phone: str = "13800000070") -> Household:
    account_id = world.claimant(phone)
    family = {name: _person(account_id, name, *who) for name, *who in _FAMILY}
    policies = {}
    for name, version_id, changes in _POLICIES:
        relation, birth, female = next((r, b, f) for n, r, b, f in _FAMILY if n == name)
        who = parties.Parties(name, birth, "female" if female else "male", relation, "1101********0000", ())
        terms = {**_YEAR, **changes, "person_id": family[name]}
        policy_id = world.policy(account_id, version_id, who, **terms)
        policies[name, version_id.partition("@")[0]] = policy_id
    return Household(account_id, family, policies)


def _person(account_id: UUID, name: str, relation: str, birth: date, female: bool) -> UUID:
    number = identity_number(birth, female=female, serial=11)
    typed = PersonInput(name, relation, number, social_insurance=True, guardian_consent=True)
    return people.add_person(account_id, typed).id
