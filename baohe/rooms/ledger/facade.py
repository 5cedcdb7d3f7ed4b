"""The only door of the room.

Writes:  post · post_many · reverse           (inside the caller's transaction)
Reads:   entry_of · balance · balances · statement · check
Words:   movements builds the postings of a premium, a refund, a claim …; joined makes one entry of several
"""

from baohe.rooms.ledger.actions.post import post
from baohe.rooms.ledger.actions.post_many import post_many
from baohe.rooms.ledger.actions.reverse import reverse
from baohe.rooms.ledger.contracts import Entry, Posting
from baohe.rooms.ledger.queries import balance, balances, check, entry_of, statement
from baohe.rooms.ledger.rules import movements
from baohe.rooms.ledger.rules.entries import joined

__all__ = [
    "Entry",
    "Posting",
    "balance",
    "balances",
    "check",
    "entry_of",
    "joined",
    "movements",
    "post",
    "post_many",
    "reverse",
    "statement",
]
