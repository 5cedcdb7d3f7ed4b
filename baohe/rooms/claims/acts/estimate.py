"""A person knows better than the average or the calculation what a claim will come to."""

from __future__ import annotations

from baohe.rooms.claims import reserves
from baohe.rooms.claims.actions.states import not_open
from baohe.rooms.claims.acts.authority import alone_fen
from baohe.rooms.claims.acts.kind import Kind, Names, Outcome
from baohe.rooms.claims.models import Claim, MoneyAct
from baohe.rooms.people.contracts import StaffView

OPEN = ("draft", "with_person")


def is_open(row: Claim) -> bool:
    """Whether something may still be owed that nobody agreed to."""
    return row.state in OPEN or row.review_open


def _refuse(row: Claim, act: MoneyAct) -> None:
    if not is_open(row):
        raise not_open(row)


def _alone(row: Claim, act: MoneyAct, maker: StaffView) -> bool:
    return act.amount_fen <= alone_fen(maker)


def _do(row: Claim, act: MoneyAct, names: Names) -> Outcome:
    reserves.move_to(row, act.amount_fen, "estimate")
    return Outcome()


ESTIMATE = Kind(_refuse, _do, _alone)
