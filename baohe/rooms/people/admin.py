"""Who read what: the log that DATA-5 wants, for the auditor."""

from django.contrib import admin

from baohe.plumbing.read_only_admin import ReadOnlyAdmin
from baohe.rooms.people.models import ReadLog


@admin.register(ReadLog)
class ReadLogAdmin(ReadOnlyAdmin):
    list_display = ("at", "actor", "subject_id", "fields", "purpose")
    search_fields = ("actor", "subject_id")
    ordering = ("-id",)
