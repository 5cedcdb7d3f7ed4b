"""`baohe check`: is everything in order?"""

from __future__ import annotations

import importlib
import json

import typer

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def check(as_json: bool = typer.Option(False, "--json", help="One JSON object a line.")) -> None:
    """Ledger balanced, no event given up, tables up to date, database safe. Exit 0 when all is well, 1 when not."""
    from baohe.launch.session import django_ready

    with django_ready():
        problems = _problems()
    for area, problem in problems:
        print(json.dumps({"area": area, "problem": problem}, ensure_ascii=False) if as_json else f"{area}: {problem}")
    if problems:
        raise typer.Exit(1)
    if not as_json:
        print("一切正常 · all is well")


_ROOMS = {
    "ledger": "check",
    "payments": "check",
    "reconciliation": "problems",
    "billing": "problems",
    "commission": "problems",
    "settlement": "problems",
    "claims": "problems",
    "disbursements": "problems",
    "allowances": "problems",
    "recordings": "problems",
    "evidence": "problems",
    "suitability": "problems",
    "call_backs": "problems",
    "service_clocks": "problems",
    "identification": "problems",
    "parametric": "problems",
    "assents": "problems",
    "underwriting": "problems",
}
"""Room → the function of its facade that names what is wrong, in sentences."""


def _problems() -> list[tuple[str, str]]:
    of_rooms = [(room, problem) for room, name in _ROOMS.items() for problem in _ask(room, name)]
    return [
        *of_rooms,
        *(("outbox", problem) for problem in _outbox()),
        *(("tables", problem) for problem in _tables()),
    ]


def _ask(room: str, name: str) -> list[str]:
    facade = importlib.import_module(f"baohe.rooms.{room}.facade")  # late: Django must be ready
    return list(getattr(facade, name)())


def _outbox() -> list[str]:
    from baohe.plumbing.models import OutboxEvent

    parked = OutboxEvent.objects.filter(parked_at__isnull=False).values_list("topic", "subject", "last_error")[:100]
    return [f"{topic} {subject} gave up: {error}" for topic, subject, error in parked]


def _tables() -> list[str]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"migration {migration.app_label}.{migration.name} is not applied" for migration, _ in plan]
