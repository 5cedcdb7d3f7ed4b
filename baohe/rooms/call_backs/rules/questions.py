"""What a call-back asks: closed questions with this contract's own figures (SVC 15). Pure."""

from __future__ import annotations

from collections.abc import Mapping

from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput
from baohe.kernel.money import yuan
from baohe.rooms.call_backs.contracts import UNCLEAR, YES, Contract, Question

_BONUS = {
    "participating": Text(
        "分红不保证，可能是零。你知道吗？", "Bonuses are not guaranteed and may be nil. Do you know that?"
    ),
    "universal": Text(
        "保底利率以上的收益不保证。你知道吗？",
        "Returns above the guaranteed rate are not guaranteed. Do you know that?",
    ),
    "unit_linked": Text(
        "账户可能亏损，亏损由你承担。你知道吗？", "The account may lose money, at your risk. Do you know that?"
    ),
}


def questions(contract: Contract) -> tuple[Question, ...]:
    """In the order in which they are asked; a design with uncertain returns adds one."""
    amount = yuan(contract.premium_fen)
    paying = (
        Text(f"一次交清 ¥{amount}。你清楚吗？", f"¥{amount} is paid once. Is that clear?")
        if contract.pay_years == 1
        else Text(
            f"每年交 ¥{amount}，一共交 {contract.pay_years} 年。你清楚吗？",
            f"¥{amount} a year for {contract.pay_years} years. Is that clear?",
        )
    )
    asked = [
        Question("own", Text("投保是你本人办的，名字是你本人签的吗？", "Did you apply and sign yourself?")),
        Question("read", Text("保什么、不保什么，你看过并明白吗？", "Have you read what is covered and what is not?")),
        Question("paying", paying),
        Question(
            "cooling_off",
            Text(
                f"{contract.last_day} 当天及以前退保，保费全退。你知道吗？",
                f"Leaving up to and on {contract.last_day} gives the whole premium back. Do you know that?",
            ),
        ),
        Question(
            "leaving",
            Text(
                "过了这一天退保，拿回的可能比交的少。你知道吗？",
                "Leaving later may return less than was paid. Do you know that?",
            ),
        ),
    ]
    if contract.design in _BONUS:
        asked.append(Question("returns", _BONUS[contract.design]))
    return tuple(asked)


def unclear(asked: tuple[Question, ...], answers: Mapping[str, str]) -> tuple[str, ...]:
    """The codes of what was not clear. Raises `InvalidInput` for a question without an answer or another answer."""
    known = {question.code for question in asked}
    if answers.keys() != known or not set(answers.values()) <= {YES, UNCLEAR}:
        raise InvalidInput(
            field="answers",
            reason_zh="每个问题都要答“清楚”或“不清楚”",
            reason_en="answer each question, yes or unclear",
        )
    return tuple(question.code for question in asked if answers[question.code] == UNCLEAR)
