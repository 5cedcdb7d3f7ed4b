"""What the room gives out. Amounts are integer fen; moments are aware."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

KINDS = ("claim_cost", "refused_refund")
"""claim_cost: what looking into a claim cost · refused_refund: a refund that its provider refused for good."""

COSTS = ("survey", "appraisal", "legal")

STATES = ("open", "proposed", "sent", "done", "refused")
"""open: waits for an account · proposed: waits for a second person · sent: the bank has it · done: paid ·
refused: a second person said no, and nothing is owed."""

OPEN = ("open", "proposed", "sent")


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of staff; `id` None is the platform itself, which approves nothing."""

    id: UUID | None
    name: str


@dataclass(frozen=True, slots=True)
class Payee:
    """Whom the money goes to: `holder` is the name of the account, `number` its digits."""

    bank: str
    holder: str
    number: str


@dataclass(frozen=True, slots=True)
class DisbursementView:
    """`natural_key` names the fact it pays for, `payout_key` this try at paying it.

    `subject_id` is the claim, or the refund that was refused; `reference` the number that people know it by. `cost` is
    "" for a refund, whose money stands at `provider`. `before_fen` is what was booked of the same claim's costs
    before it, None until it is booked. `last_four` and `bank` are "" while it is open; the account stays sealed.
    """

    id: UUID
    number: str
    kind: str
    natural_key: str
    subject_id: UUID
    shard_key: int
    reference: str
    cost: str
    provider: str
    amount_fen: int
    reason: str
    state: str
    attempt: int
    before_fen: int | None
    bank: str
    last_four: str
    made_at: datetime
    proposed_by: UUID | None
    proposed_by_name: str
    approved_by_name: str
    done_at: datetime | None

    @property
    def payout_key(self) -> str:
        """`disburse:<id>`, with the number of the try behind it from the second one on."""
        return f"disburse:{self.id}" + (f":{self.attempt}" if self.attempt > 1 else "")


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """`what` is recorded, opened, account_entered, approved, declined, paid or not_paid."""

    at: datetime
    what: str
    by_name: str
    text: str


@dataclass(frozen=True, slots=True)
class DisbursementPage:
    items: tuple[DisbursementView, ...]
    total: int
