"""Papers about money of a policy: the receipt of what was paid, the note of what goes back."""

from __future__ import annotations

from datetime import datetime

from baohe.kernel.dates import business_date, day_begins
from baohe.kernel.money import yuan
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.documents.contracts import Paper, PaperSection
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import CancelledView, PolicyView

_WAYS = {"wallet": "钱包", "deduction": "银行卡代扣", "transfer": "银行转账", "bank": "银行转账"}
_NO_INVOICE = "本收据是交费凭证，不作为税务发票。"


def receipt_number(policy: PolicyView) -> int:
    """How many premiums came in: each makes a new receipt of all of them, and the one before stays true."""
    return 1 + len(policy.receipts)


def received_at(policy: PolicyView) -> datetime:
    """When the newest of these premiums came in; of a later one the day is known alone."""
    days = [one.received_on for one in policy.receipts]
    return day_begins(max(days)) if days else policy.issued_at


def premium_receipt(policy: PolicyView) -> Paper:
    """Every premium of the policy that came in."""
    first = ("第 1 期", "投保时支付", business_date(policy.issued_at).isoformat(), f"¥{yuan(policy.first_fen)}")
    later = [
        (
            f"第 {one.number} 期",
            _WAYS.get(one.provider, one.provider),
            one.received_on.isoformat(),
            _yuan(one.amount_fen),
        )
        for one in sorted(policy.receipts, key=lambda one: one.number)
    ]
    received = PaperSection(
        "交费明细",
        columns=(2, 4, 3, 3),
        header=("期次", "交费方式", "收到日期", "金额"),
        rows=(first, *later),
        money=True,
    )
    version = catalog.version(policy.version_id)
    return Paper(
        "premium_receipt",
        f"R-{policy.number}-{receipt_number(policy)}",
        version.insurer.name.zh,
        received_at(policy),
        _facts(policy),
        (received,),
        amount_fen=policy.paid_fen,
        amount_label="已收保险费合计",
        marks=_NO_INVOICE,
        sample=version.sample,
    )


def refund_note(left: CancelledView) -> Paper:
    """What leaving the policy gives back. It says nothing of how far the money has come: it is kept for good."""
    policy = left.policy
    kept = policy.paid_fen - left.refund_fen
    sums = PaperSection(
        "退费计算",
        columns=(6, 3),
        header=("项目", "金额"),
        rows=(
            ("已交保险费", _yuan(policy.paid_fen)),
            ("已承担保险责任期间的保险费及条款约定的扣除", _yuan(kept)),
            ("退还", _yuan(left.refund_fen)),
        ),
        money=True,
    )
    version = catalog.version(policy.version_id)
    left_on = business_date(left.cancelled_at).isoformat()
    return Paper(
        "refund_note",
        f"T-{policy.number}",
        version.insurer.name.zh,
        left.cancelled_at,
        (*_facts(policy), ("解除日期", left_on), ("退费去向", "退回原付款账户")),
        (sums,),
        amount_fen=left.refund_fen,
        amount_label="退还金额",
        sample=version.sample,
    )


def _facts(policy: PolicyView) -> tuple[tuple[str, str], ...]:
    version = catalog.version(policy.version_id)
    return (
        ("保险单号", policy.number),
        ("保险产品", version.name.zh),
        ("投保人", policies.policyholder(policy.account_id).name),
        ("被保险人", policy.insured_name),
        ("保险期间", f"{policy.start} 至 {policy.last_day}"),
    )


def _yuan(fen: int) -> str:
    return f"¥{yuan(fen)}"
