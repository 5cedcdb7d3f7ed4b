"""Who may be insured, for whose death, and who receives (SALE-11, SALE-12, SALE-13)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from baohe.kernel.dates import age_on
from baohe.kernel.money import yuan
from baohe.rooms.policies.contracts import BeneficiaryChoice
from baohe.rooms.policies.errors import BeneficiariesDoNotAddUp, MinorDeathCoverLimit, PartiesNotPossible

ADULT = 18
FAMILY = frozenset({"self", "spouse", "child", "parent"})


@dataclass(frozen=True, slots=True)
class MinorLimit:
    """From `effective_from`: children younger than `under_age` years, at most `limit_fen` death cover in all."""

    effective_from: date
    under_age: int
    limit_fen: int


MINOR_LIMITS = (
    MinorLimit(date(2016, 1, 1), 10, 20_000_000),
    MinorLimit(date(2016, 1, 1), 18, 50_000_000),
)
"""保监发〔2015〕90号: data with a date, because the regulator has changed it before."""


def insurable_interest(relation: str, covers_death: bool) -> None:
    """INS 12, 31: self, spouse, child and parent. Another person needs a relation the platform cannot check, so
    they may be insured for costs but not for death. Raises `PartiesNotPossible`."""
    if relation in FAMILY or not covers_death:
        return
    raise PartiesNotPossible(
        reason_zh="含身故保障的产品只能为本人、配偶、子女或父母投保",
        reason_en="Cover in case of death may only be bought for yourself, your spouse, child or parent",
    )


def minor_bought_by_parent(relation: str, birth: date, start: date, covers_death: bool) -> None:
    """INS 33: death cover of a person without full capacity only by the parents. Raises `PartiesNotPossible`."""
    if covers_death and age_on(birth, start) < ADULT and relation not in ("child", "self"):
        raise PartiesNotPossible(
            reason_zh="未成年人的身故保障只能由父母投保",
            reason_en="Death cover for a minor may only be bought by a parent",
        )


def policyholder_is_adult(birth: date | None, today: date) -> None:
    """A minor has no capacity to contract. Raises `PartiesNotPossible`."""
    if birth is not None and age_on(birth, today) < ADULT:
        raise PartiesNotPossible(
            reason_zh="投保人须年满 18 周岁", reason_en="The policyholder must be at least 18 years old"
        )


def minor_limit_fen(birth: date, on: date, limits: Sequence[MinorLimit] = MINOR_LIMITS) -> int | None:
    """The limit for this age on this day, or None for an adult. The tenth birthday already has the higher limit."""
    age = age_on(birth, on)
    known = [limit for limit in limits if limit.effective_from <= on and age < limit.under_age]
    if not known:
        return None
    narrowest = min(limit.under_age for limit in known)
    return max((limit for limit in known if limit.under_age == narrowest), key=lambda x: x.effective_from).limit_fen


def within_minor_limit(birth: date, start: date, held_fen: int, asked_fen: int) -> None:
    """SALE-12: `held_fen` is the death cover that exists for this child anywhere. Raises `MinorDeathCoverLimit`."""
    limit = minor_limit_fen(birth, start)
    if limit is None or asked_fen == 0 or held_fen + asked_fen <= limit:
        return
    raise MinorDeathCoverLimit(
        age=age_on(birth, start), limit=f"¥{yuan(limit)}", held=f"¥{yuan(held_fen)}", asked=f"¥{yuan(asked_fen)}"
    )


def insured_must_consent(relation: str, birth: date, start: date, covers_death: bool) -> bool:
    """INS 34: an adult other than the policyholder consents to the sum insured on their death."""
    return covers_death and relation != "self" and age_on(birth, start) >= ADULT


def equal_shares(choices: Sequence[BeneficiaryChoice]) -> tuple[BeneficiaryChoice, ...]:
    """INS 40: an order whose shares nobody stated is shared equally; the first take what does not divide. An order
    is stated whole or not at all. Raises `BeneficiariesDoNotAddUp`."""
    stated: list[BeneficiaryChoice] = []
    for choice in choices:
        order = [one for one in choices if one.rank == choice.rank]
        silent = [one for one in order if one.share_percent is None]
        if not silent:
            stated.append(choice)
        elif len(silent) < len(order):
            _refuse("同一顺位的份额要么都填，要么都不填", "State the shares of an order for all, or for nobody")
        else:
            each, rest = divmod(100, len(order))
            stated.append(replace(choice, share_percent=each + (order.index(choice) < rest)))
    return tuple(stated)


def check_beneficiaries(choices: Sequence[BeneficiaryChoice], insured_id: object, covers_death: bool) -> None:
    """SALE-13: shares of each order add up to 100%, orders start at 1 without gaps, nobody twice, not the insured.

    No choice at all means the statutory heirs, always allowed. Raises `BeneficiariesDoNotAddUp`.
    """
    if not choices:
        return
    if not covers_death:
        _refuse("这款产品没有身故保障，不用指定受益人", "This product has no death benefit to receive")
    if any(choice.person_id == insured_id for choice in choices):
        _refuse("被保险人不能做自己的身故受益人", "The insured cannot receive their own death benefit")
    if len({choice.person_id for choice in choices}) != len(choices):
        _refuse("同一个人只能填一次", "The same person is named twice")
    ranks = sorted({choice.rank for choice in choices})
    if ranks != list(range(1, len(ranks) + 1)):
        _refuse("受益顺位要从第 1 顺位开始，不能跳过", "The orders must start at 1 without a gap")
    for rank in ranks:
        total = sum(choice.share_percent or 0 for choice in choices if choice.rank == rank)
        if total != 100:
            _refuse(f"第 {rank} 顺位合计 {total}%，应为 100%", f"Order {rank} adds up to {total}%, not 100%")


def _refuse(reason_zh: str, reason_en: str) -> None:
    raise BeneficiariesDoNotAddUp(reason_zh=reason_zh, reason_en=reason_en)
