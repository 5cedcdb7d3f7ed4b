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
    line(row, code, at, amount_fen, **facts).save(force_insert=True)
    clocks.follow(row, code)


def line(row: Claim, code: str, at: datetime | None = None, amount_fen: int | None = None, **facts: Any) -> Milestone:
    """The same, not saved and without its clocks."""
    return Milestone(
        claim=row, shard_key=row.shard_key, at=at or clock.now(), code=code, facts=facts, amount_fen=amount_fen
    )


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
    stored = new_decision(row, outcome, reasons, lines, amount_fen, rule_version, input_hash, number)
    stored.decided_by, stored.decided_by_name = (by.id, by.name) if by else (None, "")
    stored.checked_by, stored.checked_by_name = (checked_by.id, checked_by.name) if checked_by else (None, "")
    stored.save(force_insert=True)
    return stored


def new_decision(
    row: Claim,
    outcome: str,
    reasons: Iterable[Reason],
    lines: Iterable[CalculationLine],
    amount_fen: int | None,
    rule_version: str,
    input_hash: str,
    number: int,
) -> ClaimDecision:
    """A decision of the rules, not saved."""
    return ClaimDecision(
        id=clock.new_id(),
        claim=row,
        shard_key=row.shard_key,
        number=number,
        outcome=outcome,
        reasons=[reason.as_dict() for reason in reasons],
        calculation=[asdict(one) for one in lines],
        amount_fen=amount_fen,
        rule_version=rule_version,
        input_hash=input_hash,
        decided_at=clock.now(),
    )


def use_cover(row: Claim, number: int, used: Mapping[str, int], periods: Mapping[str, date]) -> None:
    """Book what a decision to pay takes of counted limits and deductibles."""
    CoverUse.objects.bulk_create(uses(row, number, used, periods))


def uses(row: Claim, number: int, used: Mapping[str, int], periods: Mapping[str, date]) -> list[CoverUse]:
    """The same, not saved."""
    return [
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
    ]


def pay(row: Claim, stored: ClaimDecision) -> PayOrder:
    """Agree to pay: the claim is paying, and the flow gets its one order under a natural key."""
    agreed(row, stored, "paying")
    return order(row, stored.number, stored.amount_fen or 0, attempt=0)


def agreed(row: Claim, stored: ClaimDecision, state: str) -> None:
    """The decision's amount is owed from now on."""
    if not row.reference or row.state != "draft":  # a reported fact that is paid at once never had a reserve
        reserves.move_to(row, 0, "agreed")
    agree(row, stored, state)
    row.save()


def agree(row: Claim, stored: ClaimDecision, state: str) -> None:
    """What an agreement changes of the claim's row, not saved."""
    moment = clock.now()
    row.state = state
    row.amount_fen = (row.amount_fen or 0) + (stored.amount_fen or 0)
    row.decided_at = moment
    row.decided_by = stored.decided_by
    row.pay_by = deadlines.pay_by(moment)
    row.review_open = False


def order(row: Claim, number: int, amount_fen: int, attempt: int, advance: bool = False) -> PayOrder:
    """`claim:<id>:<decision>` for the first try, `…:<attempt>` after one failed for certain. Raises
    `PayeeNeeded`."""
    payee = payees.account_of(row)
    payment, ordered = new_order(row, number, amount_fen, attempt, advance)
    payment.save(force_insert=True)
    return replace(ordered, payee=payee)


def new_order(
    row: Claim, number: int, amount_fen: int, attempt: int, advance: bool = False
) -> tuple[ClaimPayment, PayOrder]:
    """The order with its row, which is not saved."""
    key = f"claim:{row.id}:{number}" + (f":{attempt}" if attempt else "")
    payment = ClaimPayment(
        claim=row,
        shard_key=row.shard_key,
        natural_key=key,
        decision_number=number,
        advance=advance,
        amount_fen=amount_fen,
        requested_at=clock.now(),
    )
    return payment, _ordered(row, key, number, amount_fen)


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
