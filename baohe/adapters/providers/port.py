"""The port to everyone who moves money: a wallet, a bank that deducts under an agreement, a bank that takes transfers.

An adapter speaks its provider's own protocol and answers in the words below. It never raises about the provider's
state: a time-out, a cut line, an error page or an unsigned answer is `unknown`: it may be done.
Amounts are whole fen, moments aware, days business dates of Asia/Shanghai.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

Word = Literal["done", "waiting", "closed", "absent", "refused", "unknown"]
"""done: it happened · waiting: the provider knows it and has not decided · closed: it can no longer happen ·
absent: the provider never saw the number · refused: a certain no, nothing was moved and nothing will be ·
unknown: nobody knows yet, ask again."""

PayerCheck = Literal["", "same", "other"]
"""What a provider that compares names itself says of who paid; "" when it compared none."""


class ProviderNotSetUp(Exception):
    """This installation has no keys or address of the provider yet. The sentence says what is missing."""


class BillNotReady(Exception):
    """The provider has not closed the day yet, or could not be reached: try again later."""


class BillBroken(Exception):
    """The bill file does not hold what its head or signature says. Nothing of it may be used."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be paid. `number` is ours, unique for ever; `payee` the insurer's code or the trust account; `payer`
    the name of the one who must pay (SALE-9), "" when anybody may."""

    number: str
    amount_fen: int
    currency: str
    subject: str
    payee: str
    payee_name: str
    expires_at: datetime
    payer: str = ""


@dataclass(frozen=True, slots=True)
class Trade:
    """Money that came in, in the provider's words. `number` is our order number, `trade_no` the provider's own.

    Who paid: the name as the provider knows it, or its own comparison, and the last digits of the account; each is ""
    where it does not say."""

    number: str
    trade_no: str
    amount_fen: int
    currency: str
    payee: str
    paid_at: datetime | None
    payer: str = ""
    payer_check: PayerCheck = ""
    payer_account: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`reason` is the provider's own code or what cut the answer off; `trade` stands with `done` about a payment."""

    word: Word
    reason: str = ""
    trade: Trade | None = None


@dataclass(frozen=True, slots=True)
class RefundOrder:
    """Part or all of a payment, back to the account that paid (SALE-9). `number` is ours, one for ever."""

    number: str
    order_number: str
    trade_no: str
    paid_fen: int
    paid_at: datetime
    amount_fen: int
    reason: str


@dataclass(frozen=True, slots=True)
class PayoutOrder:
    """Money out. `payee` is how the provider knows the receiver (a wallet's user, an account number)."""

    number: str
    payee: str
    payee_name: str
    amount_fen: int
    memo: str


@dataclass(frozen=True, slots=True)
class Charge:
    """A deduction under an agreement that the payer signed at the provider."""

    order: Order
    agreement_no: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the provider says of an agreement to deduct. `state` is waiting, active, ended or absent; `holder_checked`
    whether it compared the account's owner with the name it was given."""

    state: str
    agreement_no: str = ""
    account_masked: str = ""
    bank: str = ""
    holder_checked: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """A notification whose signature holds: what happened to one order. `status` is the provider's own word.

    `answer.word` is done (with the trade), waiting, closed or refused. `app` is whom the provider thinks it tells.
    """

    number: str
    answer: Answer
    status: str
    app: str
    notify_id: str


@dataclass(frozen=True, slots=True)
class NotBelieved:
    """A notification that is not believed: forged, malformed, foreign_app, foreign_kind, no_key.

    `number` and `amount_text` are what it claimed, for the audit row alone."""

    reason: str
    number: str = ""
    amount_text: str = ""


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line of a day's bill: the provider moved this. `number` is the number we gave it (an order, a refund, a
    payout), "" for money that names none of ours; `amount_fen` is positive, the kind says the direction."""

    kind: Literal["payment", "refund", "payout"]
    number: str
    trade_no: str
    amount_fen: int
    currency: str
    at: datetime


class Provider(Protocol):
    """What every provider can do. A number is worked off once, however often it is sent."""

    code: str

    def app(self) -> str:
        """Who we are at the provider: merchant, application or account. Raises `ProviderNotSetUp`."""
        ...

    def cashier_url(self, order: Order, return_url: str) -> str:
        """Where the payer is sent. The return from there decides nothing. Raises `ProviderNotSetUp`."""
        ...

    def query(self, order_number: str) -> Answer: ...

    def close(self, order_number: str) -> Answer:
        """`closed` when it certainly can no longer be paid."""
        ...

    def refund(self, refund: RefundOrder) -> Answer: ...

    def refund_query(self, refund: RefundOrder) -> Answer: ...

    def payout(self, payout: PayoutOrder) -> Answer: ...

    def payout_query(self, payout_number: str) -> Answer: ...

    def read_notification(self, headers: Mapping[str, str], body: bytes) -> Heard | NotBelieved:
        """Verify before anything else is read."""
        ...

    def acknowledgement(self, taken: bool) -> tuple[str, str]:
        """(content type, body) of what the provider wants to hear: stop telling, or tell again."""
        ...

    def bill(self, day: date) -> AbstractContextManager[Iterator[BillLine]]:
        """The provider's bill of a day, verified before the first line is given, read from a file in bounded memory.
        Raises `BillNotReady`, `BillBroken`, `ProviderNotSetUp`."""
        ...


class Deducting(Provider, Protocol):
    """A provider that also takes money under an agreement."""

    def agreement_url(self, number: str, return_url: str, holder: str) -> str:
        """Where the payer signs the agreement, with an account in the name of `holder` only (SALE-9); `number` is
        ours. Raises `ProviderNotSetUp`."""
        ...

    def agreement_query(self, number: str) -> Agreement | None:
        """None when the provider did not answer."""
        ...

    def end_agreement(self, number: str, agreement_no: str) -> Answer: ...

    def charge(self, charge: Charge) -> Answer:
        """done (with the trade), refused (`reason`: insufficient_funds, account_closed, agreement_ended, over_limit),
        waiting or unknown."""
        ...
