"""Yes or no, once; or void, when what was asked about changed."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from baohe.plumbing import clock
from baohe.rooms.assents import sealing
from baohe.rooms.assents.actions.open_link import shown, usable
from baohe.rooms.assents.contracts import AGREED, REFUSED, VOID, WAITING, OpenedLink, Strokes
from baohe.rooms.assents.errors import CodeNeeded, TermsChanged
from baohe.rooms.assents.models import Link


def decide(token: str, terms: str, agreed: bool, strokes: Strokes = ()) -> OpenedLink:
    """The insured's answer to the terms with this digest, in the caller's transaction: the link and what follows from
    it stand or fall together. Two answers at once queue on the row, and the second is refused.

    Raises what `usable` raises, `CodeNeeded` before the telephone is proven, `TermsChanged`.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the answer belongs in the transaction of what follows from it")
    row = usable(token, lock=True)
    if row.opened_at is None:
        raise CodeNeeded()
    if terms != row.terms_digest:
        raise TermsChanged()
    row.state, row.decided_at = AGREED if agreed else REFUSED, clock.now()
    if strokes:
        sealing.seal_strokes(row, strokes)
    row.save(update_fields=["state", "decided_at", "strokes_sealed"])
    return shown(row)


def void(subject: str, subject_id: UUID) -> bool:
    """What was asked about does not stand any more. Whether a link waited."""
    waiting = Link.objects.filter(subject=subject, subject_id=subject_id, state=WAITING)
    return bool(waiting.update(state=VOID, decided_at=clock.now()))
