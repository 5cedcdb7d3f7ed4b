"""`baohe underwriting …`: decide a stored declaration again, and check a rule set."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from uuid import UUID

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)
_AS_JSON = typer.Option(False, "--json", help="One JSON object.")


@app.command()
def replay(
    declaration_id: UUID = typer.Argument(..., help="The declaration's id."),  # noqa: B008 - Typer's way
    as_json: bool = _AS_JSON,
) -> None:
    """Decide again from the stored answers, facts and rule set. Exit 1 when the answer differs from the stored one."""
    _setup()
    from baohe.kernel.errors import BaoheError
    from baohe.rooms.underwriting import facade as underwriting

    try:
        declared = underwriting.declaration_by_id(declaration_id)
        again = underwriting.replay(declaration_id)
        lines = underwriting.explain(declaration_id)
    except BaoheError as refusal:
        print(f"{refusal.message_zh} · {refusal.message_en}", file=sys.stderr)
        raise typer.Exit(1) from None
    same = again == declared.decision
    if as_json:
        fired = [
            {"table": line.table.zh, "row": line.row, "when": list(line.conditions), "said": line.said.as_dict()}
            for line in lines
        ]
        told = {"same": same, "decision": again.as_dict(), "fired": fired}
        print(json.dumps(told | {"occupation_edition": declared.occupation_edition}, ensure_ascii=False))
    else:
        print(f"{again.outcome}  {again.rule_version}  {again.input_hash}")
        if declared.occupation_edition:
            print(f"  职业分类表 {declared.occupation_edition} · occupation list {declared.occupation_edition}")
        print(*(f"  {reason.text.zh} · {reason.text.en}" for reason in again.reasons), sep="\n")
        for line in lines:
            print(f"  {line.table.zh} / {line.row}：{'；'.join(line.conditions) or '任意'} → {line.said.zh}")
        print("与当时一致 · the same as stored" if same else "与当时不同 · NOT the same as stored")
    if not same:
        raise typer.Exit(1)


@app.command()
def check(
    file: Path = typer.Argument(..., help="A rule set as JDM JSON.", exists=True, dir_okay=False),  # noqa: B008 - Typer's way
    as_json: bool = _AS_JSON,
) -> None:
    """Prove a rule set: no hole, no overlap, nothing that refuses. Exit 1 with everything that is wrong."""
    _setup()
    from baohe.rooms.underwriting import facade as underwriting

    faults = underwriting.faults_of(file.read_text(encoding="utf-8"))
    if as_json:
        print(json.dumps({"faults": [fault.as_dict() for fault in faults]}, ensure_ascii=False))
    else:
        print(*(f"{f.place}: {f.said.zh} · {f.said.en}" for f in faults) if faults else ("通过 · ok",), sep="\n")
    if faults:
        raise typer.Exit(1)


def _setup() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baohe.config.settings")
    import django

    django.setup()
