"""Sealing and opening the columns of this room, in one place: a column name spelled twice would not open."""

from __future__ import annotations

from datetime import date

from baohe.kernel import identity
from baohe.kernel.decisions import Text
from baohe.plumbing import clock, vault
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people.contracts import PersonFile, PersonView
from baohe.rooms.people.models import Account, Person
from baohe.rooms.people.regions import regions

_UNKNOWN_REGION = Text("", "")


def phone_index(phone: str) -> bytes:
    return vault.blind_index("people_account.phone", phone)


def ip_index(ip: str) -> bytes:
    return vault.blind_index("people_logincode.ip", ip)


def identity_index(number: str) -> bytes:
    return vault.blind_index("people_person.identity", number)


def seal_account_phone(account: Account, phone: str) -> None:
    account.phone_sealed = vault.seal("people_account.phone", account.id, phone)
    account.phone_index = phone_index(phone)


def open_account_phone(account: Account) -> str | None:
    if account.phone_sealed is None:
        return None
    return vault.unseal("people_account.phone", account.id, bytes(account.phone_sealed))


def seal_person(person: Person, name: str, number: identity.IdentityNumber) -> None:
    """Put name, identity number and birthday into their sealed columns."""
    person.name_sealed = vault.seal("people_person.name", person.id, name)
    person.identity_sealed = vault.seal("people_person.identity", person.id, number.number)
    person.identity_index = identity_index(number.number)
    person.birth_sealed = vault.seal("people_person.birth", person.id, number.birth.isoformat())
    person.sex = number.sex


def seal_person_phone(person: Person, phone: str | None) -> None:
    person.phone_sealed = vault.seal("people_person.phone", person.id, phone) if phone else None


def open_identity(person: Person) -> str:
    return vault.unseal("people_person.identity", person.id, bytes(person.identity_sealed))


def open_name(person: Person) -> str:
    return vault.unseal("people_person.name", person.id, bytes(person.name_sealed))


def view_of(person: Person) -> PersonView:
    """What lists and rating may see: the identity number masked, no telephone."""
    number = open_identity(person)
    return PersonView(
        id=person.id,
        account_id=person.account_id,
        name=open_name(person),
        relation=person.relation,
        birth=_birth(person),
        sex=person.sex,
        identity_masked=identity.mask(number),
        social_insurance=person.social_insurance,
        occupation_code=person.occupation_code or None,
        occupation_class=_risk_class(person),
        region=identity.region_of(number, regions()) or _UNKNOWN_REGION,
    )


def file_of(person: Person) -> PersonFile:
    """Everything. Callers write the read log in the same transaction."""
    view = view_of(person)
    phone = person.phone_sealed
    return PersonFile(
        id=view.id,
        account_id=view.account_id,
        name=view.name,
        relation=view.relation,
        birth=view.birth,
        sex=view.sex,
        identity_number=open_identity(person),
        identity_masked=view.identity_masked,
        phone=vault.unseal("people_person.phone", person.id, bytes(phone)) if phone is not None else None,
        social_insurance=view.social_insurance,
        occupation_code=view.occupation_code,
        occupation_class=view.occupation_class,
        region=view.region,
    )


def _birth(person: Person) -> date:
    return date.fromisoformat(vault.unseal("people_person.birth", person.id, bytes(person.birth_sealed)))


def _risk_class(person: Person) -> int | None:
    """The class of today: a list's next edition may put the same work elsewhere."""
    if not person.occupation_code:
        return None
    found = catalog.occupation(person.occupation_code, clock.today())
    return found.risk_class if found is not None else None
