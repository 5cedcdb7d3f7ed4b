"""The claim part of a package: events, papers, and the calculation as it is shown (SERV-7)."""

from __future__ import annotations

from baohe.rooms.catalog.contracts import ClaimAmount, ClaimEvent, ClaimPaper, ClaimRules, ClaimStep
from baohe.rooms.catalog.rules.reading import Node

_OPS = ("start", "minus", "times", "cap", "benefit")


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
        papers=tuple(
            ClaimPaper(p.word("kind"), p.text("title"), p.text("detail"), p.bool_or("on_file", False))
            for p in event.nodes_or_none("papers")
        ),
        steps=tuple(_step(step) for step in event.nodes("steps")),
    )


def _step(step: Node) -> ClaimStep:
    op = step.word("op")
    if op not in _OPS:
        raise step.wrong("op", f"应为 {'、'.join(_OPS)}", f"should be one of {', '.join(_OPS)}")
    return ClaimStep(
        op=op,
        label=step.text("label"),
        clause=step.word("clause"),
        detail=step.text_or_none("detail"),
        field=step.str_or("field", ""),
        amount=_amount(step.node("amount")) if step.has("amount") else None,
        per=step.str_or("per", ""),
        ratio_bp=step.int_or("ratio_bp", 0),
        ratio_without_social_bp=step.int_or("ratio_without_social_bp", 0),
    )


def _amount(node: Node) -> ClaimAmount:
    return ClaimAmount(
        fixed_fen=node.int_or("fixed_fen", 0),
        sum_insured=node.bool_or("sum_insured", False),
        input=node.str_or("input", ""),
        by_value_fen=node.int_map("by_value_fen"),
    )
