"""Which products fit a need, why, and in what order. The order counts reasons that fit the person; a price never
moves it (PUB-3), equal ones stand by the
lines of the need and then by code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from baohe.kernel.decisions import Reason, Text
from baohe.kernel.money import yuan
from baohe.rooms.advice.contracts import Answers, Facts, Fit, Member
from baohe.rooms.catalog.contracts import Card, ProductVersion
from baohe.rooms.rating import facade as rating

_MOST = 3
_SOON_DAYS = 30

Matches = list[tuple[bool, Reason]]


def fits(
    lines: Iterable[str], member: Member | None, facts: Facts, versions: Sequence[ProductVersion]
) -> tuple[Fit, ...]:
    """At most three products of these lines that take the member, each priced for the member, with reasons."""
    order = list(lines)
    found = []
    for version in versions:
        if version.line in order and version.sold_in_app:
            fit = _fit(version, member, facts)
            if fit is not None:
                found.append((-fit[0], order.index(version.line), fit[1].product, fit[1]))
    found.sort(key=lambda item: item[:3])
    return tuple(item[3] for item in found[:_MOST])


def general_fits(lines: Iterable[str], cards: Iterable[Card]) -> tuple[Fit, ...]:
    """The same shelf for everybody: by line and code, nothing personal, no price but the one in lists (DATA-3)."""
    order = list(lines)
    chosen = sorted(
        (card for card in cards if card.line in order and card.sold_here),
        key=lambda card: (order.index(card.line), card.code),
    )
    return tuple(_general(card) for card in chosen[:_MOST])


def _general(card: Card) -> Fit:
    return Fit(card.code, f"{card.code}@{card.version}", None, _period(card.from_period), None, ())


def inputs_of(member: Member | None) -> dict[str, str]:
    """The rating inputs a person brings; the rest stays at the product's own defaults."""
    if member is None:
        return {}
    told = {"age": str(member.age), "sex": member.sex, "social_insurance": "yes" if member.social_insurance else "no"}
    if member.occupation_class is not None:
        told["occupation_class"] = str(member.occupation_class)
    return told


def takes(version: ProductVersion, member: Member | None) -> bool:
    return member is None or (version.min_age_days <= member.age_days and member.age <= version.max_age)


def indemnity(version: ProductVersion) -> bool:
    """Whether it pays back costs that arose: two of them do not pay twice (SALE-7)."""
    return any(event.steps and event.steps[0].op == "start" for event in version.claim_rules.events)


def _fit(version: ProductVersion, member: Member | None, facts: Facts) -> tuple[int, Fit] | None:
    if not takes(version, member):
        return None
    priced = rating.indication(version, inputs_of(member))
    if priced.price is None:
        return None
    listed = rating.indication(version, version.from_inputs)
    listed_fen = listed.price.premium_fen if listed.price else None
    more = None if listed_fen is None or member is None else priced.price.premium_fen - listed_fen
    found = matches(version, member, facts)
    reasons = [reason for _, reason in found]
    if more and listed_fen is not None and member is not None:
        reasons.append(_price_reason(version, member, listed_fen, priced.price.premium_fen))
    fit = Fit(version.product_code, version.id, priced.price.premium_fen, priced.price.period, more, tuple(reasons))
    return sum(counts for counts, _ in found), fit


def matches(version: ProductVersion, member: Member | None, facts: Facts) -> Matches:
    """Reasons in words; True where the reason speaks for the product more than for another one."""
    told: Matches = []
    if member is not None:
        told.append(
            (
                False,
                _reason(
                    "takes_age",
                    f"{member.age} 岁可以投保，最大到 {version.max_age} 岁",
                    f"takes age {member.age}, up to {version.max_age}",
                ),
            )
        )
    told += _about_health(version, facts.answers)
    told += _about_risk(version, facts.answers.risk)
    if facts.answers.income == "under_10" and any(plan.code == "monthly" for plan in version.instalments):
        told.append((True, _reason("monthly", "可以按月付，不用一次拿出一年的钱", "can be paid by the month")))
    if version.product_code in facts.looked:
        told.append((True, _reason("looked", "你最近看过它", "you looked at it lately")))
    return told


def _about_health(version: ProductVersion, answers: Answers) -> Matches:
    asked = sum(question.health for question in version.questionnaire)
    if answers.health != "chronic":
        return []
    if not asked:
        return [(True, _reason("no_health", "不问健康状况", "asks nothing about health"))]
    zh = f"有 {asked} 个健康问题要如实回答，答“有”时可能由核保员看"
    return [
        (False, _reason("health_asked", zh, f"asks {asked} questions about health; an underwriter may look at a yes"))
    ]


def _about_risk(version: ProductVersion, risk: str) -> Matches:
    renewal = version.compare.get("renewal")
    lasting = version.period_kind == "years" or (renewal is not None and renewal.title.zh.startswith("保证"))
    if risk == "careful" and lasting:
        return [(True, _reason("lasting", "多年期或保证续保，停售也不影响你", "for years, or renewal is guaranteed"))]
    if risk == "bold" and version.period_kind == "year":
        return [(True, _reason("yearly", "一年一买，随时可以换", "bought year by year, easy to change"))]
    if risk == "balanced" and version.waiting_days <= _SOON_DAYS:
        days = version.waiting_days
        zh, en = (
            (f"等待期 {days} 天", f"waiting period of {days} days") if days else ("没有等待期", "no waiting period")
        )
        return [(True, _reason("soon", zh, en))]
    return []


def _price_reason(version: ProductVersion, member: Member, listed_fen: int, yours_fen: int) -> Reason:
    more = yours_fen - listed_fen
    word_zh, word_en = ("多", "more") if more > 0 else ("少", "less")
    differs = yuan(abs(more))
    said_zh, said_en = _who(version, member)
    return _reason(
        "price",
        f"按{said_zh}算是 ¥{yuan(yours_fen)}，比列表价{word_zh} ¥{differs}；列表价按“{version.from_conditions.zh}”算",
        f"For {said_en} it is ¥{yuan(yours_fen)}, ¥{differs} {word_en} than listed; the list is for "
        f"“{version.from_conditions.en}”",
    )


def _who(version: ProductVersion, member: Member) -> tuple[str, str]:
    """The person as the product's own rating inputs see it."""
    mine = inputs_of(member)
    labels = [item.label_of(mine[item.code]) for item in version.rating_inputs if item.code in mine]
    return "、".join(label.zh for label in labels), ", ".join(label.en for label in labels)


def _period(listed: str) -> str:
    """Of a list's price (month | year | order): year | order."""
    return "order" if listed == "order" else "year"


def _reason(code: str, zh: str, en: str) -> Reason:
    return Reason(code, Text(zh, en))
