"""Reads. Nothing here opens an identity number or telephone in full; see `actions.open_file`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from baohe.kernel.errors import NotFound
from baohe.rooms.people import sealing
from baohe.rooms.people.contracts import ROLES, SELF, AccountView, PersonView, ReadView, StaffView
from baohe.rooms.people.models import Account, Person, ReadLog
from baohe.rooms.people.rules import FAMILY_LIMIT, mask_phone

_MOST_READS = 100
_MOST_PEOPLE = 500


def account(account_id: UUID) -> AccountView:
    """A customer's account. Raises `NotFound`."""
    row = Account.objects.filter(id=account_id).first()
    if row is None:
        raise NotFound(what="账号")
    phone = sealing.open_account_phone(row)
    masked = mask_phone(phone) if phone else ""
    me = Person.objects.filter(account_id=account_id, relation=SELF, archived_at=None).first()
    name = sealing.open_name(me) if me is not None else row.display_name or masked
    return AccountView(id=row.id, display_name=name, phone_masked=masked, language=row.language)


def people_of(account_id: UUID) -> list[PersonView]:
    """The family, oneself first, then in the order of entry. One query; a family has at most 30 people."""
    rows = Person.objects.filter(account_id=account_id, archived_at=None).order_by("id")[:FAMILY_LIMIT]
    return sorted((sealing.view_of(row) for row in rows), key=lambda person: person.relation != SELF)


def people_after(after: UUID | None, size: int) -> list[PersonView]:
    """The people of all families by id, for the round that compares everybody with a new list; archived ones too, since
    old policies still name them. Nothing that needs a line in the log of reads."""
    rows = Person.objects.order_by("id")
    if after is not None:
        rows = rows.filter(id__gt=after)
    return [sealing.view_of(row) for row in rows[: min(size, _MOST_PEOPLE)]]


def person_view(account_id: UUID, person_id: UUID) -> PersonView:
    """One person of this account. Raises `NotFound`, also for people of others."""
    return sealing.view_of(own_person(account_id, person_id))


def kin_among(account_id: UUID, others: Collection[UUID]) -> frozenset[UUID]:
    """Of these accounts those of this customer's family: the one's holder stands in the family of the other. By keyed
    hashes of identity numbers; nothing is opened. One query; the caller bounds `others`."""
    rows = Person.objects.filter(account_id__in={account_id, *others}, archived_at=None)
    selves: dict[UUID, bytes] = {}
    families: dict[UUID, set[bytes]] = defaultdict(set)
    for account, relation, index in rows.values_list("account_id", "relation", "identity_index"):
        families[account].add(bytes(index))
        if relation == SELF:
            selves[account] = bytes(index)
    mine, me = families[account_id], selves.get(account_id)
    return frozenset(one for one in others if selves.get(one) in mine or me is not None and me in families[one])


def own_person(account_id: UUID, person_id: UUID) -> Person:
    row = Person.objects.filter(id=person_id, account_id=account_id, archived_at=None).first()
    if row is None:
        raise NotFound(what="这位家人")
    return row


def staff(account_id: UUID) -> StaffView:
    """A member of staff with roles. Raises `NotFound`, also for customers."""
    row = Account.objects.filter(id=account_id, is_staff=True, is_active=True).first()
    if row is None:
        raise NotFound(what="员工账号")
    held = set(row.groups.values_list("name", flat=True))
    roles = tuple(role for role in ROLES if role in held)
    return StaffView(id=row.id, username=row.username, name=row.display_name or row.username, roles=roles)


def staff_with_role(role: str) -> list[StaffView]:
    """The active members of staff who hold a role, in a stable order; empty when nobody does."""
    rows = Account.objects.filter(is_staff=True, is_active=True, groups__name=role).order_by("id")
    return [
        StaffView(id=row.id, username=row.username, name=row.display_name or row.username, roles=(role,))
        for row in rows
    ]


def reads(subject_id: UUID, before: int | None = None, size: int = 50) -> list[ReadView]:
    """Who opened the file of a person (or the telephone of an account), newest first."""
    rows = ReadLog.objects.filter(subject_id=subject_id).order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [
        ReadView(row.id, row.at, row.actor, row.subject_id, row.account_id, row.fields, row.purpose)
        for row in rows[: min(size, _MOST_READS)]
    ]
