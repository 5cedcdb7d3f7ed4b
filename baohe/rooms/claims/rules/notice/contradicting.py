"""What else of a sentence speaks against being sure of a policy, an event or a day. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from baohe.rooms.claims.rules.notice.calls import HOMES, THINGS
from baohe.rooms.claims.rules.notice.days import DaysSaid
from baohe.rooms.claims.rules.notice.fitting import Fit, Held
from baohe.rooms.claims.rules.notice.people_said import PeopleSaid
from baohe.rooms.claims.rules.notice.words import BODILY

_SEATS = frozenset(["in_car", "seat"])
_OTHERS_BODIES = frozenset(["pet", "others_hurt"])
"""Signs by which a policy of a thing pays for what befell a body, and for one that is not ours."""


def stands_with(days: DaysSaid, found: Sequence[Fit], who: PeopleSaid) -> bool:
    """Whether the day was said of what is claimed, and not of another thing after it: "肺癌，昨天开始化疗" is not the
    day of the cancer, "我妈骨折住院了，昨天孩子也摔了" not the mother's."""
    another = days.before - days.beside
    if len(who.ids) > 1 and another:
        return False
    if not found or not another & found[0].needs:
        return True
    if "accident" in another & found[0].needs:
        return "urgent" in days.beside  # who is taken there goes at once, a visit to a doctor may be days after
    return bool(days.beside & (found[0].needs | {"harm"}))


def bodies_insured(held: Sequence[Held], on: date | None) -> bool:
    """Whether a policy of people covers that day: whoever was hurt may be paid by it."""
    return any(one.covers(on) and BODILY.intersection(HOMES.get(one.line, ())) for one in held)


def somebody_hurt(signs: frozenset[str], best: Sequence[Fit], held: Held, who: PeopleSaid) -> bool:
    """Beside what befell the thing somebody was hurt, which its event does not explain."""
    explained = best[0].needs | {"harm"} if best else frozenset[str]()
    if held.line not in THINGS or explained & _SEATS:
        return False
    ours = "own_hurt" in signs or (who.suffered and "vet" not in signs)
    return ours if explained & _OTHERS_BODIES else bool(signs & BODILY - explained)


def somebody_died(signs: frozenset[str], best: Sequence[Fit]) -> bool:
    """And the event proposed is of something less: another policy, or another event, may be the one that pays."""
    return "death" in signs and bool(best) and "death" not in best[0].needs
