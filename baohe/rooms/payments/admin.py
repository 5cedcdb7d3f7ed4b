"""Money in and out as finance and the auditor see it."""

from typing import ClassVar

from django.contrib import admin

from baohe.plumbing.read_only_admin import ReadOnlyAdmin
from baohe.rooms.payments.models import Agreement, CallbackRecord, PaymentIntent, Payout, Refund


class _MoneyAdmin(ReadOnlyAdmin):
    roles: ClassVar[tuple[str, ...]] = ("finance", "auditor")


@admin.register(PaymentIntent)
class PaymentIntentAdmin(_MoneyAdmin):
    title = "支付单"
    columns = (
        ("order_number", "订单号"),
        ("provider", "渠道"),
        ("payee_name", "收款方"),
        ("amount_fen", "金额（元）"),
        ("state", "状态"),
        ("created_at", "建立"),
        ("paid_at", "付款"),
    )
    search_fields = ("order_number",)
    ordering = ("-id",)


@admin.register(Refund)
class RefundAdmin(_MoneyAdmin):
    title = "退款"
    columns = (
        ("natural_key", "唯一键"),
        ("provider", "渠道"),
        ("amount_fen", "金额（元）"),
        ("state", "状态"),
        ("requested_at", "发起"),
        ("done_at", "完成"),
    )
    ordering = ("-id",)


@admin.register(Payout)
class PayoutAdmin(_MoneyAdmin):
    title = "对外付款"
    columns = (
        ("natural_key", "唯一键"),
        ("provider", "渠道"),
        ("amount_fen", "金额（元）"),
        ("state", "状态"),
        ("requested_at", "发起"),
        ("done_at", "完成"),
    )
    ordering = ("-id",)


@admin.register(CallbackRecord)
class CallbackRecordAdmin(_MoneyAdmin):
    title = "异步通知"
    columns = (
        ("received_at", "收到"),
        ("provider", "渠道"),
        ("source", "来源"),
        ("outcome", "结果"),
        ("reason", "原因"),
        ("order_number", "订单号"),
        ("amount_text", "对方报的金额"),
    )
    search_fields = ("order_number",)
    ordering = ("-id",)


@admin.register(Agreement)
class AgreementAdmin(_MoneyAdmin):
    title = "代扣签约"
    columns = (
        ("number", "签约号"),
        ("bank", "银行"),
        ("state", "状态"),
        ("created_at", "发起"),
        ("signed_at", "签约"),
        ("ended_at", "解约"),
    )
    search_fields = ("number",)
    ordering = ("-id",)
