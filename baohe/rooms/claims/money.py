"""Reads of a claim's money, for the desk and for the flows that book it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Sum

from baohe.kernel.errors import NotAllowed, NotFound
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import reserves
from baohe.rooms.claims.actions.states import AUDITOR, HANDLER
from baohe.rooms.claims.acts.authority import alone_fen
from baohe.rooms.claims.acts.estimate import is_open
from baohe.rooms.claims.acts.reopening import may_reopen
from baohe.rooms.claims.contracts import ClaimMoney, MoneyActView, RecoveryView, ReserveMoveView
from baohe.rooms.claims.models import Advance, Claim, MoneyAct, Recovery, ReserveMove
from baohe.rooms.claims.rules.sharing import Share, shares_of
from baohe.rooms.claims.shapes.money import act_view, advance_view, payout_view, recovery_view, reserve_view
from baohe.rooms.claims.shapes.shares import share_views
from baohe.rooms.claims.shares import undrawn
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies

_LONGEST_PAGE = 100
READERS = (HANDLER, AUDITOR, "finance")


def money_of(staff_id: UUID, claim_id: UUID) -> ClaimMoney:
    """Raises `NotAllowed` for staff without a duty here, `NotFound`."""
    staff = people.staff(staff_id)
    if not set(READERS) & set(staff.roles):
        raise NotAllowed()
    row = Claim.objects.filter(id=claim_id).first()
    if row is None:
        raise NotFound(what="这件理赔")
    advance = Advance.objects.filter(claim=row).first()
    recoveries = recoveries_of(claim_id)
    moves = ReserveMove.objects.filter(claim=row).select_related("claim").order_by("number")
    return ClaimMoney(
        reserve_fen=reserves.balance_fen(row),
        reserve_moves=tuple(reserve_view(move) for move in moves),
        advance=advance_view(advance) if advance else None,
        acts=tuple(act_view(act) for act in MoneyAct.objects.filter(claim=row).order_by("proposed_at", "id")),
        recoveries=recoveries,
        shares=shares(row),
        share_states=share_views(row),
        heirs_unknown=undrawn(row) is not None,
        alone_fen=alone_fen(staff),
        may_reopen=may_reopen(row),
        may_correct=row.state == "paid" and bool(row.amount_fen),
        may_estimate=is_open(row),
        corrected_fen=sum(one.expected_fen for one in recoveries if one.kind == "overpaid"),
        paid_fen=row.paid_fen,
        payouts=tuple(payout_view(payment) for payment in row.payments.order_by("id")),
        shard_key=row.shard_key,
    )


def recoveries_of(claim_id: UUID) -> tuple[RecoveryView, ...]:
    rows = Recovery.objects.filter(claim_id=claim_id).prefetch_related("moves").order_by("opened_at", "id")
    return tuple(recovery_view(row) for row in rows)


def waiting_acts(page: int = 1, size: int = 50) -> tuple[list[tuple[MoneyActView, str]], int]:
    """What waits for a second name, the oldest first, each with the claim's number; and how many."""
    page, size = max(page, 1), min(max(size, 1), _LONGEST_PAGE)
    rows = MoneyAct.objects.filter(confirmed_at=None, returned_at=None)
    some = rows.select_related("claim").order_by("proposed_at", "id")[(page - 1) * size : page * size]
    return [(act_view(act), act.claim.number) for act in some], rows.count()


def reserve_move(move_id: int) -> ReserveMoveView:
    """For its entry in the books. Raises `NotFound`."""
    move = ReserveMove.objects.filter(id=move_id).select_related("claim").first()
    if move is None:
        raise NotFound(what="这笔准备金变动")
    return reserve_view(move)


def outstanding_fen() -> int:
    """What is set aside for all open claims together."""
    return int(ReserveMove.objects.aggregate(sum=Sum("amount_fen"))["sum"] or 0)


def ends_contract(claim_id: UUID) -> bool:
    """Whether the claim's event, paid, ends its contract. Raises `NotFound`."""
    row = Claim.objects.filter(id=claim_id).first()
    if row is None:
        raise NotFound(what="这件理赔")
    event = catalog.version(row.version_id).claim_rules.event(row.event)
    return event is not None and event.ends_contract


def shares(row: Claim) -> tuple[Share, ...]:
    """Of an event that is a death, what each beneficiary has of the sum: agreed, or calculated so far."""
    amount = row.amount_fen or row.calculated_fen
    event = catalog.version(row.version_id).claim_rules.event(row.event)
    if not amount or event is None or not event.ends_contract:
        return ()
    return shares_of(policies.policy_by_id(row.policy_id).beneficiaries, amount)
