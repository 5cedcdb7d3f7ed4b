"""The platform's own role may add to the books and not change them, whatever it asks for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from baohe.launch import data_folder
from baohe.launch.postgres import grants, server
from baohe.launch.postgres.server import Addresses
from baohe.launch.supervisor import Supervisor

_ROW, _BEFORE, _DELETE, _UPDATE = 1, 2, 8, 16  # pg_trigger.tgtype


@pytest.fixture(scope="module")
def addresses(prepared: Path) -> Iterator[Addresses]:
    supervisor = Supervisor(print)
    with data_folder.hold(prepared, "pytest") as folder:
        yield server.start(server.open_cluster(folder), supervisor)
        supervisor.stop()


@pytest.mark.parametrize("table", grants.ONLY_GROW)
@pytest.mark.parametrize("change", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET shard_key = 1"])
def test_what_only_grows_cannot_be_changed(addresses: Addresses, table: str, change: str) -> None:
    with psycopg.connect(addresses.application) as application:
        columns = application.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table]
        ).fetchall()
        changeable = [name for (name,) in columns if name not in grants.MAY_CHANGE.get(table, ())]
        sentence = change.format(table).replace("shard_key = 1", f'"{changeable[0]}" = NULL')
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "ALTER TABLE ledger_posting DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "DROP TABLE ledger_posting",
        "DELETE FROM django_migrations",
    ],
)
def test_the_guards_cannot_be_switched_off(addresses: Addresses, sentence: str) -> None:
    with (
        psycopg.connect(addresses.application) as application,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        application.execute(sentence)


def test_the_platform_can_do_its_work(addresses: Addresses) -> None:
    with psycopg.connect(addresses.application) as application:
        application.execute(
            "INSERT INTO plumbing_rememberedanswer (scope, key, request_hash, status, body, created_at)"
            " VALUES ('test', 'k', 'h', 200, '{}', now())"
        )
        assert application.execute("DELETE FROM plumbing_rememberedanswer WHERE scope = 'test'").rowcount == 1
        application.execute("CREATE TEMPORARY TABLE own (id int)")


@pytest.mark.parametrize("table", grants.MAY_CHANGE)
def test_the_sequencer_can_do_its_work(addresses: Addresses, table: str) -> None:
    """Without a place no leaf is ever signed for, and nothing but the worker's log would say so."""
    with psycopg.connect(addresses.application) as application:
        application.execute(f"SELECT id FROM {table} LIMIT 1 FOR UPDATE")
        for column in grants.MAY_CHANGE[table]:
            application.execute(f"UPDATE {table} SET {column} = {column} WHERE id IS NULL")


@pytest.mark.django_db
def test_every_growing_table_is_named() -> None:
    """A table whose triggers refuse every change and that is not in the list would lean on its triggers alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal AND p.prosrc !~ 'RETURN NEW'"
            " AND t.tgtype & %s = %s",
            [_ROW | _BEFORE | _DELETE | _UPDATE] * 2,
        )
        growing = {table for (table,) in cursor.fetchall()}
    assert growing
    assert growing - set(grants.ONLY_GROW) == set()
