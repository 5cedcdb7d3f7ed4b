"""Open sealed identifiers, and write down who did and why, in one transaction (DATA-5)."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.people import sealing
from baohe.rooms.people.contracts import PersonFile
from baohe.rooms.people.models import Account, Person, ReadLog


def person(account_id: UUID, person_id: UUID, actor: str, purpose: str) -> PersonFile:
    """The whole file of a person of this account, archived ones included: old policies still name them.

    `actor` is "customer:<id>", "staff:<id>" or "system:<part>"; `purpose` a short word (issue_document …).
    Raises `NotFound`, also for people of other accounts. A read that cannot be logged does not happen.
    """
    row = Person.objects.filter(id=person_id, account_id=account_id).first()
    if row is None:
        raise NotFound(what="这位家人")
    with transaction.atomic():
        _log(row.id, account_id, actor, "name,identity,birth,phone", purpose)
        return sealing.file_of(row)


def phone_of(account_id: UUID, actor: str, purpose: str) -> str | None:
    """The telephone an account signs in with, for a message to it; None for staff and closed accounts."""
    return phones_of([account_id], actor, purpose).get(account_id)


def phones_of(account_ids: Collection[UUID], actor: str, purpose: str) -> dict[UUID, str]:
    """The same for many in two statements, every one of them logged; who has none is left out."""
    if not account_ids:
        return {}
    rows = list(Account.objects.filter(id__in=account_ids, is_active=True, phone_sealed__isnull=False))
    with transaction.atomic():
        ReadLog.objects.bulk_create(_read(row.id, row.id, actor, "phone", purpose) for row in rows)
        opened = {row.id: sealing.open_account_phone(row) for row in rows}
    return {account_id: phone for account_id, phone in opened.items() if phone is not None}


def account_of_phone(phone: str, actor: str, purpose: str) -> UUID | None:
    """Whose account signs in with this telephone, for staff with the caller on the line; None when nobody's.

    `phone` is a normal mobile number. A look that finds somebody is logged here, one that finds nobody by the caller
    of this (`note_read`).
    """
    row = Account.objects.filter(phone_index=sealing.phone_index(phone), is_staff=False, is_active=True).first()
    if row is None:
        return None
    _log(row.id, row.id, actor, "phone", purpose)
    return row.id


def note_read(subject_id: UUID, account_id: UUID, actor: str, fields: str, purpose: str) -> None:
    """Write down a read of what another room keeps about a person of this account, or a look that found nobody: that
    one stands under the looker's own id."""
    _log(subject_id, account_id, actor, fields, purpose)


def _log(subject_id: UUID, account_id: UUID, actor: str, fields: str, purpose: str) -> None:
    _read(subject_id, account_id, actor, fields, purpose).save(force_insert=True)


def _read(subject_id: UUID, account_id: UUID, actor: str, fields: str, purpose: str) -> ReadLog:
    return ReadLog(
        at=clock.now(),
        actor=actor,
        subject_id=subject_id,
        account_id=account_id,
        fields=fields,
        purpose=purpose,
    )
