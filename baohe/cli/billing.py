"""`baohe billing …`: the daily round of later premiums, by hand."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from datetime import datetime

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)
_DAY = typer.Option(None, "--day", formats=["%Y-%m-%d"], help="Do what was ripe on this day; today when left out.")
_AS_JSON = typer.Option(False, "--json", help="One JSON object.")


@app.callback()
def _group() -> None:
    """Keeps `run` a subcommand, though it is the only one."""


@app.command()
def run(day: datetime | None = _DAY, as_json: bool = _AS_JSON) -> None:
    """Announce, bill, charge or press, and stop cover past the grace. Repeated it does nothing twice.

    Policies issued before there were plans get theirs first. Exit 1 when the day has not come or an instalment could
    not be worked off.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baohe.config.settings")
    import django

    django.setup()
    from baohe.flows import billing_round
    from baohe.kernel.errors import BaoheError
    from baohe.plumbing import clock

    try:
        planned = billing_round.plan_missing()
        done = billing_round.run(day.date() if day else clock.today())
    except BaoheError as refusal:
        print(f"{refusal.message_zh} · {refusal.message_en}", file=sys.stderr)
        raise typer.Exit(1) from None
    told = {**asdict(done), "day": f"{done.day}", "planned": planned}
    said = (
        f"{done.day}  新计划 {planned}  到期 {done.fell_due}  提醒 {done.reminded}  扣款或催缴 {done.tried}  "
        f"中止或终止 {done.stopped}  没办成 {done.failed}"
    )
    print(json.dumps(told) if as_json else said)
    if done.failed:
        raise typer.Exit(1)
