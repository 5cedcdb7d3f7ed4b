"""The account that money goes to, sealed in its row."""

from __future__ import annotations

import json
import re

from baohe.kernel.errors import InvalidInput
from baohe.plumbing import vault
from baohe.rooms.disbursements.contracts import Payee
from baohe.rooms.disbursements.models import Disbursement

_COLUMN = "disbursements_disbursement.payee"


def usable(payee: Payee) -> Payee:
    """The account as a bank writes it. Raises `InvalidInput`."""
    clean = Payee(payee.bank.strip(), payee.holder.strip(), re.sub(r"[\s-]", "", payee.number))
    for field, good, zh in (
        ("bank", 0 < len(clean.bank) <= 80, "请写开户银行"),
        ("holder", 0 < len(clean.holder) <= 80, "请写户名"),
        ("number", re.fullmatch(r"[0-9]{8,30}", clean.number), "账号是 8–30 位数字"),
    ):
        if not good:
            raise InvalidInput(field=field, reason_zh=zh, reason_en="is not usable")
    return clean


def put(row: Disbursement, payee: Payee) -> None:
    row.bank, row.last_four = payee.bank, payee.number[-4:]
    row.payee_sealed = vault.seal(_COLUMN, row.id, json.dumps([payee.holder, payee.number], ensure_ascii=False))


def opened(row: Disbursement) -> Payee:
    """For the payment, and for whoever checks it before approving."""
    holder, number = json.loads(vault.unseal(_COLUMN, row.id, bytes(row.payee_sealed)))
    return Payee(row.bank, holder, number)
