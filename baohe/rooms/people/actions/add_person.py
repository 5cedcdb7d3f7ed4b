"""Add a member to the family."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.kernel.identity import IdentityNumber
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.consent import facade as consent
from baohe.rooms.people import rules, sealing
from baohe.rooms.people.contracts import RELATIONS, SELF, PersonInput, PersonView
from baohe.rooms.people.errors import FamilyFull, GuardianConsentNeeded, PersonExists, SelfExists
from baohe.rooms.people.models import Account, Person
from baohe.rooms.people.regions import check_identity

GUARDIAN_PURPOSE = "under_14"


def add_person(account_id: UUID, typed: PersonInput) -> PersonView:
    """Store a new person sealed, or bring back one that was removed earlier, under its old id.

    Raises `IdentityProblem`, `InvalidInput`, `GuardianConsentNeeded`, `PersonExists`, `SelfExists`, `FamilyFull`.
    """
    number = check_identity(typed.identity_number)
    with transaction.atomic():
        lock_family(account_id)
        person = Person.objects.filter(
            account_id=account_id, identity_index=sealing.identity_index(number.number)
        ).first()
        if person is not None and person.archived_at is None:
            raise PersonExists()
        if Person.objects.filter(account_id=account_id, archived_at=None).count() >= rules.FAMILY_LIMIT:
            raise FamilyFull(rules.FAMILY_LIMIT)
        if person is None:
            person = Person(account_id=account_id, created_at=clock.now())
        person.archived_at = None
        write(person, typed, number)
    return sealing.view_of(person)


def lock_family(account_id: UUID) -> None:
    """Changes of one family queue on its account row; the unique constraints stand behind."""
    if Account.objects.select_for_update().filter(id=account_id).values_list("id").first() is None:
        raise NotFound(what="账号")


def write(person: Person, typed: PersonInput, number: IdentityNumber) -> None:
    """Check what was typed and save it. Called under `lock_family`."""
    if typed.relation not in RELATIONS:
        raise InvalidInput(field="relation", reason_zh="请选择关系", reason_en="choose a relation")
    if typed.relation == SELF and _another_self(person):
        raise SelfExists()
    person.relation = typed.relation
    person.social_insurance = typed.social_insurance
    person.occupation_code = _occupation(typed.occupation_code)
    sealing.seal_person(person, rules.normal_name(typed.name), number)
    if typed.phone is not None:
        sealing.seal_person_phone(person, rules.normal_phone(typed.phone) if typed.phone else None)
    if rules.needs_guardian(number.birth, clock.today()):
        _record_guardian(person, typed.guardian_consent)
    person.save()


def _another_self(person: Person) -> bool:
    family = Person.objects.filter(account_id=person.account_id, relation=SELF, archived_at=None)
    return family.exclude(id=person.id).exists()


def _occupation(code: str | None) -> str:
    if not code:
        return ""
    if catalog.occupation(code, clock.today()) is None:
        raise InvalidInput(field="occupation_code", reason_zh="没有这个职业", reason_en="there is no such occupation")
    return code


def _record_guardian(person: Person, consented: bool) -> None:
    """DATA-1: without the guardian's separate consent nothing of the child is stored."""
    if consent.is_granted(person.account_id, GUARDIAN_PURPOSE, str(person.id)):
        return
    if not consented:
        raise GuardianConsentNeeded()
    digest = hashlib.sha256(rules.GUARDIAN_TEXT.encode()).hexdigest()
    consent.grant(person.account_id, GUARDIAN_PURPOSE, digest, str(person.id))
