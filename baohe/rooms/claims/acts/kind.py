"""What each act on a claim's money has in common: whose names it takes, when it is refused, and what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from baohe.rooms.claims.contracts import HANDLERS, Booking, Settled, ShareOrder
from baohe.rooms.claims.models import Claim, MoneyAct
from baohe.rooms.people.contracts import StaffView


@dataclass(frozen=True, slots=True)
class Outcome:
    settled: Settled | None = None
    bookings: tuple[Booking, ...] = ()
    orders: tuple[ShareOrder, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """Maker, and the second name where there is one."""

    maker: StaffView
    checker: StaffView | None


def never(row: Claim, act: MoneyAct, maker: StaffView) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Kind:
    """`refuse` raises when it cannot be done now: asked at the proposal and again at the second name. `alone` says
    whether one name is enough."""

    refuse: Callable[[Claim, MoneyAct], None]
    do: Callable[[Claim, MoneyAct, Names], Outcome]
    alone: Callable[[Claim, MoneyAct, StaffView], bool] = never
    makers: tuple[str, ...] = HANDLERS
