"""Take a member off the family."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.people.actions.add_person import lock_family
from baohe.rooms.people.queries import own_person


def remove_person(account_id: UUID, person_id: UUID) -> None:
    """Hide the person from every list. Raises `NotFound`.

    The row stays sealed: policies, claims and the log of reads point at it. Destroying it is the story of
    erasure, which first asks every room whether the law still wants the data.
    """
    with transaction.atomic():
        lock_family(account_id)
        person = own_person(account_id, person_id)
        person.archived_at = clock.now()
        person.save(update_fields=["archived_at"])
