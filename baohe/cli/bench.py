"""`baohe bench [NAME…]`: each number beside what the reference reached in the same run.

A measure is a file of `bench/` with a function `measure() -> Measure`; `bench/quote_vector.py` is `quote.vector`, and
two underscores are one in the name. One that works out several figures at once answers `{whole name: Measure}`.
It runs on a scratch installation, with Django ready and the tables made.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
_FOLDER = Path(__file__).resolve().parents[2] / "bench"


@dataclass(frozen=True, slots=True)
class Measure:
    """`value` of ours and `limit` of the reference, in the same `unit`, from the same run."""

    value: float
    unit: str
    limit: float


class NotMeasured(Exception):
    """Something the measure needs is not on this machine; the sentence says what. It is no failure and no figure."""


@app.command()
def bench(
    names: list[str] = typer.Argument(None, help="Which measures; all when none is named."),  # noqa: B008 - Typer's way
    as_json: bool = typer.Option(False, "--json", help="Only the JSON lines, without the table."),
) -> None:
    """Measure, print one JSON object a line, and a table at the end."""
    from baohe.launch.session import scratch

    files = {_name(path): path for path in sorted(_FOLDER.glob("[a-z]*.py"))}
    unknown = set(names or []) - set(files)
    if unknown:
        print(f"没有 {', '.join(sorted(unknown))}；有 · known: {', '.join(files)}", file=sys.stderr)
        raise typer.Exit(2)
    # Measures of one table share its reading, and an installed `baohe` does not stand in the checkout.
    sys.path.insert(0, str(_FOLDER.parent))
    rows = []
    with scratch():
        for name in names or files:
            try:
                measured = _measure_of(files[name])()
            except NotMeasured as why:
                print(f"{name}: 没有测 · not measured: {why}", file=sys.stderr, flush=True)
                continue
            for told, measure in measured.items() if isinstance(measured, dict) else ((name, measured),):
                rows.append(_row(told, measure))
                print(json.dumps(rows[-1]), flush=True)
    if not as_json:
        _table(rows)


def _name(path: Path) -> str:
    return "_".join(part.replace("_", ".") for part in path.stem.split("__"))


def _measure_of(path: Path) -> Callable[[], Measure | dict[str, Measure]]:
    spec = importlib.util.spec_from_file_location(f"bench_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    found: Callable[[], Measure | dict[str, Measure]] = module.measure
    return found


def _row(name: str, measure: Measure) -> dict[str, object]:
    return {
        "name": name,
        "value": round(measure.value, 2),
        "unit": measure.unit,
        "limit": round(measure.limit, 2),
        "ratio": round(measure.value / measure.limit, 4) if measure.limit else 0,
    }


def _table(rows: list[dict[str, object]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table("measure", "value", "unit", "reference", "ratio")
    for row in rows:
        table.add_row(*(str(row[key]) for key in ("name", "value", "unit", "limit", "ratio")))
    Console().print(table)
