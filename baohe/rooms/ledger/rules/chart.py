"""The chart of accounts, as code. An account is a path; what is not described here cannot be posted to.

One book, the platform's. What it holds for others is a branch with their code: the sum of `insurer/<code>` is minus
what the platform owes that insurer, the sum of `partner/<id>` what the partner owes. Money in the hands of a payment
provider stands on `<provider>/clearing`, money that nobody can place yet on `suspense/<provider>`.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from uuid import UUID

from baohe.kernel.decisions import Text

REFUNDS_PAYABLE = "refunds/payable"
COMMISSION_EARNED = "platform/commission_earned"
COMMISSION_DEFERRED = "platform/commission_deferred"
COMMISSION_CLAWED_BACK = "platform/commission_clawed_back"
COMMISSION_COST = "platform/commission_cost"
OUTPUT_VAT = "tax/output_vat"

PROVIDERS = ("wallet", "deduction", "transfer")

_OWNER = r"(?P<owner>[A-Za-z0-9_.-]{1,40})"
_PROVIDER = rf"(?P<owner>{'|'.join(PROVIDERS)})"

CLASSES = ("asset", "liability", "income", "expense")


@dataclass(frozen=True, slots=True)
class AccountKind:
    """One family of accounts, named by `family`: the path without its owner (`insurer/claims_paid`).

    `normal` is the side on which its balance usually lies, debit (+) or credit (−); `class_` is asset, liability,
    income or expense of the platform, or insurer for an insurer's own figures.
    """

    family: str
    pattern: re.Pattern[str]
    normal: str
    class_: str
    name: Text


def _kind(pattern: str, normal: str, class_: str, zh: str, en: str) -> AccountKind:
    family = "/".join(part for part in re.split(f"/?(?:{re.escape(_OWNER)}|{re.escape(_PROVIDER)})/?", pattern) if part)
    return AccountKind(family, re.compile(pattern), normal, class_, Text(zh, en))


CHART: tuple[AccountKind, ...] = (
    _kind(f"{_PROVIDER}/clearing", "debit", "asset", "渠道清算款", "Clearing at the provider"),
    _kind(f"suspense/{_PROVIDER}", "credit", "liability", "待查款项", "Suspense"),
    _kind(REFUNDS_PAYABLE, "credit", "liability", "应付退款", "Refunds payable"),
    _kind(COMMISSION_EARNED, "credit", "income", "佣金收入", "Commission earned"),
    _kind(COMMISSION_DEFERRED, "credit", "liability", "递延佣金", "Commission deferred"),
    _kind(COMMISSION_CLAWED_BACK, "debit", "income", "佣金扣回", "Commission clawed back"),
    _kind(COMMISSION_COST, "debit", "expense", "佣金支出", "Commission cost"),
    _kind(OUTPUT_VAT, "credit", "liability", "应交增值税", "Output VAT"),
    _kind(f"insurer/{_OWNER}/premium_income", "credit", "insurer", "代收保费", "Premium received for the insurer"),
    _kind(f"insurer/{_OWNER}/premium_receivable", "debit", "insurer", "应收保费", "Premium receivable"),
    _kind(f"insurer/{_OWNER}/premium_due", "credit", "insurer", "到期未收保费", "Premium due, not received"),
    _kind(f"insurer/{_OWNER}/premium_refunded", "debit", "insurer", "退还保费", "Premium refunded"),
    _kind(f"insurer/{_OWNER}/claims_paid", "debit", "insurer", "赔款支出", "Claims incurred"),
    _kind(f"insurer/{_OWNER}/claims_payable", "credit", "insurer", "应付赔付款", "Claims payable"),
    _kind(f"insurer/{_OWNER}/commission_expense", "debit", "insurer", "应收佣金", "Commission receivable"),
    _kind(f"insurer/{_OWNER}/settled", "debit", "insurer", "已结算款", "Settled with the insurer"),
    _kind(f"insurer/{_OWNER}/unearned_premium", "credit", "insurer", "未到期责任准备金", "Unearned premium reserve"),
    _kind(
        f"insurer/{_OWNER}/unearned_change", "debit", "insurer", "提取未到期责任准备金", "Change of unearned premium"
    ),
    _kind(f"insurer/{_OWNER}/referral_income", "credit", "insurer", "转介绍收入", "Referral income"),
    _kind(f"insurer/{_OWNER}/referral_expense", "debit", "insurer", "转介绍费用", "Referral expense"),
    _kind(f"partner/{_OWNER}/receivable", "debit", "asset", "应收合作方款项", "Receivable from a partner"),
    _kind(f"partner/{_OWNER}/payable", "credit", "liability", "应付合作方款项", "Payable to a partner"),
    _kind(f"producer/{_OWNER}/commission_payable", "credit", "liability", "应付佣金", "Commission payable"),
    _kind(f"insurer/{_OWNER}/claim_costs", "debit", "insurer", "理赔费用", "Claim costs"),
    _kind(f"insurer/{_OWNER}/claims_reserve", "credit", "insurer", "未决赔款准备金", "Reserve for claims outstanding"),
    _kind(
        f"insurer/{_OWNER}/claims_reserve_change", "debit", "insurer", "提取未决赔款准备金", "Change of claims reserve"
    ),
    _kind(f"insurer/{_OWNER}/recoverable", "debit", "insurer", "应收追偿款", "Recoverable from others"),
    _kind(f"insurer/{_OWNER}/recovered", "credit", "insurer", "追偿和残值收入", "Recoveries and salvage"),
    _kind(f"insurer/{_OWNER}/recovery_written_off", "debit", "insurer", "追偿核销", "Recoveries written off"),
)


FAMILIES = {kind.family: kind.name for kind in CHART}


def clearing(provider: str) -> str:
    return f"{provider}/clearing"


def suspense(provider: str) -> str:
    return f"suspense/{provider}"


def insurer(code: str, what: str) -> str:
    """`what` is the last part of one of the insurer's accounts above."""
    return f"insurer/{code}/{what}"


def partner_receivable(partner: UUID | str) -> str:
    return f"partner/{partner}/receivable"


def partner_payable(partner: UUID | str) -> str:
    return f"partner/{partner}/payable"


def commission_payable(producer: UUID | str) -> str:
    return f"producer/{producer}/commission_payable"


@functools.lru_cache(maxsize=10_000)
def kind_of(account: str) -> AccountKind | None:
    """The family of an account, or None for a path that the chart does not know."""
    return next((kind for kind in CHART if kind.pattern.fullmatch(account)), None)


def name_of(account: str) -> Text:
    """The account's name for people, with its owner: `代收保费 · taishan`."""
    kind = kind_of(account)
    if kind is None:
        return Text(account, account)
    owner = kind.pattern.fullmatch(account).groupdict().get("owner")  # type: ignore[union-attr]  # kind_of matched
    suffix = f" · {owner}" if owner else ""
    return Text(kind.name.zh + suffix, kind.name.en + suffix)
