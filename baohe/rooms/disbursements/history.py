"""What happened to a disbursement, written down in the transaction of the fact."""

from __future__ import annotations

from baohe.plumbing import clock
from baohe.rooms.disbursements.contracts import Actor
from baohe.rooms.disbursements.models import Disbursement, DisbursementEvent


def note(row: Disbursement, what: str, actor: Actor, text: str) -> None:
    DisbursementEvent.objects.create(
        disbursement=row, at=clock.now(), what=what, by=actor.id, by_name=actor.name, text=text[:200]
    )
