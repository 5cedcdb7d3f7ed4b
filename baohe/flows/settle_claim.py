"""A claim from the claimant's "submit" to the money.

Every decision is one transaction: the claim's own rows, the payout asked of the payments room, the entry in the books,
the evidence leaf and the message stand or fall together. The wallet is called by the worker afterwards; its word comes
back as an event (`claim_payouts`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from baohe.flows import bookkeeping, claimant, end_by_claim, look_for_fraud, pay_shares
from baohe.kernel.canonical import digest
from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock, outbox
from baohe.plumbing.idempotency import Answer, answer_once
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import ClaimView, DecisionView, EventNotice, JointDecisionView, PayOrder, Settled
from baohe.rooms.claims.errors import LinesChanged
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.payments import facade as payments
from baohe.rooms.policies import facade as policies

_T = TypeVar("_T")
DECIDED = "claims.decided"
_PROGRESS = {
    "pay": Text("已同意赔付，正在付款", "payment is agreed and on its way"),
    "refer": Text("已转理赔员处理", "a handler is looking at it"),
    "refuse": Text("有结论了", "there is a conclusion"),
    "ask": Text("理赔员请你补交材料", "the handler asks for papers"),
}
_PAID_IN_ADVANCE = Text("已定案，先付给你的就是全部赔款", "it is decided: what you were paid in advance is the whole")


@dataclass(frozen=True, slots=True)
class EventSettled:
    """What a reported fact came to. `decision` is pay or refer; `amount_fen` is set when it is paid."""

    claim_id: UUID
    number: str
    decision: str
    amount_fen: int | None
    repeated: bool


def submit_claim(account_id: UUID, claim_id: UUID, idempotency_key: str) -> Settled:
    """Decide the claimant's draft by the rules and, if they say so, pay. Two submissions, also at once and under two
    keys, end with one payout. Raises `NotFound`, `PayeeNeeded`, `KeyReused`."""
    settled: list[Settled] = []
    look_for_fraud.remember_pictures(account_id, claim_id)

    def act() -> Answer:
        _hold_policy(claim_id)
        doubt = look_for_fraud.look(claim_id)
        settled.append(carry_out(claims.submit(account_id, claim_id, fraud_signal=doubt), by_rules=True))
        return Answer(200, {"claim_id": str(claim_id)})

    answer_once(f"claims:{account_id}:submit", idempotency_key, {"claim": str(claim_id)}, act)
    if settled:
        return settled[0]
    return Settled(claim_id, claims.claim(account_id, claim_id).decision, None, fresh=False)


def ask_person(account_id: UUID, claim_id: UUID) -> Settled:
    """The claimant wants a person, at any time (SERV-9). Raises `ClaimNotOpen` once withdrawn, `NotFound`."""
    with transaction.atomic():
        return carry_out(claims.ask_person(account_id, claim_id))


def settle_event(partner_id: UUID, reference: str, event: str, occurred_at: datetime) -> EventSettled:
    """Settle what happened to a partner's order ("parcel_returned") by the rules, with no human.

    Once for (policy, event, reference). Raises `NotFound` for an order that is not insured, `InvalidInput` also for
    what the policy's own sources of data decide.
    """
    policy = policies.policy_of_reference(partner_id, reference)
    if catalog.version(policy.version_id).trigger_of_event(event) is not None:
        raise InvalidInput(
            field="event",
            reason_zh="这种事件由约定的数据源核定，不用上报",
            reason_en="is decided by the agreed sources of data and need not be reported",
        )
    with transaction.atomic():
        return event_settled(carry_out(claims.settle_event(policy, EventNotice(event, reference, occurred_at)), True))


def event_settled(settled: Settled) -> EventSettled:
    decision = settled.decision
    paid = decision is not None and decision.outcome == "pay"
    return EventSettled(
        claim_id=settled.claim_id,
        number=settled.claim_number,
        decision="pay" if paid else "refer",
        amount_fen=decision.amount_fen if paid and decision is not None else None,
        repeated=not settled.fresh,
    )


def decide_by_person(
    staff_id: UUID, claim_id: UUID, amount_fen: int, note: str = "", seen: int | None = None
) -> Settled:
    """One named handler pays at least what the rules calculated, within one person's authority. `seen`: the number of
    the decision whose lines they looked at.

    Raises `LinesChanged` (nothing is decided, the new lines are kept), `SecondNameNeeded`, `ClaimNotOpen`,
    `NotAllowed`, `InvalidInput`.
    """
    return _on_true_lines(
        claim_id,
        lambda: claims.lines_stand(staff_id, claim_id, seen),
        lambda: carry_out(claims.pay_by_person(staff_id, claim_id, amount_fen, note)),
    )


def propose_refusal(
    staff_id: UUID,
    claim_id: UUID,
    *,
    pay_fen: int,
    refused_fen: int,
    clause: str,
    letter: str,
    seen: int | None = None,
) -> JointDecisionView:
    """The first of two names. Nothing changes for the claimant yet. Raises `LinesChanged`, `ClaimNotOpen`,
    `NotAllowed`, `InvalidInput`."""
    return _on_true_lines(
        claim_id,
        lambda: claims.lines_stand(staff_id, claim_id, seen),
        lambda: claims.propose_refusal(
            staff_id, claim_id, pay_fen=pay_fen, refused_fen=refused_fen, clause=clause, letter=letter
        ),
    )


def confirm_refusal(staff_id: UUID, claim_id: UUID, proposal_id: UUID) -> Settled:
    """The second name (SERV-9), to lines that still stand. Raises `LinesChanged`, `SameName`, `ClaimNotOpen`,
    `NotAllowed`, `NotFound`."""
    return _on_true_lines(
        claim_id,
        lambda: claims.proposal_stands(staff_id, claim_id, proposal_id),
        lambda: carry_out(claims.confirm_refusal(staff_id, claim_id, proposal_id)),
    )


def _on_true_lines(claim_id: UUID, stands: Callable[[], bool], decide: Callable[[], _T]) -> _T:
    """Decide under the policy's lock, or keep the new lines and refuse: they must outlive the refusal."""
    with transaction.atomic():
        _hold_policy(claim_id)
        if stands():
            return decide()
    raise LinesChanged()


