"""A decision of the rules goes to a person because the customer says so (DATA-3)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.rooms.policies import facade as policies
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.contracts import DeclarationView
from baohe.rooms.underwriting.errors import ReviewNotPossible


def request_review(account_id: UUID, declaration_id: UUID, reason: str) -> DeclarationView:
    """Ask a person to look again, while there is no policy of it yet: a contract is changed by endorsement. Until the
    answer comes nothing is signed or paid on it (`review`).

    Raises `ReviewNotPossible`, `InvalidInput`, `NotFound`.
    """
    declared = underwriting.declaration(account_id, declaration_id)
    with transaction.atomic():
        made = policies.proposals_of_quotes(account_id, [declared.quote_id])
        policies.lock_proposals(account_id, [one.id for one in made])
        now = policies.proposals_of_quotes(account_id, [declared.quote_id])
        if any(one.declaration_id == declaration_id and one.state in ("paying", "issued") for one in now):
            raise ReviewNotPossible(
                reason_zh="这份投保单正在付款或已经出单", reason_en="it is being paid or has become a policy"
            )
        return underwriting.request_review(account_id, declaration_id, reason)
