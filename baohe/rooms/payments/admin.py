"""Money in and out as finance and the auditor see it."""

from typing import ClassVar

from django.contrib import admin

from baohe.plumbing.read_only_admin import ReadOnlyAdmin
from baohe.rooms.payments.models import CallbackRecord, PaymentIntent, Payout, Refund


class _MoneyAdmin(ReadOnlyAdmin):
    roles: ClassVar[tuple[str, ...]] = ("finance", "auditor")


@admin.register(PaymentIntent)
class PaymentIntentAdmin(_MoneyAdmin):
    list_display = ("order_number", "payee_name", "amount_fen", "state", "created_at", "paid_at")
    search_fields = ("order_number",)
    ordering = ("-id",)


@admin.register(Refund)
class RefundAdmin(_MoneyAdmin):
    list_display = ("natural_key", "amount_fen", "state", "requested_at", "done_at")
    ordering = ("-id",)


@admin.register(Payout)
class PayoutAdmin(_MoneyAdmin):
    list_display = ("natural_key", "amount_fen", "state", "requested_at", "done_at")
    ordering = ("-id",)


@admin.register(CallbackRecord)
class CallbackRecordAdmin(_MoneyAdmin):
    list_display = ("received_at", "source", "outcome", "reason", "order_number", "amount_text")
    search_fields = ("order_number",)
    ordering = ("-id",)
