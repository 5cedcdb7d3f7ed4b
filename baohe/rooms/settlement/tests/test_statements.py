"""Statements: what the books say, once, signed, for ever."""

from __future__ import annotations

import json
import threading
import tracemalloc
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from baohe.cli.settlement import app
from baohe.flows import settle_period
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.facade import movements
from baohe.rooms.partners import facade as partners
from baohe.rooms.settlement import facade
from baohe.rooms.settlement.errors import MonthNotClosed
from baohe.rooms.settlement.models import Statement

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
CHENG = UUID("019307a2-0000-7000-8000-000000000001")


@pytest.fixture(autouse=True)
def november():
    with clock.travel(datetime(2026, 11, 22, 4, tzinfo=UTC)):
        yield


def post(ref, month, postings, kind="premium_received"):
    return ledger.post(ledger.Entry(kind, ref, 7, month.replace(day=20), f"保单 {ref}", postings))


def close(month):
    return ledger.close_month(month, CHENG, "程立")


def september():
    post("a", SEPTEMBER, movements.premium_received("haijia", 10_000))
    post("b", SEPTEMBER, movements.premium_received("haijia", 2_500))
    post("b", SEPTEMBER, movements.refund_decided("haijia", 500), "premium_refunded")
    post("c", SEPTEMBER, movements.premium_received("songtao", 777))
    close(SEPTEMBER)


def of(code, month=SEPTEMBER):
    return facade.statements(month=month, branch=f"insurer/{code}")[0][0]


def file(statement):
    return b"".join(facade.file_of(statement))


def test_a_statement_is_what_the_books_say():
    september()
    done = settle_period.run(SEPTEMBER)

    assert [one.party.code for one in done.made] == ["haijia", "songtao"]
    told = of("haijia")
    assert (told.opening_fen, told.closing_fen, told.lines) == (0, -12_000, 3)
    assert [(t.kind, t.lines, t.amount_fen) for t in told.totals] == [
        ("premium_received", 2, -12_500),
        ("premium_refunded", 1, 500),
    ]
    assert told.closing_fen == ledger.balance("insurer/haijia")
    assert [line.amount_fen for line in facade.lines(told)] == [-10_000, -2_500, 500]
    assert [line.number for line in facade.lines(told, page=2, size=2)] == [3]


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


def test_the_next_month_opens_where_the_last_one_closed():
    september()
    post("d", OCTOBER, movements.premium_received("haijia", 1))
    close(OCTOBER)
    settle_period.run(SEPTEMBER)
    settle_period.run(OCTOBER)

    assert (of("haijia", OCTOBER).opening_fen, of("haijia", OCTOBER).closing_fen) == (-12_000, -12_001)
    assert (of("songtao", OCTOBER).lines, of("songtao", OCTOBER).closing_fen) == (0, -777)
    assert facade.problems() == []


def test_a_correction_stands_in_the_next_statement_and_the_last_one_stays():
    wrong = post("a", SEPTEMBER, movements.premium_received("haijia", 10_000))
    close(SEPTEMBER)
    settle_period.run(SEPTEMBER)
    before = file(of("haijia"))
    ledger.reverse(wrong.id, SEPTEMBER, "记错")
    close(OCTOBER)
    settle_period.run(OCTOBER)

    assert file(of("haijia")) == before
    assert [(t.kind, t.amount_fen) for t in of("haijia", OCTOBER).totals] == [("reversal", 10_000)]


def test_an_open_month_has_no_statement_and_nothing_happens():
    post("a", SEPTEMBER, movements.premium_received("haijia", 10_000))
    with pytest.raises(MonthNotClosed):
        settle_period.run(SEPTEMBER)
    party = facade.keep_party("insurer", "haijia", "海岬健康", "insurer/haijia")
    with pytest.raises(MonthNotClosed):
        facade.issue(party.id, SEPTEMBER)

    assert Statement.objects.count() == 0


@pytest.mark.field_bug(21)
def test_a_month_is_told_once_however_often_it_is_run():
    september()
    first = settle_period.run(SEPTEMBER)
    again = settle_period.run(SEPTEMBER)

    assert (len(first.made), len(first.already)) == (2, 0)
    assert (again.made, again.already) == ((), first.made)
    assert Statement.objects.count() == 2


@committed
@pytest.mark.field_bug(21)
def test_who_comes_while_a_statement_is_being_made_gets_that_one():
    september()
    party = facade.keep_party("insurer", "haijia", "海岬健康", "insurer/haijia")
    answers = []

    def second():
        try:
            with clock.travel(datetime(2026, 11, 22, 4, tzinfo=UTC)):
                answers.append(facade.issue(party.id, SEPTEMBER))
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        first, fresh = facade.issue(party.id, SEPTEMBER)
        thread.start()
        while not _somebody_waits():
            thread.join(0.02)
            assert thread.is_alive()
    thread.join()
    assert fresh
    assert answers == [(first, False)]
    assert Statement.objects.count() == 1


def _somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database()) OR NOT granted"
            " AND locktype = 'transactionid')"
        )
        return cursor.fetchone()[0]


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


ONE = st.tuples(
    st.sampled_from(["haijia", "songtao", "yizhan"]),
    st.sampled_from([SEPTEMBER, OCTOBER]),
    st.sampled_from(["in", "refund", "claim", "commission"]),
    st.integers(1, 10**9),
)
_BY_KIND = {
    "in": movements.premium_received,
    "refund": movements.refund_decided,
    "claim": movements.claim_agreed,
    "commission": movements.commission_accrued,
}


@settings(max_examples=25, deadline=None, database=None)
@given(facts=st.lists(ONE, min_size=1, max_size=12))
def test_the_statements_add_up_to_the_ledger(facts):
    with transaction.atomic():
        for n, (code, month, kind, fen) in enumerate(facts):
            post(f"{n}", month, _BY_KIND[kind](code, fen), f"fact_{kind}")
        first = ledger.first_open_month()
        for month in (SEPTEMBER, OCTOBER):
            if month >= first:
                close(month)
        made = settle_period.run(OCTOBER).made

        assert sum(one.closing_fen for one in made) == sum(ledger.balances("insurer").values())
        for one in made:
            assert one.closing_fen == ledger.balance(one.party.branch)
            assert one.opening_fen + sum(total.amount_fen for total in one.totals) == one.closing_fen
        assert facade.problems() == []
        transaction.set_rollback(True)


def test_a_partner_is_named_by_its_code_and_another_partys_statement_is_not_found():
    shop = partners.create_partner("shop", "晴天小店")
    post("p", SEPTEMBER, movements.bulk_premium(shop.id, "haijia", 333), "bulk_premium")
    close(SEPTEMBER)
    settle_period.run(SEPTEMBER)
    told = facade.statements(branch=f"partner/{shop.id}")[0][0]

    assert (told.number, told.party.name, told.closing_fen) == ("202609-partner-shop-1", "晴天小店", 333)
    with pytest.raises(NotFound):
        facade.statement(told.id, branch="insurer/haijia")


@committed
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
