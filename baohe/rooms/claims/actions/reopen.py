"""A closed claim is taken up again by its claimant, within limits. A person looks."""

from __future__ import annotations

from uuid import UUID

from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import locks, records, reserves
from baohe.rooms.claims.actions.states import not_open
from baohe.rooms.claims.errors import ReopeningOver
from baohe.rooms.claims.models import Claim, Milestone
from baohe.rooms.claims.rules import deadlines
from baohe.rooms.claims.rules.reopening import MOST_TIMES, last_day


def reopen(account_id: UUID, claim_id: UUID) -> None:
    """The claimant's own: a withdrawn draft is a draft again, anything that had been submitted goes to a person, with
    new legal clocks. Already open is fine. Inside the caller's transaction.

    Raises `ReopeningOver` after the limits, `ClaimNotOpen` for a paid one (ask a person instead), `NotFound`.
    """
    row = locks.own_claim(account_id, claim_id)
    if row.state in ("draft", "with_person"):
        return
    if row.state not in ("withdrawn", "refused_by_person"):
        raise not_open(row)
    if clock.today() > last_day(catalog.version(row.version_id).line, row.happened_on):
        raise ReopeningOver(reason_zh="超过了请求赔付的时效", reason_en="the time to claim is over")
    if Milestone.objects.filter(claim=row, code="reopened").count() >= MOST_TIMES:
        raise ReopeningOver(
            reason_zh=f"已重新提出 {MOST_TIMES} 次", reason_en=f"it was taken up {MOST_TIMES} times already"
        )
    open_again(row)
    records.milestone(row, "reopened")


def open_again(row: Claim) -> None:
    """New clocks where the law's ran before (SERV-5)."""
    moment = clock.now()
    row.state = "with_person" if row.submitted_at else "draft"
    if row.submitted_at:
        row.decide_by, row.reply_by = deadlines.decide_by(moment), deadlines.reply_by(moment)
        row.advance_by = deadlines.advance_by(moment)
    row.save()
    reserves.reopened(row)
