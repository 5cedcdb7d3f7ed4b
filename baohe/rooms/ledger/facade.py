"""The only door of the room.

Writes:  post · post_many · reverse           (inside the caller's transaction)
Reads:   entry_of · balance · balances · statement · check
Words:   rules.movements builds the postings of a premium, a refund, a claim … ; rules.chart names the accounts
"""

from baohe.rooms.ledger.actions.post import post
from baohe.rooms.ledger.actions.post_many import post_many
from baohe.rooms.ledger.actions.reverse import reverse
from baohe.rooms.ledger.contracts import Entry, Posting
from baohe.rooms.ledger.queries import balance, balances, check, entry_of, statement
from baohe.rooms.ledger.rules.movements import (
    bulk_premium_receivable,
    claim_paid,
    partner_settled,
    premium_received,
    premium_refunded,
    suspense_received,
    suspense_returned,
)

__all__ = [
    "Entry",
    "Posting",
    "balance",
    "balances",
    "bulk_premium_receivable",
    "check",
    "claim_paid",
    "entry_of",
    "partner_settled",
    "post",
    "post_many",
    "premium_received",
    "premium_refunded",
    "reverse",
    "statement",
    "suspense_received",
    "suspense_returned",
]
