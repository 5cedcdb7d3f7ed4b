"""How long what was made sure of is kept: the date follows the contracts, and after it what the step says goes.

Lock order: the steps of an account, by id, after everything else (ARCHITECTURE rule 4).
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import structlog
from django.db import transaction

from baohe.kernel.dates import business_date
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.identification import sealing
from baohe.rooms.identification.contracts import DESTROYED, MOVED, OPEN, PROPOSED
from baohe.rooms.identification.errors import StepHeld, StepKept
from baohe.rooms.identification.models import Hit, Step, StepEvent
from baohe.rooms.identification.rules.keeping import kept_until

log = structlog.get_logger()


def follow_contracts(account_id: UUID, business_ends: date | None) -> int:
    """Keep every step of the account for ten years after `business_ends`, the first day without cover of its last
    contract (AML 34); without a contract, ten years after the step. How many dates moved; each leaves a row.

    A contract that ends early brings the date forward, never to before ten years after the step.
    """
    with transaction.atomic():
        rows = Step.objects.select_for_update().filter(account_id=account_id, destroyed_at=None).order_by("id")
        return sum(_move(row, kept_until(business_date(row.at), business_ends)) for row in rows)


def destroy_step(step_id: UUID, dispute: str = "") -> None:
    """Destroy what a step says once its date is over: the copies of the card and what was read or told; the row stays.

    `dispute` is the reason why something of the account is held. A repeat changes nothing. Raises `StepKept` before
    the date and on its last day, `StepHeld` for a dispute or while a match waits for its answer, `NotFound`.
    """
    with transaction.atomic():
        row = Step.objects.select_for_update().filter(id=step_id).first()
        if row is None:
            raise NotFound(what="身份识别记录")
        if row.destroyed_at is not None:
            return
        _refuse(row, dispute)
        # The files first: a power cut between leaves a row whose round comes again, never a copy that nobody finds.
        sealing.destroy_pictures(row.id)
        row.destroyed_at, row.detail_sealed = clock.now(), None
        row.save(update_fields=["destroyed_at", "detail_sealed"])
        _note(row, DESTROYED, row.kept_until)
    log.info("identification_destroyed", step=str(step_id))


def _refuse(row: Step, dispute: str) -> None:
    if clock.today() <= row.kept_until:
        raise StepKept(until=row.kept_until.isoformat())
    if dispute:
        raise StepHeld(reason_zh=dispute, reason_en=dispute)
    if Hit.objects.filter(person_id=row.person_id, state__in=(OPEN, PROPOSED)).exists():
        raise StepHeld(reason_zh="核查还没有结论", reason_en="a question about this person waits for its answer")


def _move(row: Step, until: date) -> bool:
    before = row.kept_until
    if until == before:
        return False
    row.kept_until = until
    row.save(update_fields=["kept_until"])
    _note(row, MOVED, before)
    return True


def _note(row: Step, what: str, before: date) -> None:
    StepEvent.objects.create(step=row, at=clock.now(), what=what, before=before, after=row.kept_until)
