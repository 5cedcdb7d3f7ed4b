"""What a family needs, what it lacks, and what it has twice. Pure, and numbered: the same facts under the same rule
version give the same answer years later.

The order is that of what hurts most: hospital bills and accidents, then a serious illness, then the income others
live on, then care, then saving for old age. What the law demands of a car comes first of all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from baohe.kernel.decisions import Decision, Reason, Text, hash_inputs
from baohe.kernel.money import yuan
from baohe.rooms.advice.contracts import INCOMES, Advice, Duplicate, Facts, Fit, Member, Need
from baohe.rooms.advice.rules import fitting
from baohe.rooms.catalog.contracts import Card, ProductVersion

RULES = "needs-1"
_BUDGET_PERCENT = 10
_ADULT, _OLD, _RETIRING = 18, 60, 60


@dataclass(frozen=True, slots=True)
class Kind:
    """One need. `applies` says for which member (None = the household) and why, or that it does not."""

    code: str
    title: Text
    lines: tuple[str, ...]
    applies: Callable[[Member | None, Facts], Text | None]
    household: bool = False
    by_law: bool = False


def _everyone(zh: str, en: str) -> Callable[[Member | None, Facts], Text | None]:
    return lambda member, facts: Text(zh, en)


def _hospital(member: Member | None, facts: Facts) -> Text:
    if member is not None and not member.social_insurance:
        return Text(
            "没有基本医保，住院要自己全付；先参加居民医保，再用商业医疗补",
            "no basic social insurance: join it first, then add private cover",
        )
    return Text("大额住院费医保报不完，要有一份兜底", "social insurance leaves a large part of big hospital bills")


def _illness(member: Member | None, facts: Facts) -> Text | None:
    if member is None or member.age > _OLD:
        return None
    return Text(
        "确诊重病时一次给一笔钱，顶上几年的收入和康复费", "a sum at once on a serious illness, for income and recovery"
    )


def _income(member: Member | None, facts: Facts) -> Text | None:
    if member is None or not _ADULT <= member.age <= _OLD or member.relation not in ("self", "spouse"):
        return None
    children = any(one.relation == "child" for one in facts.members)
    if facts.answers.debts in ("some", "much"):
        return Text("家里有贷款要还，人不在了债还在", "there are debts that stay when a person is gone")
    if children or facts.answers.dependants:
        return Text("家里有人靠这份收入生活", "others live on this income")
    return None


def _care(member: Member | None, facts: Facts) -> Text | None:
    if member is None or member.age < _OLD:
        return None
    return Text("60 岁以上，慢病和照护的花费会变多", "from 60 on, chronic illness and care cost more")


def _pension(member: Member | None, facts: Facts) -> Text | None:
    enough = facts.answers.income in ("10_30", "30_60", "over_60")
    if member is None or not enough or not 30 <= member.age < _RETIRING or member.relation not in ("self", "spouse"):
        return None
    return Text("基本保障齐了以后，再为退休存", "once the basics are there, save for retirement")


def _when(answer: str, zh: str, en: str) -> Callable[[Member | None, Facts], Text | None]:
    return lambda member, facts: Text(zh, en) if getattr(facts.answers, answer) else None


KINDS: tuple[Kind, ...] = (
    Kind("car_law", Text("交强险", "Compulsory motor cover"), ("compulsory_motor",),
         _when("car", "机动车上路，法律要求必须有", "the law demands it of every car on the road"), True, True),
    Kind("hospital", Text("住院医疗", "Hospital bills"), ("medical", "elder_care"), _hospital),
    Kind("accident", Text("意外", "Accident"), ("accident",),
         _everyone("磕碰、骨折、意外身故都算，各个年龄都用得上", "falls, fractures, accidental death, at every age")),
    Kind("illness", Text("重大疾病", "Critical illness"), ("critical_illness",), _illness),
    Kind("income", Text("身故与收入", "Life cover"), ("term_life", "whole_life"), _income),
    Kind("care", Text("慢病与照护", "Care in old age"), ("elder_care",), _care),
    Kind("car", Text("车损与第三者", "Own car and third parties"), ("commercial_motor",),
         _when("car", "交强险的限额不够赔一次大事故", "the compulsory limits do not cover a serious accident"), True),
    Kind("home", Text("家财", "Home and contents"), ("home",),
         _when("home", "漏水、火灾、盗抢，房子是最大的一笔财产", "pipes, fire, theft: the largest possession"), True),
    Kind("trip", Text("出行", "Trips"), ("travel", "flight_delay"),
         _when("travel", "常出门，境外就医和改期花费高", "frequent trips: treatment abroad and delays cost"), True),
    Kind("ride", Text("骑行", "Riding"), ("ride", "shared_car"),
         _when("ride", "常骑车，撞到人要赔", "on a bicycle or scooter, and liable to others"), True),
    Kind("pet", Text("宠物", "Pet"), ("pet",),
         _when("pet", "宠物看病没有医保，伤人要赔", "a pet has no social insurance, and may hurt others"), True),
    Kind("shopping", Text("网购", "Online shopping"), ("goods_quality", "broken_screen", "account_security"),
         _when("shopping", "常网购，货、手机和账户各有各的风险", "goods, phone and account each carry a risk"), True),
    Kind("pension", Text("养老", "Old age"), ("annuity",), _pension),
)  # fmt: skip


def check(facts: Facts, versions: Sequence[ProductVersion], held: Mapping[str, ProductVersion]) -> Advice:
    """Needs in their order, member by member; duplicates; and how far the budget reaches (SALE-7).

    `versions` are those of `facts.shelf`, `held` those of `facts.held` by their ids.
    """
    needs = [need for kind in KINDS for need in _needs(kind, facts, versions)]
    budget = _budget(facts)
    needs, yearly = _within(needs, budget)
    duplicates = _duplicates(facts, held)
    outcome = "gaps" if any(need.state in ("gap", "later") for need in needs) else "complete"
    return Advice(None, True, tuple(needs), duplicates, budget, yearly, _decision(outcome, facts, needs, duplicates))


def general(cards: Sequence[Card]) -> Advice:
    """The view that uses nothing personal (DATA-3): every need with the products of its lines, by line and code."""
    why = Reason("general", Text("没有用任何个人信息，按险种和编号排列", "Nothing personal was used; by kind and code"))
    needs = tuple(
        Need(kind.code, "", "general", kind.title, (why,), fitting.general_fits(kind.lines, cards)) for kind in KINDS
    )
    shown = tuple(need for need in needs if need.fits)
    decision = Decision("general", (why,), RULES, hash_inputs({"shelf": [f"{c.code}@{c.version}" for c in cards]}))
    return Advice(None, False, shown, (), None, 0, decision)


def lines_of_all() -> frozenset[str]:
    return frozenset(line for kind in KINDS for line in kind.lines)


def lines_beside(line: str) -> tuple[str, ...]:
    """The line itself, then the lines that answer the same need."""
    same = [other for kind in KINDS if line in kind.lines for other in kind.lines]
    return tuple(dict.fromkeys([line, *same]))


def _needs(kind: Kind, facts: Facts, versions: Sequence[ProductVersion]) -> list[Need]:
    found = []
    members: Sequence[Member | None] = [None] if kind.household else facts.members
    for member in members:
        why = kind.applies(member, facts)
        if why is None:
            continue
        person = member.id if member else ""
        reason = Reason(f"{RULES}/{kind.code}", why)
        if _held(kind, person, facts):
            mine = Reason("held", Text("在保和已有有效保单", "held at Baohe"))
            found.append(Need(kind.code, person, "held", kind.title, (mine,)))
        else:
            fits = fitting.fits(kind.lines, member, facts, versions)
            found.append(Need(kind.code, person, "gap", kind.title, (reason,), fits))
    return found


def _held(kind: Kind, person: str, facts: Facts) -> bool:
    return any(holding.line in kind.lines and (kind.household or holding.person == person) for holding in facts.held)


def _budget(facts: Facts) -> int | None:
    floor = INCOMES.get(facts.answers.income)
    return floor * _BUDGET_PERCENT // 100 if floor else None


def _within(needs: Sequence[Need], budget_fen: int | None) -> tuple[list[Need], int]:
    """Within a need, products the rest of the budget bears come first; a need with none of them is for later, except
    what the law demands. Counts the first product of each gap."""
    told, yearly = [], 0
    for need in needs:
        if need.state == "gap" and need.fits:
            need = need if budget_fen is None else _borne(need, budget_fen - yearly, budget_fen)
            yearly += _yearly(need.fits[0]) if need.state == "gap" else 0
        told.append(need)
    return told, yearly


def _borne(need: Need, left_fen: int, budget_fen: int) -> Need:
    over = Reason("SALE-7/over_budget", Text("超出剩下的预算", "beyond what is left of the budget"))
    light = tuple(fit for fit in need.fits if _yearly(fit) <= left_fen)
    heavy = tuple(replace(fit, reasons=(*fit.reasons, over)) for fit in need.fits if _yearly(fit) > left_fen)
    if light or need.code == "car_law":
        return replace(need, fits=(*light, *heavy))
    zh = f"前面几样加起来已接近每年 ¥{yuan(budget_fen)}（收入下限的一成），这一样先放一放"
    en = f"the ones above come close to ¥{yuan(budget_fen)} a year, a tenth of the income; leave this for later"
    return replace(need, state="later", reasons=(*need.reasons, Reason("SALE-7/budget", Text(zh, en))))


def _yearly(fit: Fit) -> int:
    return fit.premium_fen or 0 if fit.period == "year" else 0


def _duplicates(facts: Facts, known: Mapping[str, ProductVersion]) -> tuple[Duplicate, ...]:
    groups: dict[tuple[str, str], list[str]] = {}
    for holding in facts.held:
        version = known.get(holding.version)
        if version is not None and fitting.indemnity(version):
            groups.setdefault((holding.person, holding.line), []).append(holding.version)
    why = Text(
        "同一个人有多份报销型保障：费用按实际花的赔，两份不会赔两次，可以留一份、退一份",
        "several policies reimburse the same costs: two do not pay twice, so one of them may go",
    )
    return tuple(
        Duplicate(person, line, tuple(versions), Reason("SALE-7/duplicate_indemnity", why))
        for (person, line), versions in sorted(groups.items())
        if len(versions) > 1
    )


def _decision(outcome: str, facts: Facts, needs: Sequence[Need], duplicates: Sequence[Duplicate]) -> Decision:
    reasons = [Reason(f"{need.code}:{need.state}", need.reasons[-1].text) for need in needs if need.state != "held"]
    reasons += [duplicate.reason for duplicate in duplicates]
    detail = {
        "needs": [
            {
                "code": n.code,
                "person": n.person,
                "state": n.state,
                "products": [[f.version, f.premium_fen] for f in n.fits],
            }
            for n in needs
        ],
        "duplicates": [[d.person, d.line, list(d.versions)] for d in duplicates],
        "states": dict(sorted(Counter(need.state for need in needs).items())),
    }
    return Decision(outcome, tuple(reasons), RULES, hash_inputs(facts.as_dict()), detail)
