"""Give a member of staff an account with roles."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.people.contracts import ROLES, StaffView
from baohe.rooms.people.models import Account
from baohe.rooms.people.queries import staff


def create_staff(username: str, name: str, roles: Sequence[str], password: str) -> StaffView:
    """A staff account in the groups `roles`. Nobody becomes superuser here.

    Raises `InvalidInput` for an unknown role, a weak password or a name that is taken.
    """
    if not roles or not set(roles) <= set(ROLES):
        raise InvalidInput(field="roles", reason_zh="没有这个角色", reason_en=f"roles are {', '.join(ROLES)}")
    row = Account(username=username, display_name=name, is_staff=True, joined_at=clock.now())
    try:
        validate_password(password, row)
    except ValidationError as weak:
        raise InvalidInput(field="password", reason_zh="密码太弱", reason_en=" ".join(weak.messages)) from None
    row.set_password(password)
    with transaction.atomic():
        if Account.objects.filter(username=username).exists():
            raise InvalidInput(field="username", reason_zh="用户名已被使用", reason_en="the name is taken")
        row.save(force_insert=True)
        row.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
    return staff(row.id)
