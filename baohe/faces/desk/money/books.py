"""The books at the desk: trial balance, an account's statement, where money went, insurers' results, closing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from baohe.faces.desk.frame import show
from baohe.faces.desk.money import sankey
from baohe.faces.desk.money.exports import KINDS, Cell, download, yuan
from baohe.faces.desk.money.naming import Names
from baohe.faces.desk.paging import number_of
from baohe.faces.desk.refusals import sentence
from baohe.faces.desk.session import at_desk, staff_at
from baohe.faces.desk.waiting import closable_months
from baohe.flows import close_month, insurer_results
from baohe.kernel.dates import add_months
from baohe.kernel.errors import BaoheError, InvalidInput
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger

READERS = ("finance", "auditor")
PAGE = 50
EXPORT_LINES = 200
MONTHS_BACK = 24

CLASS_NAMES = {"asset": "资产", "liability": "负债", "income": "收入", "expense": "费用", "insurer": "代保险公司"}


@require_GET
@at_desk(*READERS)
def trial(request: HttpRequest) -> HttpResponse:
    month = _month(request, "month", clock.today().replace(day=1))
    balance = ledger.trial_balance(month)
    names = Names(row.account for row in balance.rows)
    groups = [
        (name, [(row, names.account(row.account)) for row in balance.rows if row.class_ == class_])
        for class_, name in CLASS_NAMES.items()
        if any(row.class_ == class_ for row in balance.rows)
    ]
    return _page(request, "trial", balance=balance, groups=groups, month=month, months=_months())


@require_GET
@at_desk(*READERS)
def account(request: HttpRequest) -> HttpResponse:
    """`?account=` is an account or a branch of the chart; `first` and `last` are months."""
    last = _month(request, "last", clock.today().replace(day=1))
    first = _month(request, "first", min(last, clock.today().replace(day=1)))
    name = request.GET.get("account", "")[:120]
    if not name or len(name) > 100:
        return redirect("desk:books")
    try:
        told = ledger.account_statement(name, first, last, number_of(request), PAGE)
    except InvalidInput:
        return redirect("desk:books")
    names = Names([name, *(item.line.account for item in told.items)])
    lines = [
        (item, ledger.KIND_NAMES.get(item.line.kind, item.line.kind), names.account(item.line.account))
        for item in told.items
    ]
    return _page(
        request,
        "account",
        told=told,
        lines=lines,
        name=names.account(name),
        months=_months(),
        more=told.page * told.size < told.total,
    )


@require_GET
@at_desk(*READERS)
def trial_file(request: HttpRequest, kind: str) -> HttpResponse | FileResponse:
    month = _month(request, "month", clock.today().replace(day=1))
    balance = ledger.trial_balance(month)
    names = Names(row.account for row in balance.rows)
    head = ("科目", "名称", "类别", "期初", "本期借方", "本期贷方", "期末")
    rows = (
        (
            row.account,
            names.account(row.account),
            CLASS_NAMES.get(row.class_, ""),
            yuan(row.opening_fen),
            yuan(row.debit_fen),
            yuan(row.credit_fen),
            yuan(row.closing_fen),
        )
        for row in balance.rows
    )
    return download(_known(kind), f"trial-balance-{month:%Y-%m}", head, rows)


@require_GET
@at_desk(*READERS)
def account_file(request: HttpRequest, kind: str) -> HttpResponse | FileResponse:
    """The whole statement, read in pages: a file may be long, one query may not."""
    last = _month(request, "last", clock.today().replace(day=1))
    first = min(_month(request, "first", last), last)
    name = request.GET.get("account", "")[:120]
    head = ("记账日", "类型", "摘要", "依据", "科目", "借方", "贷方", "余额")
    file = f"statement-{re.sub('[^A-Za-z0-9]+', '-', name)}-{first:%Y-%m}-{last:%Y-%m}"
    return download(_known(kind), file, head, _statement_rows(name, first, last))


@require_GET
@at_desk(*READERS)
def flow(request: HttpRequest) -> HttpResponse:
    last = _month(request, "last", clock.today().replace(day=1))
    first = _month(request, "first", last)
    flows = ledger.money_flows(min(first, last), last)
    names = {family: name.zh for family, name in ledger.chart.FAMILIES.items()}
    told = [
        (ledger.KIND_NAMES.get(one.kind, one.kind), names[one.source], names[one.target], one.amount_fen)
        for one in flows
    ]
    picture = sankey.draw(flows, names)
    return _page(request, "flow", picture=picture, flows=told, first=min(first, last), last=last, months=_months())


@require_GET
@at_desk(*READERS)
def insurers(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    last = _day(request, "last", today)
    first = _day(request, "first", last.replace(month=1, day=1))
    wrong = ""
    try:
        found = insurer_results.results(first, last)
    except InvalidInput as refusal:
        found, wrong = [], refusal.message_zh
    names = Names()
    return _page(
        request,
        "insurers",
        results=[(row, names.owner(row.insurer)) for row in found],
        first=first,
        last=last,
        wrong=wrong,
    )


@require_GET
@at_desk(*READERS)
def closing(request: HttpRequest) -> HttpResponse:
    """What closing the next month would post, and what was closed."""
    month = ledger.first_open_month()
    ready = month is not None and closable_months(month) > 0
    prepared, names = close_month.prepare(month) if ready and month is not None else None, Names()
    return _page(
        request,
        "closing",
        month=month,
        ready=ready,
        next_day=None if month is None else add_months(month, 1),
        prepared=prepared,
        reserves=[(row, names.owner(row.insurer)) for row in prepared.reserves] if prepared else [],
        closed=ledger.closed_months(MONTHS_BACK),
        may_close=staff_at(request).has("finance"),
    )


@require_POST
@at_desk("finance")
def close(request: HttpRequest) -> HttpResponse:
    """Close the month that was shown: its name is typed in, so that nobody closes by a slip."""
    staff = staff_at(request)
    month = _month(request, "month", date.min, posted=True)
    if request.POST.get("typed", "").strip() != f"{month:%Y-%m}":
        messages.error(request, "请输入要结账的月份，确认无误")
        return redirect("desk:books-closing")
    try:
        view = close_month.close(month, staff.id, staff.name)
    except BaoheError as refusal:
        messages.error(request, sentence(refusal))
        return redirect("desk:books-closing")
    messages.success(request, f"{month:%Y-%m} 已结账，共 {view.entries} 笔凭证")
    return redirect("desk:books-closing")


def _statement_rows(name: str, first: date, last: date) -> Iterator[Sequence[Cell]]:
    page, left = 1, True
    while left:
        told = ledger.account_statement(name, first, last, page, EXPORT_LINES)
        for item in told.items:
            line = item.line
            yield (
                f"{line.business_date}",
                ledger.KIND_NAMES.get(line.kind, line.kind),
                line.memo,
                line.ref,
                line.account,
                yuan(line.amount_fen) if line.amount_fen > 0 else "",
                yuan(-line.amount_fen) if line.amount_fen < 0 else "",
                yuan(item.balance_fen),
            )
        left, page = told.page * told.size < told.total, page + 1


def _known(kind: str) -> str:
    if kind not in KINDS:
        raise Http404
    return kind


def _page(request: HttpRequest, page: str, **facts: object) -> HttpResponse:
    return show(request, f"desk/money/books_{page}.html", "books", page=page, **facts)


def _months() -> list[date]:
    running = clock.today().replace(day=1)
    return [add_months(running, -back) for back in range(MONTHS_BACK)]


def _month(request: HttpRequest, name: str, otherwise: date, posted: bool = False) -> date:
    """`2026-11` → its first day; anything else is `otherwise`."""
    text = (request.POST if posted else request.GET).get(name, "")
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return otherwise


def _day(request: HttpRequest, name: str, otherwise: date) -> date:
    try:
        day = date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return otherwise
    return min(max(day, date(2000, 1, 1)), clock.today() + timedelta(days=3_650))
