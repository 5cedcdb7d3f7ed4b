"""批改: what lowering a sum insured gives back, and which contract holds on which day.

An endorsement has two times: it is recorded today and holds from the next midnight in Shanghai. The premium that comes
back is that of leaving (SERV-2, SERV-3) on the same day, old premium against new: before cover begins and in the
cooling-off period the whole difference, later the net difference for the days left.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from baohe.kernel.dates import Period, prorate
from baohe.kernel.decisions import Text
from baohe.kernel.money import BASIS, apply_bp
from baohe.rooms.policies.contracts import EndorsementLine, PolicyView
from baohe.rooms.policies.errors import EndorsementNotPossible
from baohe.rooms.policies.rules.sums import sum_insured_in_words

if TYPE_CHECKING:
    from baohe.rooms.catalog.contracts import ProductVersion

MAY_BE_ENDORSED = frozenset({"cooling_off", "not_started", "in_force"})
_WHY_NOT = {
    "suspended": ("保障中止中，先补交保费", "is suspended; its premium has to be paid first"),
    "lapsed": ("已因欠交保费终止", "ended because a premium was not paid"),
    "cancelled": ("已经退保", "has been left"),
    "ended": ("已经到期", "has come to its end"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides whether a policy may be lowered at all. `unpaid`: an instalment is still to come. `claim` is "",
    "open" or "agreed"."""

    state: str
    by_partner: bool
    period_kind: str
    unpaid: bool
    claim: str = ""
    refunding: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Old against new: `before_fen` and `after_fen` are premiums of the whole period, all instalments together."""

    period: Period
    before_fen: int
    after_fen: int
    expense_bp: int
    cooling_off_ends: date | None


def refuse_endorsing(standing: Standing) -> None:
    """Raises `EndorsementNotPossible` with the first reason that holds."""
    if standing.by_partner:
        _refuse("由合作方统一投保，请找投保的合作方变更", "was taken out by a partner; ask that partner to change it")
    if standing.state not in MAY_BE_ENDORSED:
        _refuse(*_WHY_NOT[standing.state])
    if standing.period_kind != "year":
        _refuse("不是一年期保单，减少保额请联系客服", "does not run for one year; ask our staff to lower its sum")
    if standing.claim == "open":
        _refuse("有一笔理赔正在处理，等它有了结果再变更", "has a claim under way; change it once that is settled")
    if standing.claim == "agreed":
        _refuse(
            "已经理赔过，保费不再退还，减少保额只会少了保障",
            "has paid a claim: no premium comes back, so lowering the sum would only take cover away",
        )
    if standing.unpaid:
        _refuse(
            "还有没交的分期保费，交清后才能减少保额",
            "has instalments to come; its sum can be lowered once all are paid",
        )
    if standing.refunding:
        _refuse("上一次变更的退款还没到账，到账后再变更", "still waits for the refund of its last change")


def sums_to_choose(version: ProductVersion) -> tuple[str, ...]:
    """The sums that a customer chooses from; what is a fact of the thing insured (its value, a kind of car) is no
    choice. None but for contracts of one year."""
    item = version.rating_input(version.sum_insured.input) if version.sum_insured.input else None
    if version.period_kind != "year" or item is None or item.kind != "choice" or item.source != "customer":
        return ()
    return tuple(choice.value for choice in item.choices)


def has_lower_sums(policy: PolicyView, version: ProductVersion) -> bool:
    """Whether asking for a lower sum makes sense at all: the customer's own policy, with a lower sum in its filing."""
    if policy.partner_id is not None:
        return False
    now = policy.endorsements[-1].after.sum_insured_fen if policy.endorsements else policy.sum_insured_fen
    sums = ({**policy.inputs, version.sum_insured.input: value} for value in sums_to_choose(version))
    return any(version.sum_insured.fen(inputs) < now for inputs in sums)


def valid_from(today: date) -> date:
    """The first day of the new terms: 00:00 of the next day in Shanghai."""
    return today + timedelta(days=1)


def given_back_fen(change: Change, today: date) -> int:
    """What comes back when the premium of the whole period falls from `before_fen` to `after_fen` today.

    Never negative, never more than the difference. With what is earned until tonight it adds up to the net
    difference, so that leaving later gives back what leaving the smaller contract gives back.
    """
    if _whole(change, today):
        return change.before_fen - change.after_fen
    dropped = _net_drop_fen(change)
    return dropped - prorate(dropped, _elapsed(change, today), change.period.days)


def lines_of(change: Change, today: date) -> tuple[EndorsementLine, ...]:
    """The calculation as the customer reads it, before anything happens; the last line is what comes back."""
    difference = change.before_fen - change.after_fen
    lines = [
        EndorsementLine(Text("现在全期的保费", "Premium of the whole period now"), change.before_fen),
        EndorsementLine(Text("减少后全期的保费", "Premium of the whole period afterwards"), change.after_fen),
        EndorsementLine(Text("差额", "Difference"), difference),
    ]
    if _whole(change, today):
        why = Text("保障未开始，全部退还", "Cover has not begun: all of it comes back")
        if _cooling_off(change, today):
            why = Text("犹豫期内，全部退还", "Within cooling-off all of it comes back")
        return (*lines, EndorsementLine(why, difference))
    left = change.period.days - _elapsed(change, today)
    dropped = _net_drop_fen(change)
    return (
        *lines,
        EndorsementLine(
            Text(f"扣除费用 {_percent(change.expense_bp)} 后", f"Less expenses of {_percent(change.expense_bp)}"),
            dropped,
        ),
        EndorsementLine(
            Text(
                f"按剩余 {left} 天退还（全期 {change.period.days} 天）",
                f"For the {left} days left of {change.period.days}",
            ),
            given_back_fen(change, today),
        ),
    )


def as_of(policy: PolicyView, day: date) -> PolicyView:
    """The policy with the inputs, sum insured and premium that held on `day` (valid time): a claim is settled by the
    contract of the day of its event, whenever that contract was changed."""
    before = [one for one in policy.endorsements if one.valid_from <= day]
    if not policy.endorsements:
        return policy
    terms = before[-1].after if before else policy.endorsements[0].before
    return replace(
        policy,
        inputs=terms.inputs,
        sum_insured_fen=terms.sum_insured_fen,
        sum_insured=sum_insured_in_words(terms.sum_insured_fen),
        premium_fen=terms.premium_fen,
    )


def _whole(change: Change, today: date) -> bool:
    return _cooling_off(change, today) or today < change.period.start


def _cooling_off(change: Change, today: date) -> bool:
    return change.cooling_off_ends is not None and today <= change.cooling_off_ends


def _elapsed(change: Change, today: date) -> int:
    """Days given at the old premium; today counts, the new one begins tomorrow."""
    return min((today - change.period.start).days + 1, change.period.days)


def _net_drop_fen(change: Change) -> int:
    net_bp = BASIS - change.expense_bp
    return apply_bp(change.before_fen, net_bp) - apply_bp(change.after_fen, net_bp)


def _percent(bp: int) -> str:
    return f"{bp // 100}.{bp % 100:02}".rstrip("0").rstrip(".") + "%"


def _refuse(reason_zh: str, reason_en: str) -> None:
    raise EndorsementNotPossible(reason_zh=reason_zh, reason_en=reason_en)
