"""What a questionnaire may not be: a catch-all, a branch that leads nowhere, a question that decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from baohe.kernel.genetics import names_genes
from baohe.rooms.catalog.contracts import ProductVersion, Question, UnderwritingRule
from baohe.rooms.catalog.rules.breaches import Breach
from baohe.rooms.catalog.rules.source import Raw

_CATCH_ALL = re.compile(
    r"其[他它]|以上未(?:提及|列)|未(?:提及|列明)的|任何(?:疾病|异常|不适|症状)|除(?:上述|以上)|所有疾病|别的(?:病|不适)"
    r"|\bany other\b|\banything else\b|\bnot (?:listed|mentioned)\b|\bany (?:illness|disease|condition)\b",
    re.IGNORECASE,
)
NUMBER_FACTS = frozenset({"height_cm", "weight_kg", "income_wan"})
WORD_FACTS: Mapping[str, frozenset[str]] = {
    "smoker": frozenset({"yes", "no"}),
    "residence": frozenset({"mainland", "hmt", "abroad"}),
}
_PERSONAL = frozenset({"sex"})
"""What is known of a person beside the rating inputs."""


def questions(version: ProductVersion, raw: Raw) -> Iterator[Breach]:
    """Closed questions, nothing that asks for everything (SALE-4); follow-ups open from earlier questions."""
    earlier: dict[str, Question] = {}
    reachable: dict[str, bool] = {}
    for index, question in enumerate(version.questionnaire):
        field = f"questionnaire.questions[{index}]"
        if question.id in earlier:
            yield "SALE-4", f"{field}.id", "这个编号已经有了", "stands twice"
        yield from _said(question, field)
        yield from _answers(question, field)
        for other, values in question.asked_when.items():
            known = {answer.value for answer in earlier[other].answers} if other in earlier else set()
            if not values or not set(values) <= known:
                yield "SALE-4", f"{field}.asked_when.{other}", "没有这一问或这个答案", "names no earlier answer"
        reachable[question.id] = _reachable(question, earlier, reachable, version)
        if not reachable[question.id]:
            yield "SALE-4", field, "永远不会问到", "is never reached"
        if _changes_nothing(question, version.questionnaire, version.underwriting_rules):
            yield (
                "SALE-4",
                field,
                "怎么回答都不影响结论，不该问",
                "no answer changes the decision, so it may not be asked",
            )
        earlier[question.id] = question


def rules(version: ProductVersion, raw: Raw) -> Iterator[Breach]:
    answers = {q.id: {answer.value for answer in q.answers} for q in version.questionnaire}
    for index, rule in enumerate(version.underwriting_rules):
        if not rule.when and not rule.inputs:
            yield "SERV-9", f"underwriting.rules[{index}]", "没有条件", "has no condition"
        for question, values in rule.when.items():
            if not set(values) <= answers.get(question, set()):
                yield "SALE-4", f"underwriting.rules[{index}].when.{question}", "没有这一问或答案", "names no answer"


def _said(question: Question, field: str) -> Iterator[Breach]:
    texts = [question.title, *(item.title for item in question.items)]
    texts += [term for term in (question.term, *(item.term for item in question.items)) if term is not None]
    if any(_CATCH_ALL.search(text.zh) or _CATCH_ALL.search(text.en) for text in texts):
        yield "SALE-4", field, "不得有兜底问题，只能问列明的事项", "may not be a catch-all"
    if any(names_genes(text.zh) or names_genes(text.en) for text in texts):
        yield "DATA-8", field, "不得询问遗传信息", "may not ask for genetic data"


def _answers(question: Question, field: str) -> Iterator[Breach]:
    if question.number is None:
        if len({answer.value for answer in question.answers}) < 2:
            yield "SALE-4", f"{field}.answers", "至少两个答案", "needs at least two answers"
    elif not 0 <= question.number.low < question.number.high <= 1_000_000:
        yield "SALE-4", f"{field}.number", "最小值应小于最大值，都在 0–1,000,000", "needs min < max, 0 to 1,000,000"
    if question.feeds is None:
        return
    words = WORD_FACTS.get(question.feeds.fact)
    if (question.number is not None) != (question.feeds.fact in NUMBER_FACTS) or (
        question.number is None and words is None
    ):
        yield "SALE-4", f"{field}.feeds.fact", "没有这个因素，或与答法不符", "is no fact this answer can tell"
    elif words is not None:
        known = {answer.value for answer in question.answers}
        if not set(question.feeds.by_answer) <= known or not set(question.feeds.by_answer.values()) <= words:
            yield "SALE-4", f"{field}.feeds.by_answer", "没有这个答案或这个词", "names no answer or no word"


def _reachable(
    question: Question, earlier: Mapping[str, Question], reachable: Mapping[str, bool], version: ProductVersion
) -> bool:
    """Some person and some answers lead to the question."""
    known = _PERSONAL | {item.code for item in version.rating_inputs}
    if any(code not in known or not values for code, values in question.only_for.items()):
        return False
    openers = [earlier[other] for other in question.asked_when if other in earlier]
    return not question.asked_when or any(reachable[one.id] and _together(one, question) for one in openers)


def _together(opener: Question, question: Question) -> bool:
    """Both can be asked of one person."""
    return all(
        set(values) & set(question.only_for[code])
        for code, values in opener.only_for.items()
        if code in question.only_for
    )


def _changes_nothing(question: Question, asked: Sequence[Question], decided: Sequence[UnderwritingRule]) -> bool:
    """Every answer fires the same rules, opens the same questions and tells the same facts."""
    if question.number is not None:
        return question.feeds is None
    effects = {_effect(question, answer.value, asked, decided) for answer in question.answers}
    return len(effects) < 2


def _effect(
    question: Question, value: str, asked: Sequence[Question], decided: Sequence[UnderwritingRule]
) -> tuple[frozenset[int], frozenset[str], str, bool]:
    fires = frozenset(
        n for n, rule in enumerate(decided) if rule.outcome != "accept" and value in rule.when.get(question.id, ())
    )
    opens = frozenset(other.id for other in asked if value in other.asked_when.get(question.id, ()))
    tells = question.feeds.by_answer.get(value, "") if question.feeds is not None else ""
    return fires, opens, tells, value == "unsure"
