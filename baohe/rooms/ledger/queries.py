"""Reads of the ledger. Every balance is a sum of postings at the moment of asking; none is stored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from baohe.kernel.errors import InvalidInput
from baohe.rooms.ledger import models, reports
from baohe.rooms.ledger.contracts import EntryView, Posting, StatementLine, StatementPage
from baohe.rooms.ledger.rules import chart

MAX_PAGE = 200


def entry_of(shard_key: int, kind: str, ref: str) -> EntryView | None:
    """The entry of a fact by its natural reference."""
    return _view(models.LedgerEntry.objects.filter(shard_key=shard_key, kind=kind, ref=ref).first())


def entry_by_id(entry_id: UUID) -> EntryView | None:
    return _view(models.LedgerEntry.objects.filter(id=entry_id).first())


def balance(account_prefix: str, currency: str = "CNY") -> int:
    """Sum in fen of an account or of a whole branch (`"insurer/haijia"` holds all of that insurer's accounts).

    A branch ends at a slash: `insurer/hai` does not hold `insurer/haijia/…`.
    """
    found = _under(account_prefix).filter(currency=currency).aggregate(total=Sum("amount_fen"))
    return int(found["total"] or 0)


def balances(account_prefix: str = "", currency: str = "CNY") -> dict[str, int]:
    """Account → sum in fen, for every account under the prefix that ever had a posting."""
    rows = _under(account_prefix).filter(currency=currency).values("account").annotate(total=Sum("amount_fen"))
    return {row["account"]: int(row["total"]) for row in rows.order_by("account")}


def balances_by_kind(account_prefix: str, currency: str = "CNY") -> dict[tuple[str, str], int]:
    """(account, kind of entry) → sum in fen: what each kind of fact did to the accounts under the prefix. A reversal
    counts under the kind of what it takes back."""
    kind = Coalesce("entry__reverses__kind", "entry__kind")
    rows = _under(account_prefix).filter(currency=currency).values("account", fact=kind)
    summed = rows.annotate(total=Sum("amount_fen")).order_by("account", "fact")
    return {(row["account"], row["fact"]): int(row["total"]) for row in summed}


def is_reversed(entry: EntryView) -> bool:
    return entry_of(entry.shard_key, "reversal", str(entry.id)) is not None


def unreversed(account: str, kind: str) -> Iterator[StatementLine]:
    """The postings of one kind on an account whose entries nobody has taken back, oldest first, in pages by key.
    Entries may be reversed while this is read."""
    taken_back = models.LedgerEntry.objects.filter(reverses_id=OuterRef("entry_id"))
    rows = models.Posting.objects.filter(~Exists(taken_back), account=account, entry__kind=kind)
    rows, page = rows.select_related("entry").order_by("entry_id", "line"), list[models.Posting]()
    while True:
        after = rows.filter(entry_id__gt=page[-1].entry_id) if page else rows
        page = list(after[:MAX_PAGE])
        yield from map(_line, page)
        if len(page) < MAX_PAGE:
            return


def statement(account: str, page: int = 1, size: int = 50) -> StatementPage:
    """The postings of an account or branch, newest first. Raises `InvalidInput` for a page out of range."""
    if page < 1 or not 1 <= size <= MAX_PAGE:
        raise InvalidInput(field="page", reason_zh=f"每页 1–{MAX_PAGE} 条", reason_en=f"1–{MAX_PAGE} lines a page")
    found = _under(account)
    rows = found.select_related("entry").order_by("-entry_id", "line")[(page - 1) * size : page * size]
    return StatementPage([_line(row) for row in rows], found.count(), page, size)


def check() -> list[str]:
    """What is wrong with the books, in sentences; empty when all is well. Reads every posting once."""
    problems = [f"{name}: {count} ({example})" for name, count, example in _violations()]
    problems += [f"account outside the chart: {account}" for account in balances() if chart.kind_of(account) is None]
    problems += reports.wrong_snapshots()
    missing = _EXPECTED_TRIGGERS - _triggers()
    problems += [f"trigger switched off or missing: {name}" for name in sorted(missing)]
    return problems


def _under(prefix: str) -> Any:
    if not prefix:
        return models.Posting.objects.all()
    return models.Posting.objects.filter(Q(account=prefix) | Q(account__startswith=prefix.rstrip("/") + "/"))


def _view(row: models.LedgerEntry | None) -> EntryView | None:
    if row is None:
        return None
    return EntryView(
        id=row.id,
        kind=row.kind,
        ref=row.ref,
        shard_key=row.shard_key,
        business_date=row.business_date,
        memo=row.memo,
        recorded_at=row.recorded_at,
        reverses=row.reverses_id,
        postings=tuple(Posting(p.account, p.amount_fen, p.currency) for p in row.postings.order_by("line")),
    )


def _line(row: models.Posting) -> StatementLine:
    entry = row.entry
    return StatementLine(
        entry_id=entry.id,
        kind=entry.kind,
        ref=entry.ref,
        business_date=entry.business_date,
        memo=entry.memo,
        recorded_at=entry.recorded_at,
        account=row.account,
        amount_fen=row.amount_fen,
        currency=row.currency,
    )


_EXPECTED_TRIGGERS = {
    "closed_month_never_emptied",
    "closed_month_only_grows",
    "entry_balances",
    "entry_finds_its_month",
    "entry_never_emptied",
    "entry_only_grows",
    "month_balance_never_emptied",
    "month_balance_only_grows",
    "posting_never_emptied",
    "posting_only_grows",
}

_VIOLATIONS = """
SELECT 'entries that do not add up to 0', count(*), min(entry_id::text)
  FROM (SELECT entry_id FROM ledger_posting GROUP BY entry_id, currency HAVING sum(amount_fen) <> 0) AS wrong
UNION ALL
SELECT 'entries without all their postings', count(*), min(id::text)
  FROM (SELECT e.id FROM ledger_ledgerentry e LEFT JOIN ledger_posting p ON p.entry_id = e.id
        GROUP BY e.id, e.lines HAVING count(p.line) <> e.lines) AS wrong
UNION ALL
SELECT 'postings without their entry', count(*), min(p.entry_id::text)
  FROM ledger_posting p LEFT JOIN ledger_ledgerentry e
    ON e.id = p.entry_id AND e.shard_key = p.shard_key AND e.lines = p.lines WHERE e.id IS NULL
UNION ALL
SELECT 'entries outside of any month', count(*), min(id::text)
  FROM ledger_ledgerentry WHERE period < date_trunc('month', business_date::timestamp)::date
UNION ALL
SELECT 'reversals that are no mirror', count(*), min(id::text)
  FROM (SELECT e.id FROM ledger_ledgerentry e
        JOIN ledger_posting p ON p.entry_id IN (e.id, e.reverses_id)
        WHERE e.reverses_id IS NOT NULL
        GROUP BY e.id, p.account, p.currency HAVING sum(p.amount_fen) <> 0) AS wrong
"""


def _violations() -> list[tuple[str, int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_VIOLATIONS)
        return [row for row in cursor.fetchall() if row[1]]


def _triggers() -> set[str]:
    """Names of the triggers that fire in ordinary sessions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')"
            " AND tgrelid IN ('ledger_ledgerentry'::regclass, 'ledger_posting'::regclass,"
            " 'ledger_closedmonth'::regclass, 'ledger_monthbalance'::regclass)"
        )
        return {name for (name,) in cursor.fetchall()}
