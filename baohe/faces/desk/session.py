"""Who is at the desk, and what their duty lets them open (DATA-5)."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from baohe.rooms.claims.contracts import NOTICE_TAKERS
from baohe.rooms.people import facade as people

_Rest = ParamSpec("_Rest")
_View = Callable[Concatenate[HttpRequest, _Rest], HttpResponse]

ROLE_NAMES = {
    "underwriter": "核保员",
    "claims_handler": "理赔员",
    "claims_senior": "高级理赔员",
    "claims_lead": "理赔组长",
    "claims_head": "理赔负责人",
    "finance": "财务",
    "auditor": "审计",
    "service": "客服",
    "product_manager": "产品经理",
    "actuary": "精算师",
    "compliance": "合规专员",
}


@dataclass(frozen=True, slots=True)
class Staff:
    id: UUID
    name: str
    roles: frozenset[str]
    may_admin: bool

    @property
    def role_names(self) -> str:
        return "、".join(ROLE_NAMES[role] for role in ROLE_NAMES if role in self.roles)

    @property
    def may_search(self) -> bool:
        return self.has("claims_handler", "auditor")

    @property
    def may_report(self) -> bool:
        return self.has(*NOTICE_TAKERS)

    def has(self, *roles: str) -> bool:
        return bool(self.roles & set(roles))


def staff_of(request: HttpRequest) -> Staff | None:
    """The signed-in member of staff, or None for anybody else, customers included."""
    user = request.user
    if not (user.is_authenticated and user.is_active and user.is_staff):
        return None
    view = people.staff(user.pk)
    return Staff(view.id, view.name, frozenset(view.roles), may_admin=bool(set(view.roles) & {"auditor", "finance"}))


def at_desk(*roles: str) -> Callable[[_View[_Rest]], _View[_Rest]]:
    """Let only staff with one of `roles` in (no roles = any staff). Outsiders are sent to sign in, staff of
    another duty get 403, and neither has changed anything."""

    def guard(view: _View[_Rest]) -> _View[_Rest]:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: _Rest.args, **kwargs: _Rest.kwargs) -> HttpResponse:
            staff = staff_of(request)
            if staff is None:
                return redirect_to_login(request.get_full_path(), "desk:sign-in")
            if roles and not staff.has(*roles):
                raise PermissionDenied
            request.staff = staff  # type: ignore[attr-defined]
            response = view(request, *args, **kwargs)
            response["Cache-Control"] = "no-store"
            return response

        return guarded

    return guard


def staff_at(request: HttpRequest) -> Staff:
    """The staff that `at_desk` let in."""
    staff: Staff = request.staff  # type: ignore[attr-defined]
    return staff
