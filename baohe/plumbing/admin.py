"""Events that wait or gave up, for the auditor."""

from django.contrib import admin

from baohe.plumbing.models import OutboxEvent
from baohe.plumbing.read_only_admin import ReadOnlyAdmin


@admin.register(OutboxEvent)
class OutboxEventAdmin(ReadOnlyAdmin):
    list_display = ("topic", "subject", "created_at", "attempts", "done_at", "parked_at")
    list_filter = ("topic",)
    ordering = ("-id",)
