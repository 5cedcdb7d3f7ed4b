"""Reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from baohe.adapters.signing import statements as signature
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.settlement.contracts import Checked, LineView, PartyView, StatementView, Total
from baohe.rooms.settlement.models import Party, Statement
from baohe.rooms.settlement.rules import statement as rules

MAX_PAGE = 200


def parties() -> list[PartyView]:
    return [party_view(row) for row in Party.objects.order_by("kind", "code")]


def party_of(branch: str) -> PartyView:
    """Raises `NotFound` for a branch that has no statement yet."""
    row = Party.objects.filter(branch=branch).first()
    if row is None:
        raise NotFound(what="结算对象")
    return party_view(row)


def statements(
    page: int = 1, size: int = 50, *, month: date | None = None, branch: str = ""
) -> tuple[list[StatementView], int]:
    """One page of the current editions, newest month first, and how many there are. Raises `InvalidInput`."""
    refuse_page(page, size)
    rows: QuerySet[Statement] = Statement.objects.filter(superseded_at=None)
    if month is not None:
        rows = rows.filter(month=month)
    if branch:
        rows = rows.filter(party__branch=branch)
    found = rows.select_related("party").order_by("-month", "id")[(page - 1) * size : page * size]
    return [view(row) for row in found], rows.count()


def statement(statement_id: UUID, *, branch: str = "") -> StatementView:
    """With `branch`, only a statement of that party: another's is not found. Raises `NotFound`."""
    rows = Statement.objects.select_related("party").filter(id=statement_id)
    row = (rows.filter(party__branch=branch) if branch else rows).first()
    if row is None:
        raise NotFound(what="对账单")
    return view(row)


def lines(of: StatementView, page: int = 1, size: int = 50) -> list[LineView]:
    """One page of the lines, in the order of the books; `of.lines` is how many there are. Raises `InvalidInput`."""
    refuse_page(page, size)
    told = ledger.account_statement(of.party.branch, of.month, of.month, page, size)
    first = (page - 1) * size + 1
    return [numbered(n, item.line) for n, item in enumerate(told.items, start=first)]


def all_lines(branch: str, month: date) -> Iterator[LineView]:
    return (numbered(n, line) for n, line in enumerate(ledger.lines_of(branch, month), start=1))


def file_of(of: StatementView) -> Iterator[bytes]:
    """The signed file, piece by piece."""
    return rules.file_of(of.content, of.key, of.signature, all_lines(of.party.branch, of.month))


def check_file(content: bytes, key: str = "") -> Checked:
    """Whether a file is a statement signed with `key` (without it: this installation's), unchanged to the byte."""
    return rules.check(content, key or signature.own_key(), signature.is_signed)


def numbered(number: int, line: ledger.StatementLine) -> LineView:
    return LineView(number, line.business_date, line.kind, line.ref, line.memo, line.account, line.amount_fen)


def party_view(row: Party) -> PartyView:
    return PartyView(row.id, row.kind, row.code, row.name, row.branch)


def view(row: Statement) -> StatementView:
    return StatementView(
        id=row.id,
        number=row.number,
        party=party_view(row.party),
        month=row.month,
        edition=row.edition,
        reason=row.reason,
        opening_fen=row.opening_fen,
        closing_fen=row.closing_fen,
        payable_fen=row.payable_fen,
        technical_fen=row.technical_fen,
        dispute_until=row.dispute_until,
        lines=row.lines,
        totals=tuple(Total(*total) for total in row.totals),
        content=bytes(row.content),
        digest=row.digest,
        key=row.key,
        signature=row.signature,
        issued_at=row.issued_at,
        is_current=row.superseded_at is None,
    )


def refuse_page(page: int, size: int) -> None:
    # OFFSET is a bigint in the database: a page beyond it would be an error of ours.
    if not 1 <= page <= 10**9 or not 1 <= size <= MAX_PAGE:
        raise InvalidInput(field="page", reason_zh=f"每页 1–{MAX_PAGE} 条", reason_en=f"1–{MAX_PAGE} a page")
