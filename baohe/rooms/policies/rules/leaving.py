"""What leaving gives back (SERV-2, SERV-3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from baohe.kernel.dates import Period, prorate
from baohe.kernel.decisions import Text
from baohe.kernel.money import BASIS, apply_bp, yuan
from baohe.rooms.policies.contracts import LeavingView


@dataclass(frozen=True, slots=True)
class Contract:
    """The facts that decide. `premium_fen` is the premium of the whole period, all instalments together. `long_term`:
    more than a year, cash value instead of unearned premium."""

    period: Period
    premium_fen: int
    paid_fen: int
    expense_bp: int
    cooling_off_ends: date | None
    cancelled: bool
    long_term: bool
    cash_value_fen: int
    clause: str = ""
    claimed: bool = False
    """A claim was paid or agreed: the whole premium is earned."""
    lapsed: bool = False
    ended_by_claim: bool = False


def leaving_on(contract: Contract, today: date) -> LeavingView:
    """Cooling-off: everything paid. Before the first covered day: everything paid. Later: the net premium not yet
    earned, or the cash value of a long contract. Never more than was paid, never below 0."""
    if contract.cancelled:
        return _closed("已经退保", "has already been left", contract)
    if contract.lapsed:
        return _closed("已因欠交保费终止", "ended because a premium was not paid", contract)
    if contract.ended_by_claim:
        return _closed("已因赔付终止", "ended with the claim that was paid", contract)
    if today >= contract.period.end:
        return _closed("已经到期", "has come to its end", contract)
    if contract.claimed and not contract.long_term:
        return _open(
            0,
            "已经理赔过，保费不再退还",
            "A claim has been paid, so no premium comes back",
            contract,
        )
    if contract.cooling_off_ends is not None and today <= contract.cooling_off_ends:
        return _open(
            contract.paid_fen,
            f"犹豫期到 {contract.cooling_off_ends}，现在退保全额退还",
            f"Cooling-off until {contract.cooling_off_ends}: everything you paid comes back",
            contract,
        )
    if today < contract.period.start:
        return _open(
            contract.paid_fen, "保障还没开始，全额退还", "Cover has not begun: everything comes back", contract
        )
    if contract.long_term:
        return _long_term(contract)
    return _unearned(contract, today)


def unearned_fen(contract: Contract, today: date) -> int:
    """Net premium × (1 − elapsed days / total days); the day of leaving counts as elapsed. Under instalments, what
    was paid net of what was earned so far."""
    elapsed = min((today - contract.period.start).days + 1, contract.period.days)
    net_bp = BASIS - contract.expense_bp
    earned = prorate(apply_bp(contract.premium_fen, net_bp), elapsed, contract.period.days)
    return max(0, apply_bp(contract.paid_fen, net_bp) - earned)


def _unearned(contract: Contract, today: date) -> LeavingView:
    left = (contract.period.end - today).days - 1
    return _open(
        unearned_fen(contract, today),
        f"扣除费用后的保费，按剩余 {left} 天退还（全期 {contract.period.days} 天）",
        f"The net premium for the {left} days left of {contract.period.days}",
        contract,
    )


def _long_term(contract: Contract) -> LeavingView:
    value = contract.cash_value_fen
    if value > contract.paid_fen:
        return _more_than_was_paid(contract)
    if value == 0:
        return _open(
            0,
            "犹豫期已过，现金价值为 ¥0.00，退保没有钱可退",
            "Cooling-off is over; the cash value is ¥0.00, so nothing comes back",
            contract,
        )
    return _open(value, f"退还现金价值 ¥{yuan(value)}", f"The cash value of ¥{yuan(value)} comes back", contract)


def _more_than_was_paid(contract: Contract) -> LeavingView:
    """A payment can only give back what it took; the rest needs an account of the customer, so a person does it."""
    value = yuan(contract.cash_value_fen)
    return LeavingView(
        allowed=False,
        refund_fen=0,
        rule=Text(
            f"现金价值 ¥{value}，比在这里付过的钱多，请联系客服办理，30 天内全数退还",
            f"The cash value is ¥{value}, more than was paid here: our staff pays it out within 30 days",
        ),
        clause=contract.clause,
        cooling_off_until=contract.cooling_off_ends,
    )


def _open(refund_fen: int, zh: str, en: str, contract: Contract) -> LeavingView:
    return LeavingView(
        allowed=True,
        refund_fen=refund_fen,
        rule=Text(zh, en),
        clause=contract.clause,
        cooling_off_until=contract.cooling_off_ends,
    )


def _closed(zh: str, en: str, contract: Contract) -> LeavingView:
    return LeavingView(
        allowed=False,
        refund_fen=0,
        rule=Text(f"这份保单{zh}", f"This policy {en}"),
        clause=contract.clause,
        cooling_off_until=contract.cooling_off_ends,
    )
