"""A handler opens a closed claim again, at any time, with a reason: a paid one is reviewed, the others go on."""

from __future__ import annotations

from baohe.rooms.claims import records
from baohe.rooms.claims.actions.ask_person import open_review
from baohe.rooms.claims.actions.reopen import open_again
from baohe.rooms.claims.actions.states import not_open, take
from baohe.rooms.claims.acts.kind import Kind, Names, Outcome
from baohe.rooms.claims.models import Claim, MoneyAct


def may_reopen(row: Claim) -> bool:
    return row.state in ("withdrawn", "refused_by_person") or (row.state == "paid" and not row.review_open)


def _refuse(row: Claim, act: MoneyAct) -> None:
    if not may_reopen(row):
        raise not_open(row)


def _do(row: Claim, act: MoneyAct, names: Names) -> Outcome:
    take(row, names.maker)
    if row.state == "paid":
        open_review(row, told=False)
    else:
        open_again(row)
    records.milestone(row, "reopened_by_person", name=names.maker.name, act=str(act.id))
    return Outcome()


REOPEN = Kind(_refuse, _do, alone=lambda row, act, maker: True)
