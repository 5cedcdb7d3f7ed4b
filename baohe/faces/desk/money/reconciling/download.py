"""Differences as a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from baohe.faces.desk.money.exports import KINDS, Cell, download, yuan
from baohe.faces.desk.money.reconciling.page import READERS, known_day, row_of
from baohe.faces.desk.session import at_desk
from baohe.plumbing import clock
from baohe.rooms.reconciliation import facade as reconciliation

EXPORT_LINES = 200


@require_GET
@at_desk(*READERS)
def items_file(request: HttpRequest, kind: str) -> HttpResponse | FileResponse:
    """Items of one day (`provider` and `day`), or all live ones."""
    if kind not in KINDS:
        raise Http404
    provider, text = request.GET.get("provider", ""), request.GET.get("day", "")
    chosen: dict[str, Any] = {"live": True}
    if provider and text:
        chosen = {"provider": provider, "day": known_day(provider, text)}
    head = (
        "渠道",
        "账单日",
        "差异",
        "类型",
        "我方单号",
        "渠道流水",
        "渠道金额",
        "我方金额",
        "差额",
        "待查账上",
        "状态",
        "负责人",
        "期限",
        "结果",
    )
    name = f"reconciliation-{provider}-{text}" if "day" in chosen else f"reconciliation-open-{clock.today()}"
    return download(kind, name, head, _rows(chosen))


def _rows(chosen: dict[str, Any]) -> Iterator[Sequence[Cell]]:
    page, left = 1, True
    while left:
        items, total = reconciliation.items(page, EXPORT_LINES, **chosen)
        for one in items:
            row = row_of(one)
            yield (
                row["provider"],
                f"{one.day}",
                row["difference"],
                row["movement"],
                one.number,
                one.trade_no,
                "" if one.bill_fen is None else yuan(one.bill_fen),
                "" if one.ours_fen is None else yuan(one.ours_fen),
                yuan(one.diff_fen),
                yuan(one.standing_fen),
                row["word"],
                one.owner.name if one.owner else "",
                f"{one.deadline:%Y-%m-%d}",
                one.resolution,
            )
        left, page = page * EXPORT_LINES < total, page + 1
