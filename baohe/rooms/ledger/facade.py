"""The only door of the room.

Writes:  post · post_many · reverse           (inside the caller's transaction)
Closing: hold_months · close_month · first_open_month · closed_months
Reads:   entry_of · balance · balances · balances_by_kind · is_reversed · unreversed · statement · check
Reports: trial_balance · account_statement · lines_of · money_flows · moved
Words:   movements builds the postings of a premium, a refund, a claim …; joined makes one entry of several;
         KIND_NAMES and chart say what kinds and accounts are called
"""

from baohe.rooms.ledger.actions.close_month import close_month, hold_months
from baohe.rooms.ledger.actions.post import post
from baohe.rooms.ledger.actions.post_many import post_many
from baohe.rooms.ledger.actions.reverse import reverse
from baohe.rooms.ledger.contracts import Entry, Posting
from baohe.rooms.ledger.lines import lines_of
from baohe.rooms.ledger.queries import (
    balance,
    balances,
    balances_by_kind,
    check,
    entry_of,
    is_reversed,
    statement,
    unreversed,
)
from baohe.rooms.ledger.reports import (
    account_statement,
    closed_month,
    closed_months,
    first_open_month,
    money_flows,
    moved,
    trial_balance,
)
from baohe.rooms.ledger.rules import chart, movements
from baohe.rooms.ledger.rules.entries import joined
from baohe.rooms.ledger.rules.kinds import KIND_NAMES

__all__ = [
    "KIND_NAMES",
    "Entry",
    "Posting",
    "account_statement",
    "balance",
    "balances",
    "balances_by_kind",
    "chart",
    "check",
    "close_month",
    "closed_month",
    "closed_months",
    "entry_of",
    "first_open_month",
    "hold_months",
    "is_reversed",
    "joined",
    "lines_of",
    "money_flows",
    "moved",
    "movements",
    "post",
    "post_many",
    "reverse",
    "statement",
    "trial_balance",
    "unreversed",
]
