"""The account of a claimant who comes by a link: asked for, kept sealed, and paid in the insured's name only."""

from __future__ import annotations

import json
from uuid import UUID

from baohe.plumbing import vault
from baohe.rooms.claims import sealing
from baohe.rooms.claims.contracts import BankAccount, PayeeView
from baohe.rooms.claims.errors import PayeeNeeded
from baohe.rooms.claims.models import Claim, Payee

_COLUMN = "claims_payee.account"
_GIVEN_IN = ("draft", "with_person", "to_pay")


def seal(row: Payee, account: BankAccount) -> None:
    row.bank, row.last_four = account.bank, account.number[-4:]
    row.account_sealed = vault.seal(_COLUMN, row.id, json.dumps([account.holder, account.number], ensure_ascii=False))


def account_of(row: Claim) -> BankAccount | None:
    """Where the money goes; None where it goes to the account of ours behind the claim. Raises `PayeeNeeded` for a
    claimant by link who has given none yet: nobody is paid in their place, least of all the partner."""
    if not row.by_link:
        return None
    kept = _newest(row)
    if kept is None:
        raise PayeeNeeded(name=sealing.insured_name(row))
    return _opened(kept)


def view_of(row: Claim) -> PayeeView | None:
    """None where nobody has to give an account."""
    if not row.by_link:
        return None
    kept = _newest(row)
    return PayeeView(
        holder=sealing.insured_name(row),
        bank=kept.bank if kept else "",
        last_four=kept.last_four if kept else "",
        may_change=may_change(row),
    )


def may_change(row: Claim) -> bool:
    """Until money is on its way, and again after it failed for certain."""
    return row.state in _GIVEN_IN or row.review_open


def payee_account(claim_id: UUID) -> BankAccount | None:
    """What a claimant by link gave, for whoever compares it; None where none was given."""
    kept = Payee.objects.filter(claim_id=claim_id).order_by("-given_at", "-id").first()
    return None if kept is None else _opened(kept)


def _opened(kept: Payee) -> BankAccount:
    holder, number = json.loads(vault.unseal(_COLUMN, kept.id, bytes(kept.account_sealed)))
    return BankAccount(kept.bank, holder, number)


def _newest(row: Claim) -> Payee | None:
    return row.payees.order_by("-given_at", "-id").first()
