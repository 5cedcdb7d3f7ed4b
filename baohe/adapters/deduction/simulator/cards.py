"""The test cards. Their last four digits say what happens to a deduction; no whole number exists anywhere."""

from __future__ import annotations

from dataclasses import dataclass

BANK = "海岬银行（模拟）"
UNDECIDED_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Card:
    """`code` is what the bank answers to a deduction, `refuses_payout` whether nothing can be paid to it either."""

    last_four: str
    behaviour: str
    code: str = "00"
    undecided_seconds: int = 0
    refuses_payout: bool = False

    @property
    def masked(self) -> str:
        return f"6200********{self.last_four}"


CARDS = {
    card.last_four: card
    for card in (
        Card("8888", "扣款成功"),
        Card("0000", "余额不足", code="64"),
        Card("1111", "账户已销户", code="63", refuses_payout=True),
        Card("2222", "超过限额", code="33"),
        Card("3333", "先处理中，稍后成功", undecided_seconds=UNDECIDED_SECONDS),
    )
}
