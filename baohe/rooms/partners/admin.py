"""Partners and their live keys, for the auditor; enrolment is `baohe partner`."""

from django.contrib import admin

from baohe.plumbing.read_only_admin import ReadOnlyAdmin
from baohe.rooms.partners.models import Partner, PartnerKey


@admin.register(Partner)
class PartnerAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "licensed", "created_at")
    ordering = ("code",)


@admin.register(PartnerKey)
class PartnerKeyAdmin(ReadOnlyAdmin):
    list_display = ("key_id", "partner", "created_at", "revoked_at")
    list_select_related = ("partner",)
    ordering = ("key_id",)
