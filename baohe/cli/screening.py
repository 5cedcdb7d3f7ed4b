"""`baohe screening …`: the list that customers are compared with (SALE-15)."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)
_LARGEST = 64 * 1024 * 1024


@app.callback()
def screening() -> None:
    """核查名单 · screening lists."""


@app.command()
def load(
    file: Path = typer.Argument(..., metavar="FILE", dir_okay=False),  # noqa: B008 - Typer's way
    version: str = typer.Option(..., "--version", help="The list's own version."),
    dated: datetime = typer.Option(..., "--dated", formats=["%Y-%m-%d"], help="The day it was given out."),  # noqa: B008
    source: str = typer.Option(..., "--source", help="Who gave it out."),
) -> None:
    """Take a list (CSV in UTF-8: reference,name,birth,note) into use, whole or not at all; everybody is compared with
    it in the rounds that follow. Exit 1 when a line cannot be used."""
    from baohe.kernel.errors import BaoheError
    from baohe.launch.session import django_ready

    with django_ready():
        from baohe.rooms.identification import facade as identification

        try:
            with file.open("rb") as stream:
                content = stream.read(_LARGEST)
            taken = identification.load_list(version, dated.date(), source, content)
        except OSError:
            print(f"读不到文件 · cannot read {file}", file=sys.stderr)
            raise typer.Exit(2) from None
        except BaoheError as refusal:
            print(f"{refusal.message_zh} · {refusal.message_en}", file=sys.stderr)
            raise typer.Exit(1) from None
    print(f"{taken.version}  {taken.dated}  {taken.entries} 条，从现在起使用 · entries, in use from now on")
