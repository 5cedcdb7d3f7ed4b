"""`baohe rating …`: life functions from mortality tables, and the delay index of a flight. No database is needed."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import typer

from baohe.kernel.errors import BaoheError, InvalidInput
from baohe.rooms.actuarial import facade as actuarial

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)
_AS_JSON = typer.Option(False, "--json", help="One line of JSON.")
_TABLES = typer.Option(None, "--tables", help="A folder with more editions.", exists=True, file_okay=False)
_LONGEST_REQUEST = 64 * 1024


@app.command()
def life(as_json: bool = _AS_JSON, tables: Path | None = _TABLES) -> None:
    """Net premium and reserves of ONE request, read as JSON from standard input.

    Refusals are a problem document (JSON) on standard error, exit code 2.
    """
    try:
        answered = actuarial.answer(_request(), tables)
    except BaoheError as refusal:
        _refuse(refusal)
    if as_json:
        print(json.dumps(answered, ensure_ascii=False))
        return
    basis = answered["basis"]
    print(f"{basis['name']['zh']} · {basis['name']['en']}")
    print(f"净保费 · net premium a year  ¥{answered['net_premium']}  × {basis['premium_years']}")
    print("年度末准备金 · reserves")
    for year, reserve in enumerate(answered["reserves"]):
        print(f"  {year:>3}  {reserve:>20}")


@app.command()
def flight(
    past_flights: int = typer.Argument(..., help="Flights counted, 10 or more."),
    late_15: int = typer.Option(0, help="Arrived 15 to 29 minutes late."),
    late_30: int = typer.Option(0, help="Arrived 30 to 44 minutes late."),
    late_45: int = typer.Option(0, help="Arrived 45 minutes late or more."),
    cancelled: int = typer.Option(0, help="Cancelled."),
    diverted: int = typer.Option(0, help="Diverted or returned."),
) -> None:
    """The delay index of a flight's record, in hundredths, as the flight delay tariff reads it."""
    counts = {
        "late_15": late_15,
        "late_30": late_30,
        "late_45": late_45,
        "cancelled": cancelled,
        "diverted": diverted,
    }
    try:
        index = actuarial.delay_index(past_flights, counts)
    except BaoheError as refusal:
        _refuse(refusal)
    print(json.dumps({"past_flights": past_flights, "delay_index": index}))


@app.command("tables")
def list_tables(as_json: bool = _AS_JSON, tables: Path | None = _TABLES) -> None:
    """The editions there are, and their tables."""
    try:
        found = actuarial.editions(tables)
    except BaoheError as refusal:
        _refuse(refusal)
    for edition in found.values():
        for used in edition.tables.values():
            facts = {
                "edition": edition.code,
                "table": used.code,
                "sex": used.sex,
                "role": used.role,
                "name": used.name.zh,
                "in_force_from": edition.in_force_from.isoformat(),
                "ages": [used.first_age, used.last_age],
            }
            print(json.dumps(facts, ensure_ascii=False) if as_json else "  ".join(map(str, facts.values())))


def _request() -> dict[str, Any]:
    text = sys.stdin.buffer.read(_LONGEST_REQUEST + 1)
    if len(text) > _LONGEST_REQUEST:
        raise InvalidInput(field="body", reason_zh="不得超过 64 KB", reason_en="is at most 64 KB")
    try:
        request = json.loads(
            text.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_once
        )
    except (ValueError, RecursionError):
        raise InvalidInput(field="body", reason_zh="不是合法的 JSON", reason_en="is not well-formed JSON") from None
    if not isinstance(request, dict):
        raise InvalidInput(field="body", reason_zh="应为一个 JSON 对象", reason_en="should be one JSON object")
    return request


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two values for one name are refused: which one counts would be a guess."""
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(name for name, _ in pairs if [other for other, _ in pairs].count(name) > 1)
        raise InvalidInput(field=twice[:40], reason_zh="写了两次", reason_en="is given twice")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _refuse(refusal: BaoheError) -> NoReturn:
    print(json.dumps(refusal.problem(), ensure_ascii=False), file=sys.stderr)
    raise typer.Exit(2)
