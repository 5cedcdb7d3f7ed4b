"""A party agrees to a statement: by a word, or by letting its days to dispute go by."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.settlement.contracts import UNDECIDED, Actor
from baohe.rooms.settlement.errors import DisputeUndecided, StatementReplaced
from baohe.rooms.settlement.locks import hold_statement
from baohe.rooms.settlement.models import Agreement, Dispute, Statement

_PAGE = 500


def agree(statement_id: UUID, actor: Actor, branch: str = "") -> None:
    """Once for ever; a repeat changes nothing. Staff agree in the name of a party that has no door of its own.
    Raises `StatementReplaced`, `DisputeUndecided`, `NotFound`."""
    with transaction.atomic():
        row = hold_statement(statement_id, branch)
        if Agreement.objects.filter(statement=row).exists():
            return
        if row.superseded_at is not None:
            raise StatementReplaced(number=row.number)
        if Dispute.objects.filter(statement=row, state__in=UNDECIDED).exists():
            raise DisputeUndecided(number=row.number)
        how = "party" if actor.id is None else "desk"
        Agreement.objects.create(statement=row, how=how, by_name=actor.name, at=clock.now())


def agree_by_silence() -> int:
    """Write down that nobody disputed a statement in time; returns how many. Repeated, or run twice at once, it
    changes nothing: the row of an agreement is there once."""
    silent = (
        Statement.objects.filter(superseded_at=None, agreement=None, dispute_until__lt=clock.today())
        .exclude(disputes__state__in=UNDECIDED)
        .values_list("id", flat=True)[:_PAGE]
    )
    moment = clock.now()
    rows = [Agreement(statement_id=id_, how="silence", by_name="", at=moment) for id_ in silent]
    Agreement.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
