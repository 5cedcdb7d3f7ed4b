"""The admin's own pages in the words of the desk."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest

AREAS = {
    "evidence": "存证",
    "ledger": "账务",
    "partners": "合作方",
    "payments": "收付",
    "people": "访问记录",
    "plumbing": "系统",
    "policies": "保单",
}


class DeskSite(AdminSite):
    """Records to look at. What may be done with them is done at the desk's own pages."""

    site_header = "保和 · 工作台"
    site_title = "保和工作台"
    index_title = "资料库"
    enable_nav_sidebar = True

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        areas = super().get_app_list(request, app_label)
        for area in areas:
            area["name"] = AREAS.get(area["app_label"], area["name"])
            for table in area["models"]:
                shown = self._registry.get(table["model"])
                table["name"] = getattr(shown, "title", table["name"])
        return areas
