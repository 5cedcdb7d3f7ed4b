"""The books: balanced at commit, never changed, corrected by reversal."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baohe.plumbing import clock
from baohe.rooms.ledger import facade, models
from baohe.rooms.ledger.contracts import Entry, Posting
from baohe.rooms.ledger.errors import EntryDiffers, UnbalancedEntry, UnknownLedgerAccount

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)

DAY = date(2026, 11, 22)


def premium(ref="policy-1", amount_fen=31200, shard_key=7, commission_bp=2500):
    postings = facade.joined(
        facade.movements.premium_received("haijia", amount_fen),
        facade.movements.commission_accrued("haijia", amount_fen * commission_bp // 10_000),
    )
    return Entry("premium_received", ref, shard_key, DAY, "保费", postings)


def raw_posting(entry_id, amount_fen, line, lines=2, shard_key=7, account="wallet/clearing"):
    models.Posting.objects.create(
        entry_id=entry_id, line=line, lines=lines, shard_key=shard_key, account=account, amount_fen=amount_fen
    )


def raw_entry(lines=2, ref="raw", **changes):
    return models.LedgerEntry.objects.create(
        id=clock.new_id(),
        shard_key=7,
        kind="test",
        ref=ref,
        business_date=DAY,
        memo="",
        recorded_at=clock.now(),
        lines=lines,
        **changes,
    )


def test_a_premium_and_its_commission_balance():
    facade.post(premium())

    assert facade.balance("wallet/clearing") == 31200
    assert facade.balances("insurer/haijia") == {
        "insurer/haijia/commission_expense": 7800,
        "insurer/haijia/premium_income": -31200,
    }
    assert facade.balance("platform/commission_earned") == -7800
    assert facade.balance("") == 0
    assert facade.check() == []


def test_the_same_fact_twice_is_one_entry():
    first = facade.post(premium())
    second = facade.post(premium())

    assert second.id == first.id
    assert models.Posting.objects.count() == 4


def test_the_same_fact_with_another_sum_is_refused():
    facade.post(premium())
    with pytest.raises(EntryDiffers):
        facade.post(premium(amount_fen=31300))
    assert facade.balance("wallet/clearing") == 31200


@committed
def test_eight_writers_of_one_fact_leave_one_entry():
    failures = []

    def write():
        try:
            facade.post(premium())
        except BaseException as failure:  # noqa: BLE001 - a thread's failure must reach the test
            failures.append(failure)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert failures == []
    assert models.LedgerEntry.objects.count() == 1
    assert facade.balance("wallet/clearing") == 31200


@pytest.mark.parametrize(
    "amounts", [(100, -99), (100, -50, -49), (1, 1)], ids=["off by one", "three lines off", "two debits"]
)
def test_an_unbalanced_entry_is_refused_before_it_is_written(amounts):
    postings = tuple(Posting("wallet/clearing", amount) for amount in amounts)
    with pytest.raises(UnbalancedEntry):
        facade.post(Entry("test", "x", 1, DAY, "", postings))
    assert models.LedgerEntry.objects.count() == 0


@committed
def test_an_unbalanced_entry_written_past_the_door_is_refused_at_commit():
    with pytest.raises(IntegrityError, match="does not add up to 0"), transaction.atomic():
        entry = raw_entry()
        raw_posting(entry.id, 100, 1)
        raw_posting(entry.id, -99, 2)
    assert models.LedgerEntry.objects.count() == 0


@committed
def test_an_entry_without_postings_is_refused_at_commit():
    with pytest.raises(IntegrityError, match="has 0 of its 2 postings"), transaction.atomic():
        raw_entry()
    assert models.LedgerEntry.objects.count() == 0


def test_an_entry_of_one_posting_is_refused():
    with pytest.raises(IntegrityError, match="entry_two_lines"), transaction.atomic():
        raw_entry(lines=1)


def test_a_balanced_entry_may_be_written_line_by_line():
    with transaction.atomic():
        entry = raw_entry()
        raw_posting(entry.id, 100, 1)
        raw_posting(entry.id, -100, 2, account="suspense/wallet")
    assert facade.check() == []


@committed
@pytest.mark.parametrize(
    ("line", "lines"), [(1, 4), (5, 4), (5, 5), (1, 2)], ids=["taken", "beyond", "other count", "both"]
)
def test_a_committed_entry_never_gets_another_posting(line, lines):
    entry = facade.post(premium())
    with pytest.raises(IntegrityError), transaction.atomic():
        raw_posting(entry.id, 5, line, lines=lines)
    assert facade.balance("wallet/clearing") == 31200


@committed
def test_even_a_balanced_pair_cannot_join_an_old_entry():
    entry = facade.post(premium())
    with pytest.raises(IntegrityError), transaction.atomic():
        raw_posting(entry.id, 5, 5, lines=6)
        raw_posting(entry.id, -5, 6, lines=6)
    assert models.Posting.objects.count() == 4


@committed
def test_a_posting_carries_the_shard_of_its_entry():
    with pytest.raises(IntegrityError, match="posting_belongs"), transaction.atomic():
        entry = raw_entry()
        raw_posting(entry.id, 100, 1, shard_key=8)
        raw_posting(entry.id, -100, 2, shard_key=8)


def test_a_posting_of_zero_is_refused():
    with pytest.raises(IntegrityError, match="posting_not_zero"), transaction.atomic():
        entry = raw_entry()
        raw_posting(entry.id, 0, 1)


@committed
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_posting SET amount_fen = amount_fen + 1",
        "DELETE FROM ledger_posting",
        "UPDATE ledger_ledgerentry SET memo = 'x'",
        "DELETE FROM ledger_ledgerentry",
        "TRUNCATE ledger_posting",
        "TRUNCATE ledger_ledgerentry CASCADE",
    ],
)
def test_what_is_written_stays(sql):
    facade.post(premium())
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert models.Posting.objects.count() == 4


def test_a_reversal_is_the_mirror_and_happens_once():
    entry = facade.post(premium())
    first = facade.reverse(entry.id, DAY, "更正")
    second = facade.reverse(entry.id, DAY, "更正")

    assert first.id == second.id
    assert first.reverses == entry.id
    assert set(facade.balances().values()) == {0}
    assert facade.check() == []


def test_an_account_outside_the_chart_is_refused():
    postings = (Posting("wallet/clearing", 1), Posting("pocket/boss", -1))
    with pytest.raises(UnknownLedgerAccount):
        facade.post(Entry("test", "x", 1, DAY, "", postings))
    assert models.LedgerEntry.objects.count() == 0


def test_many_entries_go_in_together_or_not_at_all():
    entries = [premium(ref=f"p{n}", amount_fen=100 + n) for n in range(50)]
    assert facade.post_many(entries) == 200
    with pytest.raises(IntegrityError), transaction.atomic():
        facade.post_many([premium(ref="new"), premium(ref="p3")])

    assert models.LedgerEntry.objects.count() == 50
    assert facade.balance("wallet/clearing") == sum(100 + n for n in range(50))
    assert facade.check() == []


@committed
def test_copy_cannot_smuggle_an_unbalanced_entry():
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        id_ = clock.new_id()
        with cursor.copy(
            "COPY ledger_ledgerentry (id, shard_key, kind, ref, business_date, memo, recorded_at, lines) FROM STDIN"
        ) as copy:
            copy.write_row((id_, 1, "test", "c", DAY, "", clock.now(), 2))
        with cursor.copy(
            "COPY ledger_posting (entry_id, line, lines, shard_key, account, amount_fen, currency) FROM STDIN"
        ) as copy:
            copy.write_row((id_, 1, 2, 1, "wallet/clearing", 5, "CNY"))
            copy.write_row((id_, 2, 2, 1, "suspense/wallet", -4, "CNY"))


def test_a_statement_is_paged_newest_first():
    for n in range(5):
        facade.post(premium(ref=f"p{n}", amount_fen=100 + n))
    page = facade.statement("wallet/clearing", page=2, size=2)

    assert page.total == 5
    assert [line.amount_fen for line in page.items] == [102, 101]


def test_a_branch_ends_at_a_slash():
    facade.post(premium())
    assert facade.balance("insurer/hai") == 0
    assert facade.balance("insurer/haijia") == 7800 - 31200


def test_check_names_a_switched_off_trigger():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_posting DISABLE TRIGGER posting_only_grows")
    try:
        assert facade.check() == ["trigger switched off or missing: posting_only_grows"]
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE ledger_posting ENABLE TRIGGER posting_only_grows")


@committed
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    amounts=st.lists(st.integers(-(10**12), 10**12).filter(bool), min_size=1, max_size=8),
    nudge=st.sampled_from([0, 0, 1, -1]),
)
def test_the_database_accepts_exactly_what_adds_up(amounts, nudge):
    closing = -sum(amounts) + nudge
    lines = [*amounts, closing]
    fits = closing != 0 and nudge == 0
    before = models.LedgerEntry.objects.count()
    try:
        with transaction.atomic():
            entry = raw_entry(lines=len(lines), ref=str(clock.new_id()))
            for number, amount in enumerate(lines, start=1):
                raw_posting(entry.id, amount, number, lines=len(lines))
    except IntegrityError:
        written = False
    else:
        written = True
    assert written is fits
    assert models.LedgerEntry.objects.count() == before + fits
