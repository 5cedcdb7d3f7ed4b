"""Policies as the auditor sees them: without the sealed parties."""

from django.contrib import admin

from baohe.plumbing.read_only_admin import ReadOnlyAdmin
from baohe.rooms.policies.models import Policy


@admin.register(Policy)
class PolicyAdmin(ReadOnlyAdmin):
    title = "保单"
    columns = (
        ("number", "保单号"),
        ("version_id", "产品版本"),
        ("start", "起保"),
        ("end", "终止"),
        ("premium_fen", "保费（元）"),
        ("issued_at", "出单"),
        ("cancelled_at", "退保"),
    )
    search_fields = ("number",)
    ordering = ("-id",)
