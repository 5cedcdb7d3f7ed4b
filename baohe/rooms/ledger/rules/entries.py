"""Whether an entry may be written, said before the database has to say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from baohe.rooms.ledger.contracts import Entry, Posting
from baohe.rooms.ledger.errors import UnbalancedEntry, UnknownLedgerAccount
from baohe.rooms.ledger.rules import chart

MAX_LINES = 1000


def refuse_bad(entry: Entry) -> None:
    """Raises `UnbalancedEntry` or `UnknownLedgerAccount`; the constraints behind it refuse the same at commit."""
    if not 2 <= len(entry.postings) <= MAX_LINES:
        raise UnbalancedEntry(
            reason_zh="分录至少两行", reason_en=f"needs 2 to {MAX_LINES} postings, got {len(entry.postings)}"
        )
    if any(posting.amount_fen == 0 for posting in entry.postings):
        raise UnbalancedEntry(reason_zh="分录金额不能为零", reason_en="a posting of 0 says nothing")
    for currency, total in totals(entry.postings).items():
        if total:
            raise UnbalancedEntry(
                reason_zh=f"{currency} 相差 {total} 分", reason_en=f"{currency} is off by {total} fen"
            )
    for posting in entry.postings:
        if chart.kind_of(posting.account) is None:
            raise UnknownLedgerAccount(account=posting.account)


def totals(postings: Sequence[Posting]) -> dict[str, int]:
    """Sum in fen by currency."""
    sums: dict[str, int] = defaultdict(int)
    for posting in postings:
        sums[posting.currency] += posting.amount_fen
    return dict(sums)


def joined(*movements: Sequence[Posting]) -> tuple[Posting, ...]:
    """Several movements of one fact as one entry: an account has one line a currency, in order of first mention, and
    lines that cancel out vanish."""
    sums: dict[tuple[str, str], int] = {}
    for movement in movements:
        for posting in movement:
            key = (posting.account, posting.currency)
            sums[key] = sums.get(key, 0) + posting.amount_fen
    return tuple(Posting(account, fen, currency) for (account, currency), fen in sums.items() if fen)


def mirrored(postings: Sequence[Posting]) -> tuple[Posting, ...]:
    """The postings of a reversal."""
    return tuple(Posting(p.account, -p.amount_fen, p.currency) for p in postings)
