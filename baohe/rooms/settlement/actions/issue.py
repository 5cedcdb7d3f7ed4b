"""Freeze a party's closed month as a signed statement."""

from __future__ import annotations

import hashlib
from dataclasses import astuple
from datetime import date
from uuid import UUID

from django.db import transaction

from baohe.adapters.signing import statements as signature
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.settlement.contracts import PartyView, StatementView
from baohe.rooms.settlement.errors import MonthNotClosed, StatementOff
from baohe.rooms.settlement.models import Party, Statement
from baohe.rooms.settlement.queries import all_lines, party_view, view
from baohe.rooms.settlement.rules.payable import technical_accounts
from baohe.rooms.settlement.rules.statement import Adding, Head, content_of, payable_fen
from baohe.rooms.settlement.rules.terms import dispute_until

SHARD = 0
"""A statement belongs to no policy."""


def keep_party(kind: str, code: str, name: str, branch: str) -> PartyView:
    """The party of a branch of the ledger; one that is there is returned as it is."""
    row, _ = Party.objects.get_or_create(
        branch=branch, defaults={"kind": kind, "code": code, "name": name, "created_at": clock.now()}
    )
    return party_view(row)


def issue(party_id: UUID, month: date) -> tuple[StatementView, bool]:
    """The statement of `month` (its first day), and whether it was made now. Once for ever: whoever comes second waits
    for the party's row and gets the first one's statement. Raises `MonthNotClosed`, `StatementOff`, `NotFound`."""
    with transaction.atomic():
        party = _held(party_id, month)
        earlier = Statement.objects.filter(party=party, month=month, superseded_at=None).first()
        if earlier is not None:
            return view(earlier), False
        return _write(party, month, 1, ""), True


def supersede(statement_id: UUID, reason: str) -> StatementView:
    """A new edition in the place of a statement, which stays readable. Raises `InvalidInput` without a reason."""
    if not reason.strip():
        raise InvalidInput(field="reason", reason_zh="请写明换版原因", reason_en="say why it is replaced")
    with transaction.atomic():
        found = Statement.objects.filter(id=statement_id).first()
        if found is None:
            raise NotFound(what="对账单")
        party = _held(found.party_id, found.month)
        current = Statement.objects.get(party=party, month=found.month, superseded_at=None)
        current.superseded_at = clock.now()
        current.save(update_fields=["superseded_at"])
        return _write(party, found.month, current.edition + 1, reason.strip()[:200])


def _held(party_id: UUID, month: date) -> Party:
    party = Party.objects.select_for_update().filter(id=party_id).first()
    if party is None:
        raise NotFound(what="结算对象")
    if ledger.closed_month(month) is None:
        raise MonthNotClosed(month=f"{month:%Y-%m}")
    return party


def _write(party: Party, month: date, edition: int, reason: str) -> StatementView:
    account = ledger.account_statement(party.branch, month, month, 1, 1)
    added = Adding()
    for line in all_lines(party.branch, month):
        added.take(line)
    off_fen = account.opening_fen + added.moved_fen - account.closing_fen
    if off_fen or added.lines != account.total:
        raise StatementOff(party=party.name, off_fen=off_fen)
    head = Head(
        number=f"{month:%Y%m}-{party.kind}-{party.code}-{edition}",
        party=party_view(party),
        month=month,
        edition=edition,
        reason=reason,
        opening_fen=account.opening_fen,
        technical_fen=_technical_fen(party.branch, month),
        dispute_until=dispute_until(clock.now()),
    )
    content = content_of(head, added)
    key, signed = signature.sign(content)
    row = Statement.objects.create(
        id=clock.new_id(),
        number=head.number,
        party=party,
        month=month,
        edition=edition,
        reason=reason,
        opening_fen=account.opening_fen,
        moved_fen=added.moved_fen,
        closing_fen=account.closing_fen,
        payable_fen=payable_fen(head, added),
        technical_fen=head.technical_fen,
        dispute_until=head.dispute_until,
        lines=added.lines,
        totals=[list(astuple(total)) for total in added.totals],
        content=content,
        digest=hashlib.sha256(content).hexdigest(),
        key=key,
        signature=signed,
        issued_at=clock.now(),
    )
    facts = {"digest": row.digest, "month": f"{month:%Y-%m}", "edition": edition}
    evidence.append("statement_issued", str(row.id), facts, SHARD)
    return view(row)


def _technical_fen(branch: str, month: date) -> int:
    """What the figures that nobody pays add up to at the end of the month."""
    accounts = technical_accounts(branch)
    return sum(ledger.account_statement(account, month, month, 1, 1).closing_fen for account in accounts)
