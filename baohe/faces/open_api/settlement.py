"""A partner's own statements: to read, to download as they were signed, and to agree to. Another's is not found."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from baohe.faces.documented import file_answer
from baohe.faces.open_api.signed import partner_of
from baohe.flows import print_statement
from baohe.rooms.settlement import facade as settlement
from baohe.rooms.settlement.contracts import Actor, LineView, StatementView

router = Router(tags=["settlement"])

PAGE = 100
PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]


_SIGNED_FILE = {
    "responses": {
        200: {
            "description": "OK",
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "required": ["key", "lines", "signature", "statement"],
                        "properties": {
                            "key": {"type": "string"},
                            "lines": {"type": "array", "items": {"type": "object"}},
                            "signature": {"type": "string"},
                            "statement": {"type": "object"},
                        },
                    }
                }
            },
        }
    }
}


class StatementTotal(Schema):
    kind: str
    account: str
    lines: int
    amount_fen: int


class StatementStanding(Schema):
    """Where it stands now: after payments, and without what disputes hold back."""

    state: str = Field(description="open (may be disputed), disputed, agreed, or replaced by a newer edition")
    paid_fen: int = Field(description="moved since the end of the month; positive to you")
    held_fen: int = Field(description="held back by disputes that are not decided")
    due_fen: int = Field(description="to be paid now; positive to you, negative by you")


class Transfer(Schema):
    """How to pay what you owe: a transfer of exactly this amount whose remark is this code."""

    amount_fen: int
    remark: str
    state: str = Field(description="open, paid or closed")


class Statement(Schema):
    """A closed month. Debit is positive: a positive closing balance is what you owe. opening + totals = closing."""

    id: UUID
    number: str
    month: date = Field(description="its first day")
    edition: int
    reason: str = Field(description="why an earlier edition was replaced")
    opening_fen: int
    closing_fen: int
    payable_fen: int = Field(description="what is paid of it: positive to you, negative by you")
    dispute_until: date = Field(description="the last day to dispute it; undisputed it is agreed after that")
    standing: StatementStanding
    transfers: list[Transfer]
    lines: int
    totals: list[StatementTotal]
    digest: str = Field(description="SHA-256 of the signed bytes, on record in the evidence log")
    issued_at: datetime


class StatementPage(Schema):
    items: list[Statement]
    total: int
    page: int
    size: int


class StatementLine(Schema):
    number: int
    date: date
    kind: str
    reference: str
    memo: str
    account: str
    amount_fen: int


class LinePage(Schema):
    items: list[StatementLine]
    total: int
    page: int
    size: int


@router.get("settlement/statements", response=StatementPage, summary="Your statements, newest first")
def statements(request: HttpRequest, page: PageNumber = 1) -> StatementPage:
    found, total = settlement.statements(page, PAGE, branch=_branch(request))
    return StatementPage(items=[_statement(one) for one in found], total=total, page=page, size=PAGE)


@router.get("settlement/statements/{uuid:statement_id}", response=Statement, summary="One statement")
def statement(request: HttpRequest, statement_id: UUID) -> Statement:
    return _statement(_own(request, statement_id))


@router.get("settlement/statements/{uuid:statement_id}/lines", response=LinePage, summary="Its lines")
def lines(request: HttpRequest, statement_id: UUID, page: PageNumber = 1) -> LinePage:
    own = _own(request, statement_id)
    items = [
        StatementLine(
            number=line.number,
            date=line.date,
            kind=line.kind,
            reference=line.reference,
            memo=line.memo,
            account=line.account,
            amount_fen=line.amount_fen,
        )
        for line in settlement.lines(own, page, PAGE)
    ]
    return LinePage(items=items, total=own.lines, page=page, size=PAGE)


@router.get(
    "settlement/statements/{uuid:statement_id}/download.json",
    summary="The signed file, with all lines",
    openapi_extra=_SIGNED_FILE,
)
def download(request: HttpRequest, statement_id: UUID) -> StreamingHttpResponse:
    own = _own(request, statement_id)
    return _file(settlement.file_of(own), f"{own.number}.json", "application/json")


@router.get(
    "settlement/statements/{uuid:statement_id}/download.csv",
    summary="The lines as CSV, unsigned",
    openapi_extra=file_answer("text/csv"),
)
def download_csv(request: HttpRequest, statement_id: UUID) -> StreamingHttpResponse:
    own = _own(request, statement_id)
    rows = settlement.all_lines(own.party.branch, own.month)
    return _file(_csv(rows), f"{own.number}.csv", "text/csv; charset=utf-8")


@router.get(
    "settlement/statements/{uuid:statement_id}/download.pdf",
    summary="The statement on paper, unsigned",
    openapi_extra=file_answer("application/pdf"),
)
def download_pdf(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    own = _own(request, statement_id)
    answer = HttpResponse(print_statement.pdf(own), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{own.number}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@router.post("settlement/statements/{uuid:statement_id}/agree", response=Statement, summary="Agree to a statement")
def agree(request: HttpRequest, statement_id: UUID) -> Statement:
    """Repeat it freely: agreed is agreed. What is due can be paid before the days to dispute are over."""
    partner = partner_of(request)
    settlement.agree(statement_id, Actor(None, partner.name), _branch(request))
    return _statement(_own(request, statement_id))


def _own(request: HttpRequest, statement_id: UUID) -> StatementView:
    return settlement.statement(statement_id, branch=_branch(request))


def _branch(request: HttpRequest) -> str:
    return f"partner/{partner_of(request).id}"


def _csv(rows: Iterator[LineView]) -> Iterator[bytes]:
    yield "\ufeffnumber,date,kind,reference,memo,account,amount_fen\r\n".encode()
    for line in rows:
        out = io.StringIO()
        told = (line.number, line.date, line.kind, _text(line.reference), _text(line.memo), line.account)
        csv.writer(out).writerow((*told, line.amount_fen))
        yield out.getvalue().encode()


def _text(value: str) -> str:
    """A cell that starts like a formula would run in a spreadsheet."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _file(parts: Iterator[bytes], name: str, media_type: str) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(parts, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _statement(one: StatementView) -> Statement:
    now = settlement.standing(one.id)
    return Statement(
        id=one.id,
        number=one.number,
        month=one.month,
        edition=one.edition,
        reason=one.reason,
        opening_fen=one.opening_fen,
        closing_fen=one.closing_fen,
        payable_fen=one.payable_fen,
        dispute_until=one.dispute_until,
        standing=StatementStanding(state=now.word, paid_fen=now.paid_fen, held_fen=now.held_fen, due_fen=now.due_fen),
        transfers=[
            Transfer(amount_fen=asked.amount_fen, remark=asked.remark, state=asked.state)
            for asked in settlement.collections_of(one.id)
        ],
        lines=one.lines,
        totals=[
            StatementTotal(kind=t.kind, account=t.account, lines=t.lines, amount_fen=t.amount_fen) for t in one.totals
        ],
        digest=one.digest,
        issued_at=one.issued_at,
    )
