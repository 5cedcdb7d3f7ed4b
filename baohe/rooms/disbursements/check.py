"""Do the books hold what was ordered and paid?"""

from __future__ import annotations

from django.db.models import Q, Sum

from baohe.rooms.disbursements.models import Disbursement
from baohe.rooms.ledger import facade as ledger

COST_AGREED, COST_PAID = "claim_cost_agreed", "claim_cost_paid"
REFUND_PAID, SURPLUS_PAID = "refund_paid_out", "surplus_paid_out"
SURPLUS = "surplus:"


def problems() -> list[str]:
    """Sums of the room that differ from the ledger's, in sentences."""
    costs, refunds = Q(kind="claim_cost"), Q(kind="refused_refund")
    surplus, done = Q(natural_key__startswith=SURPLUS), Q(state="done")
    owed, gone = _cost_payable(), _left()
    compared = (
        ("claim costs still owed", _sum(costs & ~done & Q(before_fen__isnull=False)), owed),
        ("claim costs paid", _sum(costs & done), gone.get(COST_PAID, 0)),
        ("refunds paid out by hand", _sum(refunds & done & ~surplus), gone.get(REFUND_PAID, 0)),
        ("surpluses paid out by hand", _sum(refunds & done & surplus), gone.get(SURPLUS_PAID, 0)),
    )
    found = [f"{what}: {ours} fen, the ledger holds {theirs}" for what, ours, theirs in compared if ours != theirs]
    open_fen, payable_fen = _sum(refunds & ~done & ~surplus), -ledger.balance("refunds/payable")
    if payable_fen < open_fen:
        found.append(f"refunds that wait for another way: {open_fen} fen, only {payable_fen} are payable")
    return found


def _sum(which: Q) -> int:
    return int(Disbursement.objects.filter(which).aggregate(sum=Sum("amount_fen"))["sum"] or 0)


def _cost_payable() -> int:
    facts = ledger.balances_by_kind("insurer")
    return -sum(
        fen
        for (account, kind), fen in facts.items()
        if account.endswith("/claims_payable") and kind in (COST_AGREED, COST_PAID)
    )


def _left() -> dict[str, int]:
    """Kind of entry → fen that left by transfer."""
    return {kind: -fen for (_, kind), fen in ledger.balances_by_kind(ledger.chart.clearing("transfer")).items()}
