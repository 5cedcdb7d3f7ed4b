"""`baohe claims …`: what of claims is done on files."""

from __future__ import annotations

import typer

from baohe.cli.claims_fraud import app as fraud

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)
app.add_typer(fraud, name="fraud")


@app.callback()
def claims() -> None:
    """Claims."""
