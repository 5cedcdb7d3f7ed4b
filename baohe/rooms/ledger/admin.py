"""The books as finance and the auditor see them. Postings have a composite key, so they show inside their entry."""

from typing import ClassVar

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from baohe.kernel.money import yuan
from baohe.plumbing.read_only_admin import ReadOnlyAdmin
from baohe.rooms.ledger.models import LedgerEntry, Posting


@admin.register(LedgerEntry)
class LedgerEntryAdmin(ReadOnlyAdmin):
    title = "凭证"
    roles: ClassVar[tuple[str, ...]] = ("finance", "auditor")
    columns = (
        ("business_date", "记账日"),
        ("kind", "类型"),
        ("memo", "摘要"),
        ("ref", "依据"),
        ("lines", "分录数"),
    )
    search_fields = ("memo", "ref")
    ordering = ("-id",)
    readonly_fields = ("postings",)

    def get_fields(self, request: object, obj: object = None) -> list[str]:
        return [*super().get_fields(request, obj), "postings"]

    @admin.display(description="分录")
    def postings(self, entry: LedgerEntry) -> SafeString:
        rows = Posting.objects.filter(entry_id=entry.id).order_by("line").values_list("account", "amount_fen")
        return format_html_join("", "<div>{}　{}</div>", ((account, yuan(amount)) for account, amount in rows))
