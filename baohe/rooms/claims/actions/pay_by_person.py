"""One handler pays what the rules calculated, or more, within the authority of one name."""

from __future__ import annotations

from uuid import UUID

from baohe.kernel.canonical import digest
from baohe.kernel.errors import InvalidInput
from baohe.kernel.money import yuan
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import locks, records, reserves, shares
from baohe.rooms.claims.actions.states import refuse_unless_handler, refuse_unless_with_person, take
from baohe.rooms.claims.contracts import CalculationLine, Settled
from baohe.rooms.claims.cover_use import ByPeople
from baohe.rooms.claims.deciding import bought_together, event_of, policy_of
from baohe.rooms.claims.errors import AdvanceIsMore, AdvanceUnderWay, SecondNameNeeded
from baohe.rooms.claims.models import Claim, ClaimDecision
from baohe.rooms.claims.rules.authority import authority_of, grade_of
from baohe.rooms.claims.rules.calculation import by_person, less_advance
from baohe.rooms.claims.rules.reasons import reason
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import StaffView


def pay_by_person(staff_id: UUID, claim_id: UUID, amount_fen: int, note: str) -> Settled:
    """Decide to pay, inside the caller's transaction. After a payment (review) it is paid on top; what was paid in
    advance is deducted from it.

    Raises `SecondNameNeeded` for less than the calculation or more than one person may pay, `ClaimNotOpen`,
    `NotAllowed`, `InvalidInput`.
    """
    staff = people.staff(staff_id)
    refuse_unless_handler(staff)
    row = locks.any_claim(claim_id)
    refuse_unless_with_person(row)
    if amount_fen <= 0:
        raise InvalidInput(field="amount_fen", reason_zh="赔付金额必须大于零", reason_en="must be above zero")
    if row.state == "with_person" and row.calculated_fen is not None and amount_fen < row.calculated_fen:
        less = yuan(row.calculated_fen - amount_fen)
        raise SecondNameNeeded(reason_zh=f"比计算结果少 ¥{less}", reason_en=f"¥{less} less than the calculation")
    alone = authority_of(grade_of(staff.roles), clock.today()).alone
    if amount_fen > alone:
        limit = yuan(alone)
        raise SecondNameNeeded(reason_zh=f"超过单人 ¥{limit}", reason_en=f"above ¥{limit} for one person")
    return pay_decided(row, staff, None, amount_fen, note, clause="")


def pay_decided(
    row: Claim, staff: StaffView, checker: StaffView | None, amount_fen: int, note: str, clause: str
) -> Settled:
    """Store the decision of people to pay, book what it uses of the limits, and order the payout of what an advance has
    not paid yet. Raises `AdvanceUnderWay`, `AdvanceIsMore`."""
    advanced = advanced_fen(row)
    if amount_fen < advanced:
        raise AdvanceIsMore(advanced=yuan(advanced))
    rest = amount_fen - advanced
    policy = policy_of(row)
    event = event_of(catalog.version(row.version_id), policy, row.event)
    together = bought_together(event, policy)
    locks.policy(*together)
    machine = machine_lines(row)
    stored = records.decision(
        row,
        "pay",
        (
            reason(
                "decided_by_person", note.strip() or "经人工核定同意赔付", note.strip() or "Agreed by a handler", clause
            ),
        ),
        less_advance(by_person(machine, amount_fen, clause), advanced),
        rest,
        "by-person",
        digest({"claim": str(row.id), "amount_fen": amount_fen, "by": str(staff.id)}),
        by=staff,
        checked_by=checker,
    )
    take(row, staff)
    ByPeople(row, event, policy, together, machine).paid(stored.number, rest)
    if not rest:
        return records.settled(row, _settle_by_advance(row, stored), None, fresh=True)
    records.milestone(row, "agreed_by_person", amount_fen=amount_fen, name=staff.name, decision=stored.number)
    order = shares.agree(row, stored) if shares.apart(row) else records.pay(row, stored)
    return records.settled(row, stored, order, fresh=True)


def advanced_fen(row: Claim) -> int:
    """What an open claim was paid in advance. Raises `AdvanceUnderWay` while that is on its way, or failed and is
    still owed."""
    if row.state != "with_person":
        return 0
    advances = row.payments.filter(advance=True)
    if advances.exists() and not advances.filter(done_at__isnull=False).exists():
        raise AdvanceUnderWay()
    return row.paid_fen


def _settle_by_advance(row: Claim, stored: ClaimDecision) -> ClaimDecision:
    """The advance was the whole: the claim is paid, and nothing more leaves."""
    reserves.move_to(row, 0, "agreed")
    row.state, row.amount_fen = "paid", row.paid_fen
    row.decided_at = row.paid_at = clock.now()
    row.decided_by, row.review_open = stored.decided_by, False
    row.save()
    records.milestone(row, "settled_by_advance", name=stored.decided_by_name, decision=stored.number)
    return stored


def machine_lines(row: Claim) -> tuple[CalculationLine, ...]:
    """The rules' own calculation, unless it was decided on already."""
    if row.state != "with_person":
        return ()
    last = ClaimDecision.objects.filter(claim=row, decided_by=None).exclude(calculation=[]).order_by("-number").first()
    return records.lines_of(last.calculation) if last else ()
