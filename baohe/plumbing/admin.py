"""Events that wait or gave up, for the auditor."""

from django.contrib import admin

from baohe.plumbing.models import OutboxEvent
from baohe.plumbing.read_only_admin import ReadOnlyAdmin


@admin.register(OutboxEvent)
class OutboxEventAdmin(ReadOnlyAdmin):
    title = "待发事件"
    columns = (
        ("topic", "主题"),
        ("subject", "对象"),
        ("created_at", "建立"),
        ("attempts", "次数"),
        ("done_at", "完成"),
        ("parked_at", "搁置"),
    )
    list_filter = ("topic",)
    ordering = ("-id",)
