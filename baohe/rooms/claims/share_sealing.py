"""What a share keeps sealed: its receiver's name, a guardian's, and the account it goes to."""

from __future__ import annotations

import json
import re

from baohe.kernel.errors import InvalidInput
from baohe.plumbing import vault
from baohe.rooms.claims.contracts import ShareAccount
from baohe.rooms.claims.models import ClaimShare

_NAME = "claims_claimshare.name"
_GUARDIAN = "claims_claimshare.guardian"
_ACCOUNT = "claims_claimshare.account"


def usable(typed: ShareAccount) -> ShareAccount:
    """The account as a bank writes it. Raises `InvalidInput`."""
    clean = ShareAccount(typed.bank.strip(), typed.holder.strip(), re.sub(r"[\s-]", "", typed.number))
    for field, good, zh, en in (
        ("bank", 0 < len(clean.bank) <= 80, "请写开户银行", "name the bank"),
        ("holder", 0 < len(clean.holder) <= 80, "请写户名", "give the account's name"),
        ("number", re.fullmatch(r"[0-9]{8,30}", clean.number), "账号是 8–30 位数字", "has 8 to 30 digits"),
    ):
        if not good:
            raise InvalidInput(field=field, reason_zh=zh, reason_en=en)
    return clean


def put_name(row: ClaimShare, name: str) -> None:
    row.name_sealed = vault.seal(_NAME, row.id, name)


def name(row: ClaimShare) -> str:
    return vault.unseal(_NAME, row.id, bytes(row.name_sealed))


def put_guardian(row: ClaimShare, name: str) -> None:
    row.guardian_sealed = vault.seal(_GUARDIAN, row.id, name)


def guardian(row: ClaimShare) -> str:
    """ "" before anybody acted."""
    return vault.unseal(_GUARDIAN, row.id, bytes(row.guardian_sealed)) if row.guardian_sealed else ""


def put_account(row: ClaimShare, account: ShareAccount) -> None:
    row.bank, row.last_four = account.bank, account.number[-4:]
    content = json.dumps([account.holder, account.number], ensure_ascii=False)
    row.account_sealed = vault.seal(_ACCOUNT, row.id, content)


def account(row: ClaimShare) -> ShareAccount:
    """Of a share that has one."""
    holder, number = json.loads(vault.unseal(_ACCOUNT, row.id, bytes(row.account_sealed)))
    return ShareAccount(row.bank, holder, number)


def forget_account(row: ClaimShare) -> None:
    row.bank, row.last_four, row.account_sealed = "", "", b""
