"""Is everything settled as the books say?"""

from __future__ import annotations

import json

from django.db.models import F, Sum
from django.db.models.functions import Coalesce

from baohe.adapters.signing.statements import is_signed
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.settlement.models import Batch, BatchItem, Collection, Statement
from baohe.rooms.settlement.queries import all_lines
from baohe.rooms.settlement.rules.statement import Adding

SHARD = 0
ENTRY_KINDS = {"insurer": "insurer_settled", "producer": "producer_paid", "partner": "partner_paid"}
COLLECTED = "partner_settled"


def problems() -> list[str]:
    """Statements that differ from the ledger or from their own bytes, and payments whose entry is missing or other
    than they say, in sentences; reads every line once."""
    found = []
    for row in Statement.objects.select_related("party").filter(superseded_at=None).iterator(chunk_size=200):
        if not _agrees(row):
            found.append(f"statement {row.number} no longer agrees with the ledger")
    batches = Batch.objects.annotate(sum=Coalesce(Sum("items__amount_fen"), 0)).exclude(sum=F("total_fen"))
    found += [f"the items of batch {row.number} do not add up to its total" for row in batches[:20]]
    for item in BatchItem.objects.filter(state="done").select_related("party").iterator(chunk_size=200):
        if _posted_fen(ENTRY_KINDS[item.party.kind], item.natural_key) != item.amount_fen:
            found.append(f"{item.natural_key} is paid and its entry is not in the books")
    for row_ in Collection.objects.filter(state="paid").iterator(chunk_size=200):
        if _posted_fen(COLLECTED, str(row_.id)) != row_.amount_fen:
            found.append(f"{row_.remark} came in and its entry is not in the books")
    return found


def _agrees(row: Statement) -> bool:
    """As `check_file` of its file, line by line: a month of a million lines needs no memory."""
    content, added = bytes(row.content), Adding()
    for line in all_lines(row.party.branch, row.month):
        added.take(line)
    if not is_signed(content, row.signature, row.key):
        return False
    told = json.loads(content)
    return bool((told["lines"], told["lines_digest"]) == (added.lines, added.digest))


def _posted_fen(kind: str, ref: str) -> int:
    entry = ledger.entry_of(SHARD, kind, ref)
    return 0 if entry is None else sum(max(0, posting.amount_fen) for posting in entry.postings)
