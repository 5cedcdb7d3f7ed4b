"""The risk part of a package: closed questions and the rules that read their answers (SALE-4, SERV-9)."""

from __future__ import annotations

from baohe.rooms.catalog.contracts import Feeds, NumberAnswer, Question, QuestionItem, UnderwritingRule
from baohe.rooms.catalog.rules.reading import Node

OUTCOMES = ("accept", "load", "exclude", "refer")
"""What a rule may say. Refusing is not among them: only a named person refuses (SERV-9)."""


def questionnaire(node: Node) -> tuple[Question, ...]:
    return tuple(
        Question(
            id=q.word("id"),
            title=q.text("title"),
            items=tuple(
                QuestionItem(i.text("title"), i.text_or_none("detail"), i.text_or_none("term"))
                for i in q.nodes_or_none("items")
            ),
            why=q.text("why"),
            answers=() if q.has("number") else q.choices("answers"),
            asked_when=q.conditions("asked_when"),
            only_for=q.conditions("only_for"),
            health=q.bool_or("health", True),
            term=q.text_or_none("term"),
            number=_number(q.node("number")) if q.has("number") else None,
            feeds=_feeds(q.node("feeds")) if q.has("feeds") else None,
        )
        for q in node.nodes("questions")
    )


def underwriting_rules(node: Node) -> tuple[UnderwritingRule, ...]:
    return tuple(_rule(rule) for rule in node.nodes_or_none("rules"))


def _number(node: Node) -> NumberAnswer:
    return NumberAnswer(node.whole("min"), node.whole("max"), node.text("unit"))


def _feeds(node: Node) -> Feeds:
    return Feeds(node.word("fact"), node.string_map("by_answer"))


def _rule(rule: Node) -> UnderwritingRule:
    outcome = rule.word("outcome")
    if outcome not in OUTCOMES:
        raise rule.wrong(
            "outcome", "机器不得拒绝：只能 accept、load、exclude、refer", "a machine may not refuse", "SERV-9"
        )
    return UnderwritingRule(
        code=rule.word("code"),
        when=rule.conditions("when"),
        inputs=rule.conditions("inputs"),
        outcome=outcome,
        text=rule.text("text"),
        loading_bp=rule.whole("loading_bp") if outcome == "load" else 0,
        exclusion=rule.text("exclusion") if outcome == "exclude" else None,
        clause=rule.str_or("clause", ""),
    )
