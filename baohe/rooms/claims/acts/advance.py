"""先予支付: what is certain is paid while the rest is looked into (INS 25). Its own decision, once a claim."""

from __future__ import annotations

from baohe.kernel.canonical import digest
from baohe.kernel.decisions import Text
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import locks, records, reserves, shares
from baohe.rooms.claims.actions.states import not_open, take
from baohe.rooms.claims.acts.authority import alone_fen
from baohe.rooms.claims.acts.kind import Kind, Names, Outcome
from baohe.rooms.claims.contracts import CalculationLine
from baohe.rooms.claims.deciding import bought_together, consider, event_of, policy_of
from baohe.rooms.claims.errors import AdvanceNotDue, AdvanceToBeneficiaries
from baohe.rooms.claims.models import Advance, Claim, MoneyAct
from baohe.rooms.claims.rules import lines as words
from baohe.rooms.claims.rules.certain import certain_fen
from baohe.rooms.claims.rules.counting import counted_periods, use_key
from baohe.rooms.claims.rules.reasons import reason
from baohe.rooms.people.contracts import StaffView


def _task(row: Claim) -> Advance | None:
    return Advance.objects.filter(claim=row).first()


def _refuse(row: Claim, act: MoneyAct) -> None:
    if row.state != "with_person":
        raise not_open(row)
    if shares.apart(row):
        raise AdvanceToBeneficiaries()
    task = _task(row)
    if task is None or task.ordered_at is not None or act.amount_fen <= 0:
        raise AdvanceNotDue()


def _alone(row: Claim, act: MoneyAct, maker: StaffView) -> bool:
    """More than what is certain by the rules takes a second name, however small: certain when the task was raised, and
    still now, for another claim may have used the cover since."""
    task = _task(row)
    if task is None:
        return False
    still_fen = certain_fen(consider(row, policy_of(row)).case)
    return act.amount_fen <= min(task.certain_fen, still_fen, alone_fen(maker))


def _do(row: Claim, act: MoneyAct, names: Names) -> Outcome:
    task = Advance.objects.get(claim=row)
    policy = policy_of(row)
    event = event_of(catalog.version(row.version_id), policy, row.event)
    locks.policy(*bought_together(event, policy))
    stored = records.decision(
        row,
        "pay",
        (reason("advance_paid"),),
        (
            CalculationLine("start", Text("先予支付", "Paid in advance"), None, act.amount_fen),
            words.total(act.amount_fen),
        ),
        act.amount_fen,
        "by-person",
        digest({"claim": str(row.id), "advance": str(act.id)}),
        by=names.maker,
        checked_by=names.checker,
    )
    if event is not None:
        periods = counted_periods(event, policy.start, row.happened_on)
        limits = {use_key(event, step): act.amount_fen for step in event.steps if step.op == "cap"}
        records.use_cover(row, stored.number, {k: fen for k, fen in limits.items() if k in periods}, periods)
    task.ordered_at, task.decision_number, task.amount_fen = clock.now(), stored.number, act.amount_fen
    task.save()
    take(row, names.maker)
    row.amount_fen = row.paid_fen + act.amount_fen
    row.save()
    reserves.move_to(row, max(0, reserves.balance_fen(row) - act.amount_fen), "advance")
    points = {"decision": stored.number, "act": str(act.id)}
    records.milestone(row, "advance_agreed", amount_fen=act.amount_fen, name=names.maker.name, **points)
    order = records.order(row, stored.number, act.amount_fen, attempt=0, advance=True)
    return Outcome(records.settled(row, stored, order, fresh=True))


ADVANCE = Kind(_refuse, _do, _alone)
