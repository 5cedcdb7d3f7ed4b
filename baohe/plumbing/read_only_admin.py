"""Tables at the desk: to look at, by role, never to change. Business facts change through flows alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse

from baohe.kernel.dates import SHANGHAI
from baohe.kernel.money import yuan


class ReadOnlyAdmin(admin.ModelAdmin):
    """`roles` name the duties that may look. Sealed columns are left out: they open only through a logged read."""

    roles: ClassVar[tuple[str, ...]] = ("auditor",)
    title: ClassVar[str]
    columns: ClassVar[tuple[tuple[str, str], ...]]
    show_full_result_count = False
    list_per_page = 50
    actions = None

    def get_list_display(self, request: HttpRequest) -> list[Callable[[models.Model], Any]]:
        return [_column(name, label) for name, label in self.columns]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": self.title, **(extra_context or {})})

    def get_fields(self, request: HttpRequest, obj: models.Model | None = None) -> list[str]:
        return [field.name for field in self.opts.concrete_fields if not isinstance(field, models.BinaryField)]

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return bool(_roles_of(request) & set(self.roles))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest, *_: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, *_: Any) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, *_: Any) -> bool:
        return False


def _roles_of(request: HttpRequest) -> set[str]:
    """Asked for every table of the index page; one query a request."""
    if not hasattr(request, "roles_at_desk"):
        known = request.user.is_active and request.user.is_staff  # type: ignore[union-attr]
        names = request.user.groups.values_list("name", flat=True) if known else ()
        request.roles_at_desk = set(names)  # type: ignore[attr-defined]
    roles: set[str] = request.roles_at_desk  # type: ignore[attr-defined]
    return roles


def _column(name: str, label: str) -> Callable[[models.Model], Any]:
    """A column under a Chinese heading; amounts in yuan, moments in Shanghai."""

    @admin.display(description=label, ordering=name, empty_value="—")
    def show(row: models.Model) -> Any:
        value = getattr(row, name)
        if name.endswith("_fen") and value is not None:
            return yuan(value)
        if isinstance(value, datetime):
            return f"{value.astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"
        return value.isoformat() if isinstance(value, date) else value

    show.__name__ = name
    return show
