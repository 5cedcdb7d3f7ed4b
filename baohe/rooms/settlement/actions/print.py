"""A statement on paper: its sums, how to dispute it, where it is paid. The signed file stays the proof."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from baohe.kernel.dates import SHANGHAI, add_months
from baohe.kernel.money import yuan
from baohe.rooms.documents import facade as documents
from baohe.rooms.settlement.contracts import StatementView, Total
from baohe.rooms.settlement.models import BankAccount, Collection
from baohe.rooms.settlement.rules.payable import split_totals

TEMPLATE = Path(__file__).parent.parent / "templates" / "statement.typ"
KINDS = {"insurer": "保险公司", "partner": "合作方", "producer": "销售人员"}


def pdf_of(of: StatementView, words: Mapping[str, str], names: Mapping[str, str]) -> bytes:
    """`words` names kinds of entries, `names` accounts, as the reader knows them; the code stands for a missing one.
    Its lines are in the file of the statement: a million of them would be no paper."""
    payable, technical = split_totals(of.totals)
    month = of.month
    return documents.typeset(
        {
            "number": of.number,
            "party": of.party.name,
            "party_kind": KINDS[of.party.kind],
            "month": f"{month:%Y}年{month.month}月",
            "period": f"{month:%Y-%m-%d} 至 {add_months(month, 1).fromordinal(add_months(month, 1).toordinal() - 1)}",
            "date": {"year": of.issued_at.year, "month": of.issued_at.month, "day": of.issued_at.day},
            "issued": f"{of.issued_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
            "edition": f"第 {of.edition} 版" + (f"：{of.reason}" if of.reason else ""),
            "result_label": _result(of),
            "result": f"¥{yuan(abs(of.payable_fen))}",
            "opening": _signed(-of.opening_fen),
            "moved": _signed(of.opening_fen - of.closing_fen),
            "closing": _signed(-of.closing_fen),
            "payable": _rows(payable, words, names),
            "technical": _rows(technical, words, names),
            "lines": f"{of.lines:,}",
            "dispute_until": f"{of.dispute_until}",
            "payment": _payment(of),
            "digest": of.digest,
            "key": of.key,
        },
        of.issued_at,
        TEMPLATE,
    )


def _result(of: StatementView) -> str:
    if of.payable_fen == 0:
        return "本期无应付应收"
    return f"应付{of.party.name}" if of.payable_fen > 0 else f"应收{of.party.name}"


def _rows(totals: Iterable[Total], words: Mapping[str, str], names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "kind": words.get(total.kind, total.kind),
            "account": names.get(total.account, total.account),
            "lines": f"{total.lines:,}",
            # the reader's sign: what the party is owed is positive
            "amount": _signed(-total.amount_fen),
        }
        for total in totals
    ]


def _payment(of: StatementView) -> list[dict[str, str]]:
    """Where the money goes: to the account on record, or to ours under a remark."""
    if of.payable_fen > 0:
        row = BankAccount.objects.filter(party=of.party.id, state="approved").first()
        if row is None:
            return [{"label": "收款账户", "value": "还没有登记，请联系结算人员"}]
        return [
            {"label": "户名", "value": row.holder},
            {"label": "开户银行", "value": row.bank},
            {"label": "账号", "value": f"尾号 {row.last_four}"},
        ]
    asked = Collection.objects.filter(statement=of.id, state__in=["open", "paid"]).first()
    if of.payable_fen == 0 or asked is None:
        return []
    return [
        {"label": "请转账", "value": f"¥{yuan(asked.amount_fen)}"},
        {"label": "转账附言", "value": asked.remark},
        {"label": "说明", "value": "附言请照写，款项凭它入账"},
    ]


def _signed(fen: int) -> str:
    return f"¥{yuan(fen)}" if fen >= 0 else f"−¥{yuan(-fen)}"
