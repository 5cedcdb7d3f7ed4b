"""The log as the auditor sees it."""

from django.contrib import admin

from baohe.plumbing.read_only_admin import ReadOnlyAdmin
from baohe.rooms.evidence.models import EvidenceCheckpoint, EvidenceLeaf


@admin.register(EvidenceLeaf)
class EvidenceLeafAdmin(ReadOnlyAdmin):
    list_display = ("leaf_index", "kind", "subject", "recorded_at")
    search_fields = ("subject",)
    ordering = ("-id",)


@admin.register(EvidenceCheckpoint)
class EvidenceCheckpointAdmin(ReadOnlyAdmin):
    list_display = ("size", "signed_at")
    ordering = ("-size",)
