"""A statement stays as it was signed: in the database, against the ledger, on record and as a file."""

from __future__ import annotations

import json
import tracemalloc
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from typer.testing import CliRunner

from baohe.cli.settlement import app
from baohe.flows import settle_period
from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.facade import movements
from baohe.rooms.settlement import facade
from baohe.rooms.settlement.models import Statement
from baohe.rooms.settlement.tests.stated import close, file, of, september
from baohe.rooms.settlement.tests.world import SEPTEMBER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def november():
    with clock.travel(datetime(2026, 11, 22, 4, tzinfo=UTC)):
        yield


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("ledger_ledgerentry", "memo = 'x' WHERE kind = 'premium_refunded'"),
        ("settlement_statement", "content = overlay(content placing '7'::bytea from 40)"),
        ("settlement_statement", "signature = 'x'"),
    ],
)
def test_the_check_names_a_statement_that_somebody_changed_behind_its_back(table, change):
    september()
    settle_period.run(SEPTEMBER)
    assert facade.problems() == []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE {table} SET {change}")

    assert f"statement {of('haijia').number} no longer agrees with the ledger" in facade.problems()


def test_a_long_month_is_checked_without_holding_it():
    ledger.post_many(
        [
            ledger.Entry("premium_received", f"{n}", 7, SEPTEMBER, "保单", movements.premium_received("haijia", 1))
            for n in range(6_000)
        ]
    )
    with connection.cursor() as cursor:  # nobody else can see these rows yet, so nobody counts them for the planner
        cursor.execute("ANALYZE ledger_ledgerentry, ledger_posting")
    close(SEPTEMBER)
    settle_period.run(SEPTEMBER)
    tracemalloc.start()
    try:
        assert facade.problems() == []
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 6 * 1024 * 1024


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE settlement_statement SET closing_fen = closing_fen + 1, moved_fen = moved_fen + 1",
        "UPDATE settlement_statement SET content = content || '\\x20'",
        "UPDATE settlement_statement SET superseded_at = now(), reason = 'x', edition = 2",
        "DELETE FROM settlement_statement",
        "TRUNCATE settlement_statement CASCADE",
    ],
)
def test_the_database_refuses_to_change_a_statement(change):
    september()
    settle_period.run(SEPTEMBER)
    before = file(of("haijia"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert file(of("haijia")) == before


def test_a_new_edition_takes_the_place_of_the_old_one_which_stays():
    september()
    settle_period.run(SEPTEMBER)
    old = of("haijia")
    with pytest.raises(InvalidInput):
        facade.supersede(old.id, " ")
    new = facade.supersede(old.id, "名称变更")

    assert (new.edition, new.reason, new.closing_fen) == (2, "名称变更", old.closing_fen)
    assert of("haijia").id == new.id
    assert not facade.statement(old.id).is_current
    assert facade.check_file(file(facade.statement(old.id))).genuine
    with pytest.raises(DatabaseError), transaction.atomic():
        Statement.objects.filter(id=old.id).update(superseded_at=None)


def test_its_digest_is_on_record():
    september()
    settle_period.run(SEPTEMBER)
    evidence.integrate()
    found = evidence.proof(str(of("haijia").id))

    assert found is not None and found.kind == "statement_issued"
    assert found.opening.facts["digest"] == of("haijia").digest


def test_each_changed_byte_is_detected(a_file):
    for place, byte in enumerate(a_file):
        changed = bytes([byte ^ 1 << place % 8])
        assert not facade.check_file(a_file[:place] + changed + a_file[place + 1 :]).genuine
    assert not facade.check_file(a_file + b"\n").genuine
    assert not facade.check_file(a_file[:-1]).genuine


@pytest.fixture
def a_file(db):
    september()
    settle_period.run(SEPTEMBER)
    content = file(of("haijia"))
    assert facade.check_file(content).genuine
    return content


def test_lines_of_another_statement_are_detected(a_file):
    told, other = json.loads(a_file), json.loads(file(of("songtao")))
    told["lines"] = other["lines"]
    forged = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()

    assert not facade.check_file(forged).genuine


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b"[" * 100_000, b"\xff\xfe", b'{"statement":1.5}'])
def test_anything_else_is_no_statement(content):
    assert not facade.check_file(content).genuine


@pytest.mark.django_db(transaction=True)
def test_a_person_at_a_terminal_issues_and_verifies(tmp_path):
    september()
    refused = CliRunner().invoke(app, ["run", "2026-10"])
    answer = CliRunner().invoke(app, ["run", "2026-09", "--json"])
    path = tmp_path / "statement.json"
    path.write_bytes(file(of("haijia")))
    good = CliRunner().invoke(app, ["verify", str(path), "--json"])
    path.write_bytes(path.read_bytes().replace(b"-12000", b"-12001"))
    bad = CliRunner().invoke(app, ["verify", str(path)])

    assert (refused.exit_code, answer.exit_code, good.exit_code, bad.exit_code) == (1, 0, 0, 1)
    assert [json.loads(line)["made"] for line in answer.stdout.splitlines()] == [True, True]
    assert json.loads(good.stdout)["closing_fen"] == -12_000
    assert CliRunner().invoke(app, ["verify", str(tmp_path / "none")]).exit_code == 2
