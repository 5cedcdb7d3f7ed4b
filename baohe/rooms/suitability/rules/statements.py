"""What the customer states in their own name, in short sentences. A statement counts for exactly this text: other
terms, other answers or another duplicate make another digest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from baohe.kernel.canonical import digest
from baohe.kernel.decisions import Decision, Text
from baohe.kernel.money import yuan
from baohe.rooms.suitability.contracts import DUPLICATE, ELDER_CARE, OWN_CHOICE, STOPPED, StatementText, Terms
from baohe.rooms.suitability.rules.covers import BASKET, ELSEWHERE, Cover


def own_choice(holder: str, product: Text, terms: Terms, decision: Decision) -> StatementText:
    """SALE-7: advised to stop, and going on by one's own choice."""
    how_zh, how_en = _premium(terms)
    lines = (
        Text(f"我是投保人 {holder}，要投保 {product.zh}。", f"I, {holder}, apply for {product.en}."),
        Text(how_zh, how_en),
        Text("保和建议我不要投保，原因是：", "Baohe advised me not to buy, because:"),
        *(reason.text for reason in decision.reasons),
        Text(
            "我看过并明白这些原因。停止投保不用花一分钱。我仍然自己决定投保。",
            "I have read and understand this. Stopping would cost me nothing. It is my own choice to go on.",
        ),
    )
    return _statement(OWN_CHOICE, lines, by_law=bool(decision.detail.get("by_law")))


def stopped(product: Text, terms: Terms, decision: Decision) -> StatementText:
    """The customer followed the advice."""
    lines = (
        Text(f"我不投保 {product.zh}。", f"I do not buy {product.en}."),
        Text(*_premium(terms)),
        *(reason.text for reason in decision.reasons),
    )
    return _statement(STOPPED, lines)


def duplicate(product: Text, insured: str, held: Sequence[Cover]) -> StatementText:
    """SALE-7: costs are reimbursed once, however many policies there are."""
    lines = (
        Text(f"{insured} 还有这些报销型保障：", f"{insured} also has these covers that reimburse costs:"),
        *(_held(cover) for cover in held),
        Text(f"现在又要买：{product.zh}", f"And would now buy: {product.en}"),
        Text(
            "同一笔费用只能报销一次，两份加起来也不会超过实际花的钱。",
            "The same cost is reimbursed once; two policies together never pay more than was spent.",
        ),
    )
    return _statement(DUPLICATE, lines)


def _held(cover: Cover) -> Text:
    """Of a contract elsewhere: that it exists, its kind and its last day, and nothing about who bought it."""
    if cover.place == ELSEWHERE:
        last = cover.end - timedelta(days=1)
        return Text(
            f"别处投保的一份{cover.name.zh}，保到 {last}", f"{cover.name.en} cover bought elsewhere, until {last}"
        )
    if cover.place == BASKET:
        return Text(f"{cover.name.zh}，也在你的投保篮里", f"{cover.name.en}, also in your basket")
    return Text(f"{cover.name.zh}，保单号 {cover.number}", f"{cover.name.en}, policy {cover.number}")


def elder_care(product: Text, terms: Terms, leaving: Text) -> StatementText:
    """SALE-8: short plain sentences, and nothing that hurries."""
    how_zh, how_en = _premium(terms)
    lines = (
        Text(
            f"这是保险，不是存款。名字是 {product.zh}。",
            f"This is insurance, not a deposit. It is called {product.en}.",
        ),
        Text(how_zh, how_en),
        Text(f"不想要了：{leaving.zh}", f"If you change your mind: {leaving.en}"),
        Text(
            "没有人催你。可以先和家人商量，明天再来。",
            "Nobody is hurrying you. Talk to your family and come back tomorrow.",
        ),
        Text("不要把验证码和密码告诉任何人。", "Never tell anybody your codes or passwords."),
    )
    return _statement(ELDER_CARE, lines)


def _premium(terms: Terms) -> tuple[str, str]:
    amount = yuan(terms.premium_fen)
    if terms.paid_once:
        return f"一共要交 ¥{amount}。", f"It costs ¥{amount} in all."
    return (
        f"每年要交 ¥{amount}，交 {terms.pay_years} 年。",
        f"It costs ¥{amount} a year for {terms.pay_years} years.",
    )


def _statement(code: str, lines: tuple[Text, ...], by_law: bool = False) -> StatementText:
    return StatementText(code, lines, digest([code, [line.as_dict() for line in lines]]), by_law)
