"""A claim's money beyond its payout: advances, corrections, recoveries, and claims that are taken up again.

Each act is one transaction: the claim's rows, the payout asked for, the entries in the books, the evidence and the
message. Nothing here ever sets off against another payout of the claimant.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.db import transaction

from baohe.flows import bookkeeping, pay_shares, settle_claim
from baohe.kernel.dates import business_date
from baohe.kernel.decisions import Text
from baohe.plumbing import clock, outbox
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import ClaimView
from baohe.rooms.claims.facade import Booking, Done, MoneyActView
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.policies import facade as policies

EVERY_SECONDS = 600
_AT_ONCE = 200
_TOLD = {
    "advance": Text("先付可以确定的部分，正在付款", "what is certain is being paid in advance"),
    "correction": Text("赔付有更正，请看说明", "the payment was corrected; please see why"),
    "heirs": Text("法定继承人已核实，请填写每位的收款账户", "the heirs were found; please give the account of each"),
    "reopen": Text("理赔员重新打开了这件理赔", "a handler took it up again"),
}


def look_for_advances() -> int:
    """A round: claims whose sixtieth day ended undecided become tasks (INS 25); how many. Idempotent, and catches up
    after a time without a worker."""
    raised = 0
    for claim_id in claims.advances_due(_AT_ONCE):
        with transaction.atomic():
            policies.hold(claims.policy_id_of(claim_id))
            raised += claims.raise_advance(claim_id)
    return raised


def propose(
    staff_id: UUID,
    claim_id: UUID,
    kind: str,
    amount_fen: int,
    reason: str,
    facts: Mapping[str, str] | None = None,
    key: UUID | None = None,
) -> MoneyActView:
    """One name's act, done at once within its authority; the same `key` is the same act. Raises what
    `claims.propose_money_act` raises."""
    act_id = key or clock.new_id()
    return _act(
        claim_id,
        lambda: claims.propose_money_act(staff_id, claim_id, kind, amount_fen, reason, facts or {}, act_id),
    )


def confirm(staff_id: UUID, claim_id: UUID, act_id: UUID) -> MoneyActView:
    """The second name. Raises what `claims.confirm_money_act` raises."""
    return _act(claim_id, lambda: claims.confirm_money_act(staff_id, claim_id, act_id))


def give_back(staff_id: UUID, claim_id: UUID, act_id: UUID) -> MoneyActView:
    """The second person does not agree. Raises what `claims.return_money_act` raises."""
    return _act(claim_id, lambda: claims.return_money_act(staff_id, claim_id, act_id))


def reopen(account_id: UUID, claim_id: UUID) -> ClaimView:
    """The claimant takes a withdrawn or refused claim up again; twice is once. Raises `ReopeningOver`, `ClaimNotOpen`,
    `NotFound`."""
    with transaction.atomic():
        claims.reopen(account_id, claim_id)
    return claims.claim(account_id, claim_id)


def reserve_moved(event: outbox.Event) -> None:
    """Handler of `claims.reserve_moved`: the move on the books of every carrier, once."""
    move = claims.reserve_move(int(event.payload["move"]))
    with transaction.atomic():
        bookkeeping.claim_reserve(
            move.version_id,
            move.amount_fen,
            f"{move.claim_id}:{move.number}",
            move.shard_key,
            business_date(move.at),
            move.claim_number,
            move.before_fen,
        )


def _act(claim_id: UUID, act: Callable[[], Done]) -> MoneyActView:
    with transaction.atomic():
        policies.hold(claims.policy_id_of(claim_id))  # before the claim, as everywhere money may be agreed
        done = act()
        if done.again:
            return done.act
        for one in done.bookings:
            _book(done, one)
        if done.settled is not None:
            settle_claim.carry_out(done.settled, told=_TOLD.get(done.act.kind))
        elif done.act.kind in ("reopen", "heirs") and done.act.state == "done":
            settle_claim.tell(claims.claim_by_id(claim_id), _TOLD[done.act.kind])
        for order in done.orders:
            pay_shares.request(order)
        _record(done)
        return done.act


def _book(done: Done, one: Booking) -> None:
    args = (done.version_id, one.amount_fen, one.ref, done.shard_key, clock.today(), done.claim_number, one.before_fen)
    if one.kind == "claim_corrected":
        bookkeeping.claim_corrected(*args)
    else:
        bookkeeping.recovery(one.kind, *args)


def _record(done: Done) -> None:
    """Who did what, without a reason's words or a name."""
    act = done.act
    facts = {"number": done.claim_number, "kind": act.kind, "amount_fen": act.amount_fen, "state": act.state}
    evidence.append("claim_money", str(act.id), facts | {"maker": str(act.maker_id)}, done.shard_key)
