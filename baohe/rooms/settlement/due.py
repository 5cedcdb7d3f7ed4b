"""Where a statement stands and what is due on it now: its balance less what was paid since, less what is held back.

Nothing of it is stored: it follows from statements, disputes, payments and the day."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Sum

from baohe.kernel.dates import add_months
from baohe.plumbing import clock
from baohe.rooms.settlement.contracts import UNDECIDED, Standing
from baohe.rooms.settlement.models import Agreement, BatchItem, Collection, Dispute, Statement
from baohe.rooms.settlement.rules import terms


def standing_of(row: Statement) -> Standing:
    agreement = Agreement.objects.filter(statement=row).first()
    word = _word(row, agreement)
    return Standing(
        word=word,
        agreed_at=agreement.at if agreement is not None else None,
        agreed_how=agreement.how if agreement is not None else "silence" if word == "agreed" else "",
        paid_fen=_paid_since(row),
        held_fen=_held(row),
        due_fen=due_of(row),
    )


def is_ready(row: Statement) -> bool:
    """Whether money may move on it: agreed, or its days to dispute are over (what is disputed is held back)."""
    return row.superseded_at is None and (
        clock.today() > row.dispute_until or Agreement.objects.filter(statement=row).exists()
    )


def due_of(row: Statement) -> int:
    """Positive to the party, negative by it; 0 for an edition that was replaced."""
    if row.superseded_at is not None:
        return 0
    later = Statement.objects.filter(party=row.party_id, month__gt=row.month, superseded_at=None).order_by("month")
    return terms.due_fen([(one.payable_fen - _paid_since(one), _held(one)) for one in (row, *later)])


def _word(row: Statement, agreement: Agreement | None) -> str:
    if row.superseded_at is not None:
        return "replaced"
    if agreement is not None:
        return "agreed"
    if Dispute.objects.filter(statement=row, state__in=UNDECIDED).exists():
        return "disputed"
    return "open" if clock.today() <= row.dispute_until else "agreed"


def _paid_since(row: Statement) -> int:
    """Fen that moved after the month, which its balance cannot know: paid to the party less paid by it."""
    last_day = add_months(row.month, 1) - timedelta(days=1)
    return _sum(BatchItem, row, "done_on", last_day) - _sum(Collection, row, "paid_on", last_day)


def _sum(table: type[BatchItem] | type[Collection], row: Statement, when: str, last_day: date) -> int:
    rows = table.objects.filter(party=row.party_id, **{f"{when}__gt": last_day})
    return int(rows.aggregate(total=Sum("amount_fen"))["total"] or 0)


def _held(row: Statement) -> int:
    """Of this month and of earlier ones: what they hold back lies in this balance too."""
    disputed = Dispute.objects.filter(party=row.party_id, statement__month__lte=row.month, state__in=UNDECIDED)
    return int(disputed.aggregate(total=Sum("held_fen"))["total"] or 0)
