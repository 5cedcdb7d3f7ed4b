"""Months that are closed and stated, a dispute that waits for an answer, a batch that waits for its second person."""

from __future__ import annotations

from datetime import date

from baohe.flows import close_month, settle_period
from baohe.kernel.dates import add_months
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.people import facade as people
from baohe.rooms.settlement import facade as settlement
from baohe.rooms.settlement.contracts import Actor, StatementView

_CONTACT = "13800000009"
_BANK = "示例银行上海分行"


def build(maker: str, second: str) -> bool:
    """`maker` and `second` are usernames of finance. Made once; returns whether anything was made."""
    month = add_months(clock.today().replace(day=1), -1)
    if settlement.parties():
        return False
    made_by, approved_by = _actor(maker), _actor(second)
    _close_until(month, made_by)
    stated = list(settle_period.run(month).made) if ledger.closed_month(month) is not None else []
    owed = sorted((one for one in stated if one.payable_fen > 0), key=lambda one: -one.payable_fen)
    for number, one in enumerate(owed):
        _account(one, number, made_by, approved_by)
    disputed = next((one for one in reversed(owed) if one.party.kind == "insurer" and one.lines), None)
    if disputed is not None:
        _dispute(disputed, made_by)
    agreed = [one for one in owed if one != disputed]
    for one in agreed:
        settlement.agree(one.id, made_by)
    if agreed:
        settlement.make_batch(month, [one.id for one in agreed], made_by)
    return True


def _actor(username: str) -> Actor:
    view = next(one for one in people.staff_with_role("finance") if one.username == username)
    return Actor(view.id, view.name)


def _close_until(month: date, by: Actor) -> None:
    assert by.id is not None
    while (first := ledger.first_open_month()) is not None and first <= month:
        close_month.close(first, by.id, by.name)


def _account(one: StatementView, number: int, made_by: Actor, approved_by: Actor) -> None:
    made = settlement.propose_account(
        one.party.id,
        bank=_BANK,
        holder=one.party.name,
        number=f"622200001000{3187 + 1113 * number:04d}",
        contact=_CONTACT,
        actor=made_by,
    )
    settlement.approve_account(made.id, approved_by)


def _dispute(one: StatementView, by: Actor) -> None:
    told = Actor(by.id, f"{by.name}（代{one.party.name}）"[:80])
    settlement.open_dispute(one.id, "来函 2026-17", "第 1 行这张保单我们没有承保记录，请核对后答复", [1], told)
