"""`baohe check`: is everything in order?"""

from __future__ import annotations

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


def _problems() -> list[tuple[str, str]]:
    return [
        *(("ledger", problem) for problem in _ledger()),
        *(("payments", problem) for problem in _payments()),
        *(("settlement", problem) for problem in _settlement()),
        *(("commission", problem) for problem in _commission()),
        *(("reconciliation", problem) for problem in _reconciliation()),
        *(("evidence", problem) for problem in _evidence()),
        *(("allowances", problem) for problem in _allowances()),
        *(("outbox", problem) for problem in _outbox()),
        *(("tables", problem) for problem in _tables()),
    ]


def _ledger() -> list[str]:
    from baohe.rooms.ledger import facade as ledger

    return ledger.check()


def _payments() -> list[str]:
    from baohe.rooms.payments import facade as payments

    return payments.check()


def _settlement() -> list[str]:
    from baohe.rooms.settlement import facade as settlement

    return settlement.problems()


def _commission() -> list[str]:
    from baohe.rooms.commission import facade as commission

    return commission.problems()


def _reconciliation() -> list[str]:
    from baohe.rooms.reconciliation import facade as reconciliation

    return reconciliation.problems()


def _evidence() -> list[str]:
    from baohe.rooms.evidence import facade as evidence

    return list(evidence.problems())


def _allowances() -> list[str]:
    from baohe.rooms.allowances import facade as allowances

    return allowances.problems()


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
