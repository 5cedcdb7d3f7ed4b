"""Where a claimant without an account is paid."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BankAccount:
    """In clear, on its way to the payment alone."""

    bank: str
    holder: str
    number: str


@dataclass(frozen=True, slots=True)
class PayeeView:
    """Where a claimant by link is paid. `bank` and `last_four` are empty until they gave an account in the name of
    `holder`."""

    holder: str
    bank: str
    last_four: str
    may_change: bool
