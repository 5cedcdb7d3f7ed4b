"""Record what the customer states, bound to the text that was shown."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.policies import facade as policies
from baohe.rooms.suitability import sealing
from baohe.rooms.suitability.contracts import SIGNED, StatementText, StatementView
from baohe.rooms.suitability.errors import OwnSignatureNeeded, StatementChanged
from baohe.rooms.suitability.models import Statement


def state(
    account_id: UUID,
    proposal_id: UUID,
    shard_key: int,
    statement: StatementText,
    digest: str,
    strokes: sealing.Strokes = (),
) -> StatementView:
    """Keep the statement as it reads now. `digest` is of the text that the customer saw; stating the same twice, also
    at once, keeps the first. Raises `StatementChanged`, `OwnSignatureNeeded`."""
    if digest != statement.digest:
        raise StatementChanged()
    signed = statement.code in SIGNED
    if signed and not policies.is_drawn_name(strokes):
        raise OwnSignatureNeeded()
    row_id = clock.new_id()
    with transaction.atomic():
        row, fresh = Statement.objects.get_or_create(
            shard_key=shard_key,
            proposal_id=proposal_id,
            code=statement.code,
            digest=statement.digest,
            defaults={
                "id": row_id,
                "account_id": account_id,
                "lines_sealed": sealing.seal_lines(row_id, statement.lines),
                "strokes_sealed": sealing.seal_strokes(row_id, strokes) if signed else None,
                "made_at": clock.now(),
            },
        )
        if fresh:
            facts = {"proposal": str(proposal_id), "code": statement.code, "text": statement.digest}
            evidence.append("suitability_stated", str(row.id), facts, shard_key)
    return sealing.statement_view(row)
