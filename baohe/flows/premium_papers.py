"""Papers about money of a policy: the receipt of what was paid, the note of what goes back."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.dates import business_date
from baohe.kernel.errors import NotFound
from baohe.kernel.money import yuan
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents.contracts import Paper, PaperSection
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

_WAYS = {"wallet": "钱包", "deduction": "银行卡代扣", "transfer": "银行转账", "bank": "银行转账"}
_NO_INVOICE = "本收据是交费凭证，不作为税务发票。"


def premium_receipt(account_id: UUID, policy_id: UUID) -> bytes:
    """Every premium of the policy that came in, as PDF/A. The same until another one comes. Raises `NotFound`."""
    policy = policies.policy(account_id, policy_id)
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
    return documents.print_paper(
        Paper(
            "premium_receipt",
            f"R-{policy.number}-{1 + len(later)}",
            catalog.version(policy.version_id).insurer.name.zh,
            policy.issued_at,
            _facts(policy),
            (received,),
            amount_fen=policy.paid_fen,
            amount_label="已收保险费合计",
            marks=_NO_INVOICE,
            sample=catalog.version(policy.version_id).sample,
        )
    )


def refund_note(account_id: UUID, policy_id: UUID) -> bytes:
    """What leaving the policy gives back, as PDF/A. Raises `NotFound`, also while the policy was not left."""
    left = policies.cancelled(account_id, policy_id)
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
    where = "已退回原付款账户" if policy.refunded_at else "正在退回原付款账户"
    return documents.print_paper(
        Paper(
            "refund_note",
            f"T-{policy.number}",
            catalog.version(policy.version_id).insurer.name.zh,
            left.cancelled_at,
            (*_facts(policy), ("解除日期", business_date(left.cancelled_at).isoformat()), ("退费去向", where)),
            (sums,),
            amount_fen=left.refund_fen,
            amount_label="退还金额",
            sample=catalog.version(policy.version_id).sample,
        )
    )


def _facts(policy: PolicyView) -> tuple[tuple[str, str], ...]:
    version = catalog.version(policy.version_id)
    if policy.partner_id is not None:
        raise NotFound(what="收据")
    return (
        ("保险单号", policy.number),
        ("保险产品", version.name.zh),
        ("投保人", policies.policyholder(policy.account_id).name),
        ("被保险人", policy.insured_name),
        ("保险期间", f"{policy.start} 至 {policy.last_day}"),
    )


def _yuan(fen: int) -> str:
    return f"¥{yuan(fen)}"
