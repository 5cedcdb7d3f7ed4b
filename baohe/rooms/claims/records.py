"""Writing what happened: milestones, decisions, what they used up, and the order to pay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from baohe.kernel.decisions import Reason, Text
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import clocks, payees, reserves
from baohe.rooms.claims.contracts import CalculationLine, DecisionView, PayOrder, Settled
from baohe.rooms.claims.models import Claim, ClaimDecision, ClaimPayment, CoverUse, Milestone
from baohe.rooms.claims.rules import deadlines
from baohe.rooms.people.contracts import StaffView


def milestone(row: Claim, code: str, at: datetime | None = None, amount_fen: int | None = None, **facts: Any) -> None:
    """One line of the story. `facts` hold no personal data beyond a staff member's name."""
    Milestone.objects.create(
        claim=row, shard_key=row.shard_key, at=at or clock.now(), code=code, facts=facts, amount_fen=amount_fen
    )
    clocks.follow(row, code)


def decision(
    row: Claim,
    outcome: str,
    reasons: Iterable[Reason],
    lines: Iterable[CalculationLine],
    amount_fen: int | None,
    rule_version: str,
    input_hash: str,
    by: StaffView | None = None,
    checked_by: StaffView | None = None,
    number: int | None = None,
) -> ClaimDecision:
    """Store a decision under the next number of the claim, whose row the caller has locked."""
    if number is None:
        number = (ClaimDecision.objects.filter(claim=row).aggregate(last=Max("number"))["last"] or 0) + 1
    return ClaimDecision.objects.create(
        id=clock.new_id(),
        claim=row,
        shard_key=row.shard_key,
        number=number,
        outcome=outcome,
        reasons=[reason.as_dict() for reason in reasons],
        calculation=[asdict(line) for line in lines],
        amount_fen=amount_fen,
        rule_version=rule_version,
        input_hash=input_hash,
        decided_at=clock.now(),
        decided_by=by.id if by else None,
        decided_by_name=by.name if by else "",
        checked_by=checked_by.id if checked_by else None,
        checked_by_name=checked_by.name if checked_by else "",
    )


def use_cover(row: Claim, number: int, used: Mapping[str, int], periods: Mapping[str, date]) -> None:
    """Book what a decision to pay takes of counted limits and deductibles."""
    CoverUse.objects.bulk_create(
        CoverUse(
            shard_key=row.shard_key,
            policy_id=row.policy_id,
            claim=row,
            decision_number=number,
            key=key,
            period_start=periods[key],
            amount_fen=amount,
        )
        for key, amount in used.items()
        if amount
    )


def pay(row: Claim, stored: ClaimDecision) -> PayOrder:
    """Agree to pay: the claim is paying, and the flow gets its one order under a natural key."""
    agreed(row, stored, "paying")
    return order(row, stored.number, stored.amount_fen or 0, attempt=0)


def agreed(row: Claim, stored: ClaimDecision, state: str) -> None:
    """The decision's amount is owed from now on."""
    moment = clock.now()
    if not row.reference or row.state != "draft":  # a reported fact that is paid at once never had a reserve
        reserves.move_to(row, 0, "agreed")
    row.state = state
    row.amount_fen = (row.amount_fen or 0) + (stored.amount_fen or 0)
    row.decided_at = moment
    row.decided_by = stored.decided_by
    row.pay_by = deadlines.pay_by(moment)
    row.review_open = False
    row.save()


def order(row: Claim, number: int, amount_fen: int, attempt: int, advance: bool = False) -> PayOrder:
    """`claim:<id>:<decision>` for the first try, `…:<attempt>` after one failed for certain. Raises
    `PayeeNeeded`."""
    payee = payees.account_of(row)
    key = f"claim:{row.id}:{number}" + (f":{attempt}" if attempt else "")
    ClaimPayment.objects.create(
        claim=row,
        shard_key=row.shard_key,
        natural_key=key,
        decision_number=number,
        advance=advance,
        amount_fen=amount_fen,
        requested_at=clock.now(),
    )
    return replace(_ordered(row, key, number, amount_fen), payee=payee)


def whole_order(row: Claim, stored: ClaimDecision) -> PayOrder:
    """What is booked of a decision whose shares are paid apart, each by its own payout."""
    return replace(_ordered(row, f"claim:{row.id}:{stored.number}", stored.number, stored.amount_fen or 0), apart=True)


def _ordered(row: Claim, key: str, number: int, amount_fen: int) -> PayOrder:
    return PayOrder(
        natural_key=key,
        claim_id=row.id,
        claim_number=row.number,
        decision_number=number,
        shard_key=row.shard_key,
        payee_account_id=row.account_id,
        insurer_code=row.insurer_code,
        amount_fen=amount_fen,
        memo=f"理赔 {row.number}",
        version_id=row.version_id,
        before_fen=row.paid_fen,
        partner_id=row.partner_id,
    )


def decision_view(stored: ClaimDecision) -> DecisionView:
    return DecisionView(
        number=stored.number,
        outcome=stored.outcome,
        reasons=tuple(Reason(r["code"], Text(**r["text"]), r["clause"]) for r in stored.reasons),
        calculation=lines_of(stored.calculation),
        amount_fen=stored.amount_fen,
        rule_version=stored.rule_version,
        input_hash=stored.input_hash,
        decided_at=stored.decided_at,
        decided_by=stored.decided_by,
        decided_by_name=stored.decided_by_name,
        checked_by_name=stored.checked_by_name,
    )


def lines_of(stored: Sequence[Mapping[str, Any]]) -> tuple[CalculationLine, ...]:
    return tuple(
        CalculationLine(
            **{
                **line,
                "label": Text(**line["label"]),
                "detail": Text(**line["detail"]) if line["detail"] else None,
            }
        )
        for line in stored
    )


def insurer_name(row: Claim) -> Text:
    return catalog.version(row.version_id).insurer.short_name


def settled(row: Claim, stored: ClaimDecision | None, order_: PayOrder | None, fresh: bool) -> Settled:
    """What an action tells the flow."""
    return Settled(
        claim_id=row.id,
        decision=decision_view(stored) if stored else None,
        order=order_,
        fresh=fresh,
        claim_number=row.number,
        shard_key=row.shard_key,
        account_id=row.account_id if row.by_link or row.partner_id is None else None,
    )
