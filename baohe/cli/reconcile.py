"""`baohe reconcile …`: each day's provider bill against our payments."""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from typing import Annotated

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)
_AS_JSON = typer.Option(False, "--json", help="One JSON object a line.")


@app.command()
def run(
    provider: Annotated[str, typer.Option(help="wallet, deduction or transfer; all when left out.")] = "",
    day: Annotated[str, typer.Option(help="A day that is over, 2026-11-22; yesterday when left out.")] = "",
    again: Annotated[bool, typer.Option(help="Fetch the bill anew; no item is added twice.")] = False,
    as_json: bool = _AS_JSON,
) -> None:
    """Reconcile a day, once for ever. Exit 1 when a bill could not be used, 2 for a day or provider there is not."""
    from baohe.launch.session import django_ready

    with django_ready():
        from baohe.flows import reconcile
        from baohe.kernel.errors import BaoheError
        from baohe.plumbing import clock
        from baohe.rooms.reconciliation import facade as reconciliation

        if provider and provider not in reconciliation.PROVIDERS:
            raise typer.BadParameter(f"{provider}: {', '.join(reconciliation.PROVIDERS)}")
        on = _day(day) if day else clock.today() - timedelta(days=1)
        failed = False
        for code in (provider,) if provider else reconciliation.PROVIDERS:
            try:
                done = reconcile.run(code, on, again=again)
            except (BaoheError, reconciliation.ProviderNotSetUp) as refusal:
                failed = True
                print(f"{code}: {refusal}", file=sys.stderr)
                continue
            told = {
                "provider": code,
                "day": f"{on}",
                "edition": done.edition,
                "lines": done.bill.count,
                "ours": done.ours.count,
                "differences": done.differences,
                "bill_digest": done.bill_digest,
            }
            said = f"{code} {on}  账单 {done.bill.count} 行，我方 {done.ours.count} 笔，差异 {done.differences}"
            print(json.dumps(told) if as_json else said)
    if failed:
        raise typer.Exit(1)


@app.command()
def items(
    provider: Annotated[str, typer.Option(help="Only of this provider.")] = "",
    as_json: bool = _AS_JSON,
) -> None:
    """未了结的差异 · differences that nobody has ended, the nearest deadline first."""
    from baohe.launch.session import django_ready

    with django_ready():
        from baohe.kernel.money import yuan
        from baohe.rooms.reconciliation import facade as reconciliation

        page, left = 1, True
        while left:
            found, total = reconciliation.items(page, 200, provider=provider, live=True)
            for one in found:
                owner = one.owner.name if one.owner else ""
                if as_json:
                    told = {
                        "id": str(one.id),
                        "provider": one.provider,
                        "day": f"{one.day}",
                        "difference": one.difference,
                        "movement": one.movement,
                        "number": one.number,
                        "trade_no": one.trade_no,
                        "bill_fen": one.bill_fen,
                        "ours_fen": one.ours_fen,
                        "diff_fen": one.diff_fen,
                        "suspense_fen": one.standing_fen,
                        "state": one.state,
                        "owner": owner,
                        "deadline": one.deadline.isoformat(),
                    }
                    print(json.dumps(told, ensure_ascii=False))
                else:
                    sign = "−" if one.diff_fen < 0 else ""
                    name = reconciliation.NAMES[one.difference].zh
                    print(f"{one.provider:<10}{one.day}  {name}  {one.number or one.trade_no}", end="  ")
                    print(f"{sign}{yuan(abs(one.diff_fen))}  {owner or '—'}  {one.deadline:%m-%d}")
            left, page = page * 200 < total, page + 1


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text}: 日期写作 2026-11-22 · a day is written 2026-11-22") from None
