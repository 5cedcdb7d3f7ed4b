"""Correct a member of the family (DATA-2)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel import identity
from baohe.rooms.people import sealing
from baohe.rooms.people.actions.add_person import lock_family, write
from baohe.rooms.people.contracts import PersonInput, PersonView
from baohe.rooms.people.errors import PersonExists
from baohe.rooms.people.models import Person
from baohe.rooms.people.queries import own_person
from baohe.rooms.people.regions import check_identity


def change_person(account_id: UUID, person_id: UUID, typed: PersonInput) -> PersonView:
    """Save the corrected person. Policies already sold keep what was declared at their sale.

    The masked identity number, and a telephone left out, mean "as it was"; an empty telephone is removed.
    Raises what `add_person` raises, and `NotFound`.
    """
    with transaction.atomic():
        lock_family(account_id)
        person = own_person(account_id, person_id)
        known = sealing.open_identity(person)
        same = typed.identity_number.strip() == identity.mask(known)
        number = check_identity(known if same else typed.identity_number)
        taken = Person.objects.filter(
            account_id=account_id, identity_index=sealing.identity_index(number.number)
        ).exclude(id=person.id)
        if taken.exists():
            raise PersonExists()
        write(person, typed, number)
    return sealing.view_of(person)
