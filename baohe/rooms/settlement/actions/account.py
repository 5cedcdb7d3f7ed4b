"""Where a party is paid: set by one person, approved by another; a change rests, and the party hears of it.

The oldest fraud of settlement is a letter with a new account number. So the telephone that was on record before the
change is told, and there are days to object before the first fen leaves."""

from __future__ import annotations

import re
from uuid import UUID

from django.db import transaction

from baohe.kernel.dates import SHANGHAI
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock, vault
from baohe.rooms.notices import facade as notices
from baohe.rooms.settlement.contracts import AccountView, Actor
from baohe.rooms.settlement.errors import AccountDecided, AccountWaits, NeedsSecondPerson
from baohe.rooms.settlement.locks import hold_party
from baohe.rooms.settlement.models import BankAccount
from baohe.rooms.settlement.rules import terms
from baohe.rooms.settlement.views import account_view

NUMBER, CONTACT = "settlement_bankaccount.number", "settlement_bankaccount.contact"


def propose_account(party_id: UUID, *, bank: str, holder: str, number: str, contact: str, actor: Actor) -> AccountView:
    """`contact` is the mobile number that hears of it. Nothing is paid to it before another person approves.
    Raises `AccountWaits`, `InvalidInput`."""
    digits = re.sub(r"[\s-]", "", number)
    for field, good, zh in (
        ("number", re.fullmatch(r"[0-9]{8,30}", digits), "账号是 8–30 位数字"),
        ("bank", 0 < len(bank.strip()) <= 80, "请写开户银行"),
        ("holder", 0 < len(holder.strip()) <= 80, "请写户名"),
        ("contact", re.fullmatch(r"1[3-9][0-9]{9}", contact.strip()), "请写 11 位手机号"),
    ):
        if not good:
            raise InvalidInput(field=field, reason_zh=zh, reason_en="is not usable")
    with transaction.atomic():
        party = hold_party(party_id)
        if BankAccount.objects.filter(party=party, state="proposed").exists():
            raise AccountWaits(party=party.name)
        row = BankAccount(
            id=clock.new_id(),
            party=party,
            bank=bank.strip(),
            holder=holder.strip(),
            last_four=digits[-4:],
            set_by=actor.id,
            set_by_name=actor.name,
            set_at=clock.now(),
        )
        row.number_sealed = vault.seal(NUMBER, row.id, digits)
        row.contact_sealed = vault.seal(CONTACT, row.id, contact.strip())
        row.save(force_insert=True)
        return account_view(row)


def approve_account(account_id: UUID, actor: Actor) -> AccountView:
    """The second person's word. Raises `NeedsSecondPerson`, `AccountDecided`."""
    with transaction.atomic():
        row = _hold(account_id, actor)
        before = BankAccount.objects.filter(party=row.party, state="approved").first()
        _decide(row, "approved", actor, "")
        row.usable_from = terms.usable_from(clock.now(), changed=before is not None)
        if before is not None:
            before.state = "replaced"
            before.save(update_fields=["state"])
        row.save()
        _tell({row, before} - {None}, row)  # type: ignore[arg-type]  # None is taken out
        return account_view(row)


def refuse_account(account_id: UUID, reason: str, actor: Actor) -> AccountView:
    """Whoever set it may take it back no more than approve it: the second person decides."""
    if not reason.strip():
        raise InvalidInput(field="reason", reason_zh="请写明理由", reason_en="say why")
    with transaction.atomic():
        row = _hold(account_id, actor)
        _decide(row, "refused", actor, reason.strip()[:200])
        row.save()
        return account_view(row)


def number_of(row: BankAccount) -> str:
    """The account in clear, for the payment alone."""
    return vault.unseal(NUMBER, row.id, row.number_sealed)


def _hold(account_id: UUID, actor: Actor) -> BankAccount:
    found = BankAccount.objects.filter(id=account_id).first()
    if found is None:
        raise NotFound(what="收款账户")
    hold_party(found.party_id)
    row = BankAccount.objects.select_related("party").get(id=account_id)
    if row.state != "proposed":
        raise AccountDecided()
    if row.set_by == actor.id:
        raise NeedsSecondPerson()
    return row


def _decide(row: BankAccount, state: str, actor: Actor, reason: str) -> None:
    row.state, row.reason = state, reason
    row.decided_by, row.decided_by_name, row.decided_at = actor.id, actor.name, clock.now()


def _tell(known: set[BankAccount], new: BankAccount) -> None:
    assert new.usable_from is not None
    facts = {
        "party": new.party.name,
        "account": f"{new.bank} *{new.last_four}",
        "moment": f"{new.usable_from.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
    }
    for phone in sorted({vault.unseal(CONTACT, row.id, row.contact_sealed) for row in known}):
        notices.send(phone, "settlement_account", facts)
