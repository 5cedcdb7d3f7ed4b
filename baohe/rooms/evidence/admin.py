"""The log as the auditor sees it."""

from django.contrib import admin

from baohe.plumbing.read_only_admin import ReadOnlyAdmin
from baohe.rooms.evidence.models import EvidenceCheckpoint, EvidenceLeaf


@admin.register(EvidenceLeaf)
class EvidenceLeafAdmin(ReadOnlyAdmin):
    title = "存证叶"
    columns = (
        ("leaf_index", "序号"),
        ("kind", "类型"),
        ("subject", "对象"),
        ("recorded_at", "记入"),
    )
    search_fields = ("subject",)
    ordering = ("-id",)


@admin.register(EvidenceCheckpoint)
class EvidenceCheckpointAdmin(ReadOnlyAdmin):
    title = "检查点"
    columns = (
        ("size", "树大小"),
        ("signed_at", "签署"),
    )
    ordering = ("-size",)
