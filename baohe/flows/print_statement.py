"""A statement on paper, in words that its reader knows: kinds of entries and accounts by name."""

from __future__ import annotations

from baohe.rooms.ledger import facade as ledger
from baohe.rooms.settlement import facade as settlement
from baohe.rooms.settlement.contracts import StatementView


def pdf(of: StatementView) -> bytes:
    """Raises `DocumentCannotBePrinted`."""
    accounts = {}
    for total in of.totals:
        kind = ledger.chart.kind_of(total.account)
        if kind is not None:  # without the owner: the paper is the owner's
            accounts[total.account] = kind.name.zh
    return settlement.pdf_of(of, ledger.KIND_NAMES, accounts)
