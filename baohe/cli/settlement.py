"""`baohe settlement …`: statements of insurers, partners and producers."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)
_AS_JSON = typer.Option(False, "--json", help="One JSON object a line.")
_LARGEST = 512 * 1024 * 1024


@app.command()
def run(month: str = typer.Argument(..., metavar="YYYY-MM", help="A closed month."), as_json: bool = _AS_JSON) -> None:
    """Issue the statements of a closed month. Repeated it makes nothing twice. Exit 1 when the month is open."""
    _setup()
    from baohe.flows import settle_period
    from baohe.kernel.errors import BaoheError

    try:
        done = settle_period.run(_first_day(month))
    except BaoheError as refusal:
        print(f"{refusal.message_zh} · {refusal.message_en}", file=sys.stderr)
        raise typer.Exit(1) from None
    for fresh, statements in ((True, done.made), (False, done.already)):
        for one in statements:
            told = {"number": one.number, "closing_fen": one.closing_fen, "lines": one.lines, "made": fresh}
            said = f"{one.number}  {one.closing_fen} 分  {one.lines} 行  {'新出' if fresh else '已有'}"
            print(json.dumps(told, ensure_ascii=False) if as_json else said)


@app.command()
def verify(
    file: Path = typer.Argument(..., metavar="FILE", dir_okay=False),  # noqa: B008 - Typer's way
    key: str = typer.Option("", "--key", metavar="VKEY", help="The platform's key; without it this installation's."),
    as_json: bool = _AS_JSON,
) -> None:
    """Is this statement genuine, to the last byte? Exit 0 genuine, 1 not, 2 could not be read. Needs no database."""
    _setup()
    from baohe.rooms.settlement import facade as settlement

    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except OSError:
        print(f"读不到文件 · cannot read {file}", file=sys.stderr)
        raise typer.Exit(2) from None
    checked = settlement.check_file(content, key)
    print(json.dumps(asdict(checked), ensure_ascii=False) if as_json else f"{checked.zh} · {checked.en}")
    if not checked.genuine:
        raise typer.Exit(1)


def _first_day(month: str) -> date:
    try:
        return date.fromisoformat(f"{month}-01")
    except ValueError:
        raise typer.BadParameter("YYYY-MM") from None


def _setup() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baohe.config.settings")
    import django

    django.setup()
