"""Who read what: the log that DATA-5 wants, for the auditor."""

from django.contrib import admin

from baohe.plumbing.read_only_admin import ReadOnlyAdmin
from baohe.rooms.people.models import ReadLog


@admin.register(ReadLog)
class ReadLogAdmin(ReadOnlyAdmin):
    title = "谁读了什么"
    columns = (
        ("at", "时间"),
        ("actor", "谁"),
        ("subject_id", "读了谁"),
        ("fields", "哪些资料"),
        ("purpose", "为了什么"),
    )
    search_fields = ("actor", "subject_id")
    ordering = ("-id",)
