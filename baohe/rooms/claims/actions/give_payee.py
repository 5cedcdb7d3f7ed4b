"""A claimant by link says where their money goes."""

from __future__ import annotations

import re
import unicodedata
from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.claims import locks, payees, records, sealing
from baohe.rooms.claims.actions.states import not_open
from baohe.rooms.claims.contracts import BankAccount
from baohe.rooms.claims.models import Payee

_LONGEST_BANK = 80


def give_payee(owner_id: UUID, claim_id: UUID, bank: str, number: str) -> None:
    """Keep a bank account for the payout. Its holder is the insured of the order: nobody types a name, so that the bank
    refuses an account of somebody else. The same account again changes nothing.

    Raises `InvalidInput`, `ClaimNotOpen` while money is on its way or after it arrived, `NotFound`, also for a claim
    that is paid to an account of ours.
    """
    bank, number = bank.strip(), re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", number))
    if not 2 <= len(bank) <= _LONGEST_BANK or not bank.isprintable():
        raise InvalidInput(field="bank", reason_zh="请写开户银行", reason_en="name the bank")
    if re.fullmatch(r"[0-9]{8,30}", number) is None:
        raise InvalidInput(field="number", reason_zh="账号是 8–30 位数字", reason_en="is 8 to 30 digits")
    with transaction.atomic():
        row = locks.own_claim(owner_id, claim_id)
        if not row.by_link:
            raise NotFound(what="收款账户")
        if not payees.may_change(row):
            raise not_open(row)
        wanted = BankAccount(bank, sealing.insured_name(row), number)
        if row.payees.exists() and payees.account_of(row) == wanted:
            return
        kept = Payee(id=clock.new_id(), claim=row, shard_key=row.shard_key, given_at=clock.now())
        payees.seal(kept, wanted)
        kept.save(force_insert=True)
        records.milestone(row, "payee_given")
