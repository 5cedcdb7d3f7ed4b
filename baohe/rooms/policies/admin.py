"""Policies as the auditor sees them: without the sealed parties."""

from django.contrib import admin

from baohe.plumbing.read_only_admin import ReadOnlyAdmin
from baohe.rooms.policies.models import Policy


@admin.register(Policy)
class PolicyAdmin(ReadOnlyAdmin):
    list_display = ("number", "version_id", "start", "end", "premium_fen", "issued_at", "cancelled_at")
    search_fields = ("number",)
    ordering = ("-id",)
