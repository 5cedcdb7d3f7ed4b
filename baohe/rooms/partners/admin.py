"""Partners and their live keys, for the auditor; enrolment is `baohe partner`."""

from django.contrib import admin

from baohe.plumbing.read_only_admin import ReadOnlyAdmin
from baohe.rooms.partners.models import Partner, PartnerKey


@admin.register(Partner)
class PartnerAdmin(ReadOnlyAdmin):
    title = "合作方"
    columns = (
        ("code", "编号"),
        ("name", "名称"),
        ("licensed", "持牌"),
        ("created_at", "建立"),
    )
    ordering = ("code",)


@admin.register(PartnerKey)
class PartnerKeyAdmin(ReadOnlyAdmin):
    title = "合作方密钥"
    columns = (
        ("key_id", "密钥号"),
        ("partner", "合作方"),
        ("created_at", "建立"),
        ("revoked_at", "停用"),
    )
    list_select_related = ("partner",)
    ordering = ("key_id",)
