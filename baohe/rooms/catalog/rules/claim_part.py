"""The claim part of a package: events, papers, and the calculation as it is shown (SERV-7)."""

from __future__ import annotations

from baohe.rooms.catalog.contracts import (
    ClaimAmount,
    ClaimEvent,
    ClaimExclusion,
    ClaimPaper,
    ClaimRatio,
    ClaimRules,
    ClaimStep,
    ClaimTier,
)
from baohe.rooms.catalog.rules.reading import Node

_FIELDS = ("", "total", "social_paid", "self_paid", "recovered")
_DEATH = "death"
_ITEMS = ("bed", "drug", "exam", "nursing")
_PER = {
    "start": ("",),
    "benefit": ("",),
    "daily": ("", "day"),
    "minus": ("", "visit", "event", "year"),
    "sublimit": ("day", "visit", "event"),
    "times": ("",),
    "tiers": ("",),
    "cap": ("event", "year", "contract"),
}
"""What each step may be counted by."""
_PAPERS = ("invoice", "bill", "record", "identity", "relation")


def claim_rules(node: Node) -> ClaimRules:
    return ClaimRules(node.word("rule_version"), tuple(_event(event) for event in node.nodes("events")))


def _event(event: Node) -> ClaimEvent:
    return ClaimEvent(
        code=event.word("code"),
        label=event.text("label"),
        detail=event.text("detail"),
        coverage=event.word("coverage"),
        when=event.conditions("when"),
        waiting_applies=event.bool_or("waiting_applies", True),
        waiting_waived_by_accident=event.bool_or("waiting_waived_by_accident", False),
        instant_limit_fen=event.whole("instant_limit_fen") if event.has("instant_limit_fen") else None,
        papers=tuple(_paper(paper) for paper in event.nodes_or_none("papers")),
        steps=tuple(_step(step) for step in event.nodes_or_none("steps")),
        at_most=_amount(event.node("at_most")) if event.has("at_most") else None,
        exclusions=tuple(_exclusion(item) for item in event.nodes_or_none("exclusions")),
        # a death ends its contract also in versions that were published before the field
        ends_contract=event.bool_or("ends_contract", event.str_or("code", "") == _DEATH),
    )


def _paper(paper: Node) -> ClaimPaper:
    return ClaimPaper(
        kind=_one_of(paper, "kind", _PAPERS),
        title=paper.text("title"),
        detail=paper.text("detail"),
        on_file=paper.bool_or("on_file", False),
        when=paper.conditions("when"),
    )


def _exclusion(item: Node) -> ClaimExclusion:
    return ClaimExclusion(item.text("label"), item.word("clause"), item.strings("words"))


def _step(step: Node) -> ClaimStep:
    op = _one_of(step, "op", tuple(_PER))
    return ClaimStep(
        op=op,
        label=step.text("label"),
        clause=step.word("clause"),
        detail=step.text_or_none("detail"),
        field=_one_of(step, "field", _ITEMS if op == "sublimit" else _FIELDS),
        amount=_amount(step.node("amount")) if step.has("amount") else None,
        per=_one_of(step, "per", _PER.get(op, ("",))),
        ratio_bp=step.int_or("ratio_bp", 0),
        ratio_without_social_bp=step.int_or("ratio_without_social_bp", 0),
        ratio=_ratio(step.node("ratio")) if step.has("ratio") else None,
        shared=step.bool_or("shared", False),
        less_days=step.int_or("less_days", 0),
        tiers=tuple(_tier(tier) for tier in step.nodes_or_none("tiers")),
    )


def _tier(tier: Node) -> ClaimTier:
    return ClaimTier(tier.whole("up_to_fen") if tier.has("up_to_fen") else None, tier.whole("bp"))


def _amount(node: Node) -> ClaimAmount:
    return ClaimAmount(
        fixed_fen=node.int_or("fixed_fen", 0),
        sum_insured=node.bool_or("sum_insured", False),
        input=node.str_or("input", ""),
        by_value_fen=node.int_map("by_value_fen"),
    )


def _ratio(node: Node) -> ClaimRatio:
    return ClaimRatio(input=node.word("input"), by_value_bp=node.int_map("by_value_bp"))


def _one_of(node: Node, key: str, allowed: tuple[str, ...]) -> str:
    """The word; absent only where "" is allowed."""
    word = node.str_or(key, "") if "" in allowed else node.word(key)
    if word not in allowed:
        named = [value for value in allowed if value]
        node.tell(key, f"应为 {'、'.join(named)}", f"should be one of {', '.join(named)}")
    return word
