"""What of a party's branch is money to be paid, and what only tells of it. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from baohe.rooms.settlement.contracts import Total

TECHNICAL = (
    "unearned_premium",
    "unearned_change",
    "premium_receivable",
    "premium_due",
    "claims_reserve",
    "claims_reserve_change",
)
"""Accounts of an insurer that nobody pays: the reserves for cover still to be given and for claims still open, and
instalments that fell due and are not in. Paid out, they would be an insurer's own reserve, or premium that no customer
has paid yet."""


def is_technical(account: str) -> bool:
    """Of `insurer/haijia/unearned_premium` the last part says it; only insurers have such figures."""
    branch, _, part = account.rpartition("/")
    return branch.startswith("insurer/") and part in TECHNICAL


def technical_accounts(branch: str) -> tuple[str, ...]:
    return tuple(f"{branch}/{part}" for part in TECHNICAL) if branch.startswith("insurer/") else ()


def split_totals(totals: Iterable[Total]) -> tuple[tuple[Total, ...], tuple[Total, ...]]:
    """The movements that are paid, and the technical figures."""
    told = tuple(totals)
    return (
        tuple(total for total in told if not is_technical(total.account)),
        tuple(total for total in told if is_technical(total.account)),
    )