def return_refusal(staff_id: UUID, claim_id: UUID, proposal_id: UUID) -> JointDecisionView:
    """The second person does not agree. Raises as `confirm_refusal`."""
    with transaction.atomic():
        return claims.return_refusal(staff_id, claim_id, proposal_id)


def keep_result(staff_id: UUID, claim_id: UUID) -> None:
    """A recalculation was asked for and the paid result stands. Raises `ClaimNotOpen`, `NotAllowed`."""
    with transaction.atomic():
        claims.keep_result(staff_id, claim_id)
        tell(claims.claim_by_id(claim_id), Text("重算后维持原结果", "the result stands after review"))


def ask_for_papers(staff_id: UUID, claim_id: UUID, kinds: Sequence[str], note: str) -> Settled:
    """Back to the claimant for papers of the closed list (SERV-5). Raises `PaperListClosed`, `ClaimNotOpen`,
    `NotAllowed`, `InvalidInput`."""
    with transaction.atomic():
        return carry_out(claims.ask_for_papers(staff_id, claim_id, kinds, note))


def pay_again(staff_id: UUID, claim_id: UUID) -> None:
    """After a payout that failed for certain. Raises `ClaimNotOpen`, `NotAllowed`."""
    with transaction.atomic():
        _pay(claims.pay_again(staff_id, claim_id))


def _hold_policy(claim_id: UUID) -> None:
    """Whoever leaves the policy in this very moment queues here: the premium is earned when a claim is agreed."""
    policies.hold(claims.policy_id_of(claim_id))


def carry_out(settled: Settled, by_rules: bool = False, told: Text | None = None) -> Settled:
    """Money, books, evidence and message of a fresh decision; `told` is the message's words where the outcome does not
    say enough. Inside the caller's transaction."""
    if not settled.fresh or settled.decision is None:
        return settled
    if settled.order is not None:
        _agree(settled.order)
        told = pay_shares.agreed_words(settled.claim_id) if settled.order.apart else told
    elif settled.decision.outcome == "pay":
        told = told or _PAID_IN_ADVANCE
        end_by_claim.finish(claims.claim_by_id(settled.claim_id))
    if by_rules and settled.decision.outcome == "ask":
        return settled  # the claimant is looking at the list of what is missing
    _record(settled, settled.decision)
    # a partner hears of the decision by its event, a claimant by message; without a telephone the clock runs on
    words = told or _PROGRESS[settled.decision.outcome]
    heard = settled.account_id is None or tell(claims.claim_by_id(settled.claim_id), words)
    if heard and settled.decision.outcome == "refuse":
        claims.refusal_told(settled.claim_id)
    return settled


def _agree(order: PayOrder) -> None:
    """Owed from this moment on, and on its way."""
    bookkeeping.claim_agreed(
        order.version_id,
        order.amount_fen,
        order.natural_key,
        order.shard_key,
        clock.today(),
        order.claim_number,
        before_fen=order.before_fen,
    )
    if not order.apart:
        _pay(order)


def _pay(order: PayOrder) -> None:
    """To the account of ours behind the claim, or by transfer to the account that a claimant by link gave."""
    to = order.payee
    payments.request_payout(
        natural_key=order.natural_key,
        subject_id=order.claim_id,
        shard_key=order.shard_key,
        payee_account_id=order.payee_account_id if to is None else None,
        provider="wallet" if to is None else "transfer",
        payee="" if to is None else to.number,
        payee_name="" if to is None else to.holder,
        amount_fen=order.amount_fen,
        memo=order.memo,
        kind="claim",
    )


def _record(settled: Settled, decision: DecisionView) -> None:
    evidence.append_many([leaf_of(settled, decision)])
    outbox.publish(DECIDED, settled.claim_id, settled.shard_key, decided_words(settled, decision))


def decided_words(settled: Settled, decision: DecisionView) -> dict[str, str]:
    return {"claim_id": str(settled.claim_id), "outcome": decision.outcome}


def leaf_of(settled: Settled, decision: DecisionView) -> evidence.NewLeaf:
    """What was decided, by whom and on what, without a name: enough to replay it, nothing to recognise anybody by."""
    facts = {
        "number": settled.claim_number,
        "decision": decision.number,
        "outcome": decision.outcome,
        "amount_fen": decision.amount_fen or 0,
        "rule_version": decision.rule_version,
        "input_hash": decision.input_hash,
        "calculation": digest(
            [[line.op, line.amount_fen, line.percent_bp, line.clause] for line in decision.calculation]
        ),
        "decided_by": str(decision.decided_by) if decision.decided_by else "rules",
    }
    return evidence.NewLeaf("claim_decided", str(settled.claim_id), facts, settled.shard_key)


def tell(claim: ClaimView, progress: Text) -> bool:
    """A word about its progress to the claimant; whether there was a telephone to tell."""
    return claimant.tell(
        claim, "progress", {"number": claim.number, "progress": progress.zh}, {"progress": progress.en}
    )
