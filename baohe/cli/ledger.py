"""`baohe ledger …`: the books of this installation: trial balance, statement, insurers' results, closing a month."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)
_AS_JSON = typer.Option(False, "--json", help="One JSON object a line.")
Month = Annotated[str, typer.Argument(help="A month, 2026-11.")]


@app.command("trial-balance")
def trial_balance(month: Month, as_json: bool = _AS_JSON) -> None:
    """试算平衡 · every account with opening, turnovers and closing."""
    from baohe.launch.session import django_ready

    with django_ready():
        from baohe.kernel.money import yuan
        from baohe.rooms.ledger import facade as ledger

        balance = _answered(lambda: ledger.trial_balance(_month(month)))
        for row in balance.rows:
            figures = (row.opening_fen, row.debit_fen, row.credit_fen, row.closing_fen)
            if as_json:
                names = ("opening_fen", "debit_fen", "credit_fen", "closing_fen")
                print(json.dumps({"account": row.account, **dict(zip(names, figures, strict=True))}))
            else:
                print(f"{row.account:<44}" + "".join(f"{yuan(fen):>18}" for fen in figures))
        if not as_json:
            print(f"借 {yuan(balance.debit_fen)} · 贷 {yuan(balance.credit_fen)}")


@app.command()
def statement(
    account: Annotated[str, typer.Argument(help="An account or a branch of the chart, insurer/haijia.")],
    first: Month,
    last: Annotated[str, typer.Argument(help="The last month; the first when left out.")] = "",
    as_json: bool = _AS_JSON,
) -> None:
    """明细账 · the lines of an account with its running balance, oldest first."""
    from baohe.launch.session import django_ready

    with django_ready():
        from baohe.kernel.money import yuan
        from baohe.rooms.ledger import facade as ledger

        page, left = 1, True
        while left:
            number = page
            told = _answered(
                lambda: ledger.account_statement(account, _month(first), _month(last or first), number, 200)  # noqa: B023
            )
            for item in told.items:
                line = item.line
                if as_json:
                    print(json.dumps(_line(line, item.balance_fen), ensure_ascii=False))
                else:
                    print(f"{line.business_date}  {line.kind:<18}{line.memo:<28}", end="")
                    print(f"{yuan(line.amount_fen):>16}{yuan(item.balance_fen):>18}")
            left, page = told.page * told.size < told.total, page + 1


@app.command()
def insurers(
    first: Annotated[str, typer.Argument(help="The first day, 2026-01-01.")],
    last: Annotated[str, typer.Argument(help="The last day, included.")],
    as_json: bool = _AS_JSON,
) -> None:
    """赔付率 · written, earned, incurred and loss ratio by insurer, right at any date."""
    from baohe.launch.session import django_ready

    with django_ready():
        from baohe.flows import insurer_results
        from baohe.kernel.money import yuan

        found = _answered(lambda: insurer_results.results(_day(first), _day(last)))
        for row in found:
            if as_json:
                facts = {
                    "insurer": row.insurer,
                    "policies": row.policies,
                    "written_fen": row.written_fen,
                    "earned_fen": row.earned_fen,
                    "unearned_fen": row.unearned_after_fen,
                    "incurred_fen": row.incurred_fen,
                    "claims_reserve_change_fen": row.reserve_change_fen,
                    "recovered_fen": row.recovered_fen,
                    "net_claims_fen": row.net_claims_fen,
                    "claim_costs_fen": row.claim_costs_fen,
                    "loss_ratio_bp": row.loss_ratio_bp,
                }
                print(json.dumps(facts))
            else:
                ratio = "—" if row.loss_ratio_bp is None else f"{row.loss_ratio_bp / 100:.1f}%"
                print(f"{row.insurer:<20}{yuan(row.written_fen):>18}{yuan(row.earned_fen):>18}{ratio:>10}")


@app.command()
def close(
    month: Month, staff: Annotated[str, typer.Option(help="User name of the person in finance who closes.")]
) -> None:
    """结账 · post reserve and tax and close the month, once for ever."""
    from baohe.launch.session import django_ready

    with django_ready():
        from baohe.flows import close_month
        from baohe.rooms.people import facade as people

        [closer] = [one for one in people.staff_with_role("finance") if one.username == staff] or [None]
        if closer is None:
            raise typer.BadParameter(f"财务里没有 {staff} · nobody called {staff} works in finance")
        view = _answered(lambda: close_month.close(_month(month), closer.id, closer.name))
        print(f"{month} 已结账 · closed: {view.entries} 笔凭证 · entries, 余额摘要 · balances {view.digest}")


def _answered(ask: Callable[[], Any]) -> Any:
    """What `ask` returns; a refusal is one sentence on standard error and exit code 2."""
    from baohe.kernel.errors import BaoheError

    try:
        return ask()
    except BaoheError as refusal:
        print(f"{refusal.message_zh} · {refusal.message_en}", file=sys.stderr)
        raise typer.Exit(2) from refusal


def _line(line: Any, balance_fen: int) -> dict[str, Any]:
    return {
        "on": line.business_date.isoformat(),
        "kind": line.kind,
        "ref": line.ref,
        "memo": line.memo,
        "account": line.account,
        "amount_fen": line.amount_fen,
        "balance_fen": balance_fen,
    }


def _month(text: str) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise typer.BadParameter(f"{text}: 月份写作 2026-11 · a month is written 2026-11") from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text}: 日期写作 2026-11-22 · a day is written 2026-11-22") from None
