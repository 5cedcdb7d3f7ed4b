"""What crosses the door of the claims room. Amounts are integer fen, rates basis points, days Asia/Shanghai.

`state` of a claim is draft, with_person, to_pay (agreed, the payout waits for a working account), paying, paid,
refused_by_person or withdrawn. There is no state that a machine could refuse into (SERV-9).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from baohe.kernel.decisions import Reason, Text
from baohe.rooms.claims.contracts.desk import DeadlineView as DeadlineView
from baohe.rooms.claims.contracts.desk import MoveView as MoveView
from baohe.rooms.claims.contracts.papers import CorrectionView as CorrectionView
from baohe.rooms.claims.contracts.papers import NeededPaper as NeededPaper
from baohe.rooms.claims.contracts.papers import PaperOrigin as PaperOrigin
from baohe.rooms.claims.contracts.papers import PaperView as PaperView
from baohe.rooms.claims.contracts.payees import BankAccount as BankAccount
from baohe.rooms.claims.contracts.payees import PayeeView as PayeeView
from baohe.rooms.claims.contracts.shares import ShareView


@dataclass(frozen=True, slots=True)
class CalculationLine:
    """One line a claimant can check (SERV-7).

    op        meaning of `amount_fen`
    start     the figure the calculation begins with
    minus     what was taken off here (never more than was left)
    subtotal  what is left before a ratio
    times     None; `percent_bp` is the ratio
    cap       None: the limit was not reached; otherwise what is left under it
    total     what is paid
    """

    op: str
    label: Text
    detail: Text | None = None
    amount_fen: int | None = None
    percent_bp: int | None = None
    clause: str = ""
    paper_field: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """`outcome` is pay, ask, refer, or (by two named people only) refuse. `decided_by` None = decided by rules."""

    number: int
    outcome: str
    reasons: tuple[Reason, ...]
    calculation: tuple[CalculationLine, ...]
    amount_fen: int | None
    rule_version: str
    input_hash: str
    decided_at: datetime
    decided_by: UUID | None
    decided_by_name: str
    checked_by_name: str = ""
    """The second name, where there was one."""


@dataclass(frozen=True, slots=True)
class HandlerView:
    name: str
    role: Text
    reply_by: datetime | None


@dataclass(frozen=True, slots=True)
class StoryLine:
    """`state` is done, now or next. `code` names the milestone, "" of what is still to come; `points` says what it
    speaks of (`rules.story.POINTS`), where that was kept."""

    at: str
    title: Text
    detail: Text | None = None
    state: str = "done"
    amount_fen: int | None = None
    code: str = ""
    points: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClaimView:
    id: UUID
    number: str
    shard_key: int
    account_id: UUID
    policy_id: UUID
    policy_number: str
    version_id: str
    product_name: Text
    insurer_code: str
    insured_name: str
    sentence: str
    event: str
    event_label: Text
    happened_on: date
    state: str
    needed: tuple[NeededPaper, ...]
    papers: tuple[PaperView, ...]
    decision: DecisionView | None
    amount_fen: int | None
    submitted_at: datetime | None
    decide_by: datetime | None
    pay_by: datetime | None
    paid_at: datetime | None
    payout_account: str | None
    review_open: bool
    handler: HandlerView | None
    timeline: tuple[StoryLine, ...]
    next: Text
    clause_version: str
    by_partner: bool = False
    paid_fen: int = 0
    """What has reached the claimant so far, all payouts together."""
    reopen_until: date | None = None
    """Of a withdrawn or refused claim: the last day on which its claimant may take it up again; None once they may
    not, or where there is nothing to take up."""
    payee: PayeeView | None = None
    """Of a claimant who came by a link; None where an account of ours is behind the claim."""

    unread_messages: int = 0
    """Written by the handlers and not read by the claimant."""
    shares: tuple[ShareView, ...] = ()
    """Of an agreed death benefit: what each receiver has, and how far it is."""
    heirs_unknown: bool = False
    """Agreed, and nobody is named: a person finds the statutory heirs."""

    @property
    def seconds_to_pay(self) -> int | None:
        """From the claimant's "submit" to the money, whole seconds."""
        if self.paid_at is None or self.submitted_at is None:
            return None
        return max(0, round((self.paid_at - self.submitted_at).total_seconds()))


@dataclass(frozen=True, slots=True)
class ClaimPage:
    items: Sequence[ClaimView]
    total: int
    page: int
    size: int


@dataclass(frozen=True, slots=True)
class PayOrder:
    """What a decision to pay asks of the flow: one payout under `natural_key`, one entry in the books."""

    natural_key: str
    claim_id: UUID
    claim_number: str
    decision_number: int
    shard_key: int
    payee_account_id: UUID
    insurer_code: str
    amount_fen: int
    memo: str
    version_id: str
    before_fen: int
    """What was paid on this claim before."""
    partner_id: UUID | None = None
    payee: BankAccount | None = None
    """Instead of the account of ours."""
    apart: bool = False
    """Booked whole and paid share by share: no payout of its own."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Answer of an action that may pay: the decision it stored and the order it gave, if any."""

    claim_id: UUID
    decision: DecisionView | None
    order: PayOrder | None
    fresh: bool
    """False when the action found the work already done and changed nothing."""
    claim_number: str = ""
    shard_key: int = 0
    account_id: UUID | None = None
    """Under whose id it stands, where there is a claimant to tell; None for a fact that a partner reported."""


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A row of the desk's list. `amount_fen` is the machine's own result, None when it could not calculate."""

    id: UUID
    number: str
    insured_name: str
    product_name: Text
    event_label: Text
    state: str
    amount_fen: int | None
    decide_by: datetime | None
    handler_name: str
    first_reason: Text | None
    due_at: datetime | None = None
    level: Text | None = None
    """The highest level raised for the nearest deadline."""


@dataclass(frozen=True, slots=True)
class QueuePage:
    items: Sequence[QueueItem]
    total: int
    page: int
    size: int


@dataclass(frozen=True, slots=True)
class QueueCount:
    """`queue` is a code of `desk._QUEUES`; `nearest` is the first deadline in it, of messages the first answer due."""

    queue: str
    label: Text
    count: int
    nearest: datetime | None


@dataclass(frozen=True, slots=True)
class JointDecisionView:
    """A decision that needs two names: any refusal, or a sum above one person's authority."""

    id: UUID
    maker_id: UUID
    maker_name: str
    checker_id: UUID | None
    checker_name: str
    pay_fen: int
    refused_fen: int
    clause: str
    letter: str
    proposed_at: datetime
    confirmed_at: datetime | None
    returned_at: datetime | None


@dataclass(frozen=True, slots=True)
class ClaimFile:
    """The whole file on one screen of the desk: story, papers, calculation, who signed what."""

    claim: ClaimView
    decisions: tuple[DecisionView, ...]
    corrections: tuple[CorrectionView, ...]
    joint_decisions: tuple[JointDecisionView, ...]
    single_authority_fen: int
    used_before_fen: int
    advance_by: datetime | None = None
    handler_id: UUID | None = None
    deadlines: tuple[DeadlineView, ...] = ()
    moves: tuple[MoveView, ...] = ()
    notes: tuple[Text, ...] = field(default=())
    origins: tuple[PaperOrigin, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverLeft:
    """A limit or deductible that several claims count against, in the period that holds the day asked for.

    `kind` is limit or deductible; `per` year or contract. `period_end` is the first day after.
    """

    label: Text
    kind: str
    per: str
    clause: str
    limit_fen: int
    used_fen: int
    left_fen: int
    period_start: date
    period_end: date
    shared: bool = False
