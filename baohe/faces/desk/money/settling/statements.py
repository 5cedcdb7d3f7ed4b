"""The statements of a month, one of them with its lines, and what may be done with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.money.exports import Cell, download, yuan
from baohe.faces.desk.money.naming import Names
from baohe.faces.desk.money.settling.page import PAGE, READERS, acted, actor, month_of, months, page
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.session import at_desk
from baohe.flows import pay_settlement, print_statement, settle_period
from baohe.kernel.errors import InvalidInput
from baohe.kernel.money import yuan as yuan_text
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.settlement import facade as settlement
from baohe.rooms.settlement.contracts import Actor, LineView, StatementView, Total


@require_GET
@at_desk(*READERS)
def month(request: HttpRequest) -> HttpResponse:
    chosen, number = month_of(request), number_of(request)
    found, total = settlement.statements(number, PAGE, month=chosen)
    rows = [(one, settlement.standing(one.id)) for one in found]
    rows.sort(key=lambda row: (row[0].party.kind, row[0].party.code))
    return page(
        request,
        "month",
        "month",
        rows=rows,
        month=chosen,
        months=months(),
        closed=ledger.closed_month(chosen) is not None,
        to_pay_fen=sum(max(0, standing.due_fen) for _, standing in rows),
        to_collect_fen=sum(max(0, -standing.due_fen) for _, standing in rows),
        held_fen=sum(standing.held_fen for _, standing in rows),
        number=number,
        more=number * PAGE < total,
    )


@require_POST
@at_desk("finance")
def issue(request: HttpRequest) -> HttpResponse:
    chosen = month_of(request, posted=True)
    return acted(request, lambda: f"出了 {len(settle_period.run(chosen).made)} 张对账单", "desk:settlement")


@require_GET
@at_desk(*READERS)
def statement(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    one, number = settlement.statement(statement_id), number_of(request)
    shown = _lines(one, number)
    names = Names([*(total.account for total in one.totals), *(line.account for line in shown)])
    payable, technical = settlement.split_totals(one.totals)
    disputes, _ = settlement.disputes(statement_id=one.id)
    lines = [(line, ledger.KIND_NAMES.get(line.kind, line.kind), names.account(line.account)) for line in shown]
    return page(
        request,
        "statement",
        "month",
        one=one,
        standing=settlement.standing(one.id),
        payable=_told(payable, names),
        technical=_told(technical, names),
        lines=lines,
        number=number,
        more=number * PAGE < one.lines,
        disputes=disputes,
        items=settlement.items_of(one.id),
        collections=settlement.collections_of(one.id),
    )


@require_GET
@at_desk(*READERS)
def file(request: HttpRequest, statement_id: UUID, kind: str) -> HttpResponse | FileResponse | StreamingHttpResponse:
    one = settlement.statement(statement_id)
    if kind in ("csv", "xlsx"):
        return download(kind, one.number, ("行号", "记账日", "类型", "依据", "摘要", "科目", "金额"), _rows(one))
    if kind == "pdf":
        answer = HttpResponse(print_statement.pdf(one), content_type="application/pdf")
    elif kind == "json":
        answer = StreamingHttpResponse(settlement.file_of(one), content_type="application/json")  # type: ignore[assignment]
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="{one.number}.{kind}"'
    return answer


@require_POST
@at_desk("finance")
def agree(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """In the name of a party that has no door of its own: it agreed by letter."""

    def act() -> str:
        settlement.agree(statement_id, actor(request))
        return "已记下对方确认"

    return acted(request, act, "desk:settlement-statement", statement_id)


@require_POST
@at_desk("finance")
def dispute(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """In the name of a party that has no door of its own."""
    said = request.POST

    def act() -> str:
        one, by = settlement.statement(statement_id), actor(request)
        settlement.open_dispute(
            statement_id,
            said.get("reference", ""),
            said.get("reason", ""),
            _numbers(said.get("lines", "")),
            Actor(by.id, f"{by.name}（代{one.party.name}）"[:80]),
        )
        return "已记下对方的异议，有关金额暂不结算"

    return acted(request, act, "desk:settlement-statement", statement_id)


@require_POST
@at_desk("finance")
def collect(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    def act() -> str:
        asked = pay_settlement.collect(statement_id, actor(request))
        return f"请对方转账 ¥{yuan_text(asked.amount_fen)}，附言 {asked.remark}"

    return acted(request, act, "desk:settlement-statement", statement_id)


def _lines(one: StatementView, number: int) -> list[LineView]:
    return settlement.lines(one, number, PAGE)


def _told(totals: Sequence[Total], names: Names) -> list[tuple[Total, str, str]]:
    return [(total, ledger.KIND_NAMES.get(total.kind, total.kind), names.account(total.account)) for total in totals]


def _rows(one: StatementView) -> Iterator[Sequence[Cell]]:
    for line in settlement.all_lines(one.party.branch, one.month):
        kind = ledger.KIND_NAMES.get(line.kind, line.kind)
        yield (line.number, f"{line.date}", kind, line.reference, line.memo, line.account, yuan(line.amount_fen))


def _numbers(text: str) -> list[int]:
    """`2, 5 7` → 2, 5, 7."""
    parts = text.replace("，", " ").replace(",", " ").replace("、", " ").split()
    if any(not (part.isascii() and part.isdigit() and len(part) < 10) for part in parts):
        raise InvalidInput(field="lines", reason_zh="行号是数字，用逗号分开", reason_en="numbers, with commas")
    return [int(part) for part in parts]
