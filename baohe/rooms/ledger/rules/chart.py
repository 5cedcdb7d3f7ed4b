"""The chart of accounts, as code. An account is a path; what is not described here cannot be posted to."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from uuid import UUID

from baohe.kernel.decisions import Text

WALLET_CLEARING = "wallet/clearing"
SUSPENSE = "suspense/wallet"
COMMISSION_EARNED = "platform/commission_earned"
COMMISSION_CLAWED_BACK = "platform/commission_clawed_back"

_INSURER = r"insurer/(?P<owner>[A-Za-z0-9_.-]{1,40})"
_PARTNER = r"partner/(?P<owner>[A-Za-z0-9_.-]{1,40})"


@dataclass(frozen=True, slots=True)
class AccountKind:
    """One family of accounts. `normal` is the side on which its balance usually lies: debit (+) or credit (−)."""

    pattern: re.Pattern[str]
    normal: str
    name: Text


def _kind(pattern: str, normal: str, zh: str, en: str) -> AccountKind:
    return AccountKind(re.compile(pattern), normal, Text(zh, en))


CHART: tuple[AccountKind, ...] = (
    _kind(WALLET_CLEARING, "debit", "钱包清算", "Wallet clearing"),
    _kind(SUSPENSE, "credit", "待查款项", "Suspense"),
    _kind(COMMISSION_EARNED, "credit", "佣金收入", "Commission earned"),
    _kind(COMMISSION_CLAWED_BACK, "debit", "佣金追回", "Commission clawed back"),
    _kind(f"{_INSURER}/premium_income", "credit", "保费收入", "Premium income"),
    _kind(f"{_INSURER}/premium_receivable", "debit", "应收保费", "Premium receivable"),
    _kind(f"{_INSURER}/premium_refunded", "debit", "退还保费", "Premium refunded"),
    _kind(f"{_INSURER}/claims_paid", "debit", "赔款支出", "Claims paid"),
    _kind(f"{_INSURER}/commission_expense", "debit", "佣金支出", "Commission expense"),
    _kind(f"{_PARTNER}/receivable", "debit", "应收合作方款项", "Receivable from a partner"),
)


def premium_income(insurer: str) -> str:
    return f"insurer/{insurer}/premium_income"


def premium_receivable(insurer: str) -> str:
    return f"insurer/{insurer}/premium_receivable"


def premium_refunded(insurer: str) -> str:
    return f"insurer/{insurer}/premium_refunded"


def claims_paid(insurer: str) -> str:
    return f"insurer/{insurer}/claims_paid"


def commission_expense(insurer: str) -> str:
    return f"insurer/{insurer}/commission_expense"


def partner_receivable(partner: UUID | str) -> str:
    return f"partner/{partner}/receivable"


@functools.lru_cache(maxsize=10_000)
def kind_of(account: str) -> AccountKind | None:
    """The family of an account, or None for a path that the chart does not know."""
    return next((kind for kind in CHART if kind.pattern.fullmatch(account)), None)


def name_of(account: str) -> Text:
    """The account's name for people, with its owner: `保费收入 · taishan`."""
    kind = kind_of(account)
    if kind is None:
        return Text(account, account)
    owner = kind.pattern.fullmatch(account).groupdict().get("owner")  # type: ignore[union-attr]  # kind_of matched
    suffix = f" · {owner}" if owner else ""
    return Text(kind.name.zh + suffix, kind.name.en + suffix)
