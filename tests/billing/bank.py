"""A bank behind the port: it keeps its word about every number, and can be told to say no, or nothing."""

from __future__ import annotations

from baohe.adapters.providers.port import Agreement, Answer, Charge, RefundOrder, Trade
from baohe.plumbing import clock


class Bank:
    """`mood` is done, a reason of refusal, unknown (nothing happened, nobody knows) or lost (it happened, the answer
    did not arrive)."""

    code = "deduction"

    def __init__(self) -> None:
        self.mood = "done"
        self.charged: dict[str, Trade] = {}
        self.refused: dict[str, str] = {}
        self.calls: list[str] = []
        self.refunds: dict[str, int] = {}

    def app(self) -> str:
        return "baohe"

    def agreement_url(self, number: str, return_url: str, holder: str) -> str:
        return f"http://bank.example/agreements/{number}"

    def agreement_query(self, number: str) -> Agreement:
        return Agreement("active", f"AG{number[-8:]}", "6222 **** 0001", "示例银行", holder_checked=True)

    def end_agreement(self, number: str, agreement_no: str) -> Answer:
        return Answer("done")

    def charge(self, charge: Charge) -> Answer:
        order = charge.order
        self.calls.append(order.number)
        if order.number not in self.charged and order.number not in self.refused:
            if self.mood in ("done", "lost"):
                trade_no = f"T{len(self.charged) + 1:06d}{order.number[-8:]}"
                self.charged[order.number] = Trade(
                    order.number, trade_no, order.amount_fen, "CNY", order.payee, clock.now(), payer_check="same"
                )
            elif self.mood != "unknown":
                self.refused[order.number] = self.mood
        if self.mood in ("unknown", "lost"):
            return Answer("unknown", "timed out")
        return self.query(order.number)

    def query(self, order_number: str) -> Answer:
        if self.mood in ("unknown", "lost"):
            return Answer("unknown", "timed out")
        if order_number in self.charged:
            return Answer("done", "", self.charged[order_number])
        if order_number in self.refused:
            return Answer("refused", self.refused[order_number])
        return Answer("absent")

    def close(self, order_number: str) -> Answer:
        return Answer("unknown")

    def refund(self, refund: RefundOrder) -> Answer:
        self.refunds[refund.number] = refund.amount_fen
        return Answer("done")

    def refund_query(self, refund: RefundOrder) -> Answer:
        return Answer("done" if refund.number in self.refunds else "absent")
