"""The whole ledger beside a plain reference that has nothing but lists: after every step both say the same.

1,000 seeds. Each example lives in a savepoint of its own; the deferred triggers are made to speak after every write.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, multiple, rule, run_state_machine_as_test

from baohe.kernel.dates import add_months
from baohe.plumbing import clock
from baohe.rooms.ledger import facade
from baohe.rooms.ledger.contracts import Entry, Posting
from baohe.rooms.ledger.errors import EntryDiffers, MonthNotClosable, UnbalancedEntry, UnknownLedgerAccount
from baohe.rooms.ledger.rules.entries import mirrored

CHENG = UUID("019307a2-0000-7000-8000-000000000001")
ACCOUNTS = (
    "wallet/clearing",
    "suspense/wallet",
    "refunds/payable",
    "insurer/haijia/premium_income",
    "insurer/haijia/claims_paid",
    "insurer/hai/premium_income",
    "platform/commission_earned",
)
BRANCHES = ("", "insurer", "insurer/haijia", "insurer/hai", "wallet", "suspense/wallet")
FIRST = date(2026, 1, 1)
AMOUNTS = st.integers(-(10**12), 10**12).filter(bool)


@dataclass
class Reference:
    """Postings by month and account, facts by name. No database, no cache, no cleverness."""

    facts: dict[tuple[str, str], tuple[Posting, ...]] = field(default_factory=dict)
    lines: list[tuple[date, str, int]] = field(default_factory=list)
    closed_through: date | None = None

    def add(self, entry: Entry) -> None:
        month = entry.business_date.replace(day=1)
        if self.closed_through is not None and month <= self.closed_through:
            month = add_months(self.closed_through, 1)
        self.facts[(entry.kind, entry.ref)] = entry.postings
        self.lines += [(month, posting.account, posting.amount_fen) for posting in entry.postings]

    def balance(self, branch: str) -> int:
        return sum(fen for _, account, fen in self.lines if f"{account}/".startswith(f"{branch}/" if branch else ""))

    def trial(self, month: date) -> dict[str, tuple[int, int, int]]:
        rows: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for when, account, fen in self.lines:
            if when < month:
                rows[account][0] += fen
            elif when == month:
                rows[account][1 if fen > 0 else 2] += abs(fen)
        return {account: (row[0], row[1], row[2]) for account, row in rows.items()}


class Books(RuleBasedStateMachine):
    entries = Bundle("entries")

    def __init__(self) -> None:
        super().__init__()
        self.reference = Reference()
        self.today = date(2026, 3, 15)
        self.made = 0
        self.savepoint = transaction.savepoint()

    def teardown(self) -> None:
        try:
            assert facade.check() == []
            for month in {when for when, _, _ in self.reference.lines}:
                assert self._trial(month) == self.reference.trial(month)
        finally:
            transaction.savepoint_rollback(self.savepoint)

    @initialize(day=st.integers(0, 40))
    def begin(self, day: int) -> None:
        self._post(self._entry([("wallet/clearing", 100)], day))

    @rule(
        target=entries,
        moves=st.lists(st.tuples(st.sampled_from(ACCOUNTS), AMOUNTS), min_size=1, max_size=4),
        day=st.integers(0, 100),
    )
    def post(self, moves: list[tuple[str, int]], day: int) -> object:
        entry = self._entry(moves, day)
        return multiple() if entry is None else self._post(entry)

    @rule(
        moves=st.lists(st.tuples(st.sampled_from(ACCOUNTS), AMOUNTS), min_size=1, max_size=3), day=st.integers(0, 100)
    )
    def post_many(self, moves: list[tuple[str, int]], day: int) -> None:
        found = [self._entry([move], day) for move in moves]
        made = [entry for entry in found if entry is not None]
        facade.post_many(made)
        self._let_triggers_speak()
        for entry in made:
            self.reference.add(entry)
        self._agree()

    @rule(entry=entries)
    def repeat(self, entry: Entry) -> None:
        facade.post(entry)
        self._agree()

    @rule(entry=entries, more=st.integers(1, 1_000))
    def repeat_with_another_sum(self, entry: Entry, more: int) -> None:
        first, second, *rest = entry.postings
        other = (
            Posting(first.account, first.amount_fen + more or 1),
            Posting(second.account, second.amount_fen - more or -1),
            *rest,
        )
        changed = Entry(entry.kind, entry.ref, 7, entry.business_date, entry.memo, other)
        try:
            facade.post(changed)
            raise AssertionError("the same fact has two sums")
        except (EntryDiffers, UnbalancedEntry):
            self._agree()

    @rule(entry=entries)
    def reverse(self, entry: Entry) -> None:
        row = facade.entry_of(7, entry.kind, entry.ref)
        assert row is not None
        known = ("reversal", str(row.id)) in self.reference.facts
        facade.reverse(row.id, self.today, "")
        if not known:
            self.reference.add(Entry("reversal", str(row.id), 7, self.today, "", mirrored(entry.postings)))
        self._agree()

    @rule(fen=AMOUNTS, off=st.integers(1, 99))
    def unbalanced(self, fen: int, off: int) -> None:
        self._refused((Posting(ACCOUNTS[0], fen), Posting(ACCOUNTS[1], -fen + off)), UnbalancedEntry)

    @rule(fen=AMOUNTS)
    def unknown_account(self, fen: int) -> None:
        self._refused((Posting("insurer/haijia/slush_fund", fen), Posting(ACCOUNTS[1], -fen)), UnknownLedgerAccount)

    @rule()
    def close(self) -> None:
        month = facade.first_open_month()
        assert month is not None
        with clock.travel(self._noon()):
            try:
                facade.close_month(month, CHENG, "程立")
            except MonthNotClosable:
                assert month >= self.today.replace(day=1)
                return
        assert month < self.today.replace(day=1)
        self.reference.closed_through = month
        self._agree()

    @rule(days=st.integers(1, 45))
    def time_passes(self, days: int) -> None:
        self.today = date.fromordinal(self.today.toordinal() + days)

    def _entry(self, moves: list[tuple[str, int]], day: int) -> Entry | None:
        """The moves with one line more that balances them; None when they need none."""
        rest = -sum(fen for _, fen in moves)
        if rest == 0:
            return None
        self.made += 1
        postings = tuple(Posting(account, fen) for account, fen in [*moves, ("tax/output_vat", rest)])
        on = max(FIRST, date.fromordinal(self.today.toordinal() - day))
        return Entry("test", f"fact-{self.made}", 7, on, "", postings)

    def _post(self, entry: Entry | None) -> Entry:
        assert entry is not None
        facade.post(entry)
        self._let_triggers_speak()
        self.reference.add(entry)
        self._agree()
        return entry

    def _refused(self, postings: tuple[Posting, ...], error: type[Exception]) -> None:
        with pytest.raises(error):
            facade.post(Entry("test", "refused", 7, self.today, "", postings))
        assert facade.entry_of(7, "test", "refused") is None
        self._agree()

    def _agree(self) -> None:
        for branch in BRANCHES:
            assert facade.balance(branch) == self.reference.balance(branch), branch

    def _trial(self, month: date) -> dict[str, tuple[int, int, int]]:
        balance = facade.trial_balance(month)
        assert balance.debit_fen == balance.credit_fen
        return {row.account: (row.opening_fen, row.debit_fen, row.credit_fen) for row in balance.rows}

    def _let_triggers_speak(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    def _noon(self) -> datetime:
        return datetime(self.today.year, self.today.month, self.today.day, 4, tzinfo=UTC)


@pytest.mark.django_db
def test_the_ledger_says_what_a_plain_reference_says():
    run_state_machine_as_test(
        Books,
        settings=settings(
            max_examples=1_000,
            stateful_step_count=8,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
