"""The only door of the room.

Parties:    keep_party · party_of · parties
Statements: issue · supersede · statements · statement · lines · file_of · pdf_of · standing
Agreeing:   agree · agree_by_silence (a round of the worker)
Disputes:   open_dispute · answer · accept · correct · uphold · dispute · disputes
Accounts:   propose_account · approve_account · refuse_account · accounts · accounts_now
Paying:     candidates · make_batch · approve_batch · decline_batch · batch · batches · items · items_of
Collecting: open_collection · name_remark · collection · collections_of
Results:    item_done · item_failed · collection_paid · collection_closed   (used by flows.pay_settlement alone)
Checks:     check_file · own_key · problems · waiting
"""

from baohe.adapters.signing.statements import own_key
from baohe.rooms.settlement.actions.account import approve_account, propose_account, refuse_account
from baohe.rooms.settlement.actions.agree import agree, agree_by_silence
from baohe.rooms.settlement.actions.batch import approve_batch, candidates, decline_batch, make_batch
from baohe.rooms.settlement.actions.dispute import accept, answer, correct, open_dispute, uphold
from baohe.rooms.settlement.actions.issue import issue, keep_party, supersede
from baohe.rooms.settlement.actions.paid import (
    collection_closed,
    collection_paid,
    item_done,
    item_failed,
    name_remark,
    open_collection,
)
from baohe.rooms.settlement.actions.print import pdf_of
from baohe.rooms.settlement.check import problems
from baohe.rooms.settlement.desk import (
    accounts,
    accounts_now,
    batch,
    batches,
    collection,
    collections_of,
    dispute,
    disputes,
    items,
    items_of,
    standing,
    waiting,
)
from baohe.rooms.settlement.errors import MonthNotClosed
from baohe.rooms.settlement.queries import (
    all_lines,
    check_file,
    file_of,
    lines,
    parties,
    party_of,
    statement,
    statements,
)
from baohe.rooms.settlement.rules.payable import is_technical, split_totals

__all__ = [
    "MonthNotClosed",
    "accept",
    "accounts",
    "accounts_now",
    "agree",
    "agree_by_silence",
    "all_lines",
    "answer",
    "approve_account",
    "approve_batch",
    "batch",
    "batches",
    "candidates",
    "check_file",
    "collection",
    "collection_closed",
    "collection_paid",
    "collections_of",
    "correct",
    "decline_batch",
    "dispute",
    "disputes",
    "file_of",
    "is_technical",
    "issue",
    "item_done",
    "item_failed",
    "items",
    "items_of",
    "keep_party",
    "lines",
    "make_batch",
    "name_remark",
    "open_collection",
    "open_dispute",
    "own_key",
    "parties",
    "party_of",
    "pdf_of",
    "problems",
    "propose_account",
    "refuse_account",
    "split_totals",
    "standing",
    "statement",
    "statements",
    "supersede",
    "uphold",
    "waiting",
]
