"""What the rest of a formula says must agree with its inputs: plans to pay, and families."""

from __future__ import annotations

from baohe.kernel.errors import InvalidInput
from baohe.rooms.rating.rules.coding import number_of
from baohe.rooms.rating.rules.parts import Parts

_MOST_INSTALMENTS = 1_200
_LARGEST_FACTOR_BP = 100_000


def check_defaults(parts: Parts) -> None:
    """What a page shows first can be asked for."""
    for number, item in enumerate(parts.version.rating_inputs):
        try:
            number_of(item, item.default)
        except InvalidInput as refusal:
            said = refusal.facts
            raise parts.broken(f"inputs[{number}].default", str(said["reason_zh"]), str(said["reason_en"])) from None


def check_plans(parts: Parts) -> None:
    """Every plan has a number of instalments for every choice of the input that decides over it."""
    known: set[str] = set()
    for number, plan in enumerate(parts.version.instalments):
        place = f"instalments[{number}]"
        if plan.code in known:
            raise parts.broken(f"{place}.code", f"{plan.code} 重复", f"{plan.code} is there twice")
        known.add(plan.code)
        if plan.count_input:
            offered = {choice.value for choice in parts.input(plan.count_input, f"{place}.count_input").choices}
            lacking = sorted(offered - set(plan.counts))
            if lacking:
                said = "、".join(lacking)
                raise parts.broken(f"{place}.counts", f"缺少 {said}", f"lacks {', '.join(lacking)}")
        elif not 1 <= plan.count <= _MOST_INSTALMENTS:
            raise parts.broken(
                f"{place}.count", f"应为 1 到 {_MOST_INSTALMENTS}", f"should be from 1 to {_MOST_INSTALMENTS}"
            )
        if not 0 <= plan.factor_bp <= _LARGEST_FACTOR_BP:
            raise parts.broken(f"{place}.factor_bp", "应为万分数，如 900", "should be basis points such as 900")
        if plan.a_year < 1 or (plan.a_year > 1 and not (plan.whole_premium and plan.factor_bp)):
            raise parts.broken(
                f"{place}.a_year",
                "须与 whole_premium 和 factor_bp 同用",
                "goes together with whole_premium and factor_bp",
            )


def check_family(parts: Parts) -> None:
    """The input of the family's size takes every size that is sold."""
    family = parts.version.formula.family
    if family is None:
        return
    item = parts.input(family.size_input, "family.size_input")
    sizes = [str(size) for size in range(1, family.most + 1)]
    if item.kind == "choice":
        lacking = [size for size in sizes if size not in {choice.value for choice in item.choices}]
    else:
        lacking = [size for size in sizes if not (item.minimum or 0) <= int(size) <= (item.maximum or 0)]
    if lacking or not 1 < family.most <= 100:
        raise parts.broken(
            "family.most",
            f"{family.size_input} 须能取 1 到 {family.most} 的每个数",
            f"{family.size_input} must take every number from 1 to {family.most}",
        )
