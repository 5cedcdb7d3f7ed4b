"""What crosses the door of the claims room. Amounts are integer fen, rates basis points, days Asia/Shanghai.

`state` of a claim is draft, with_person, to_pay (agreed, the payout waits for a working account), paying, paid,
refused_by_person or withdrawn. There is no state that a machine could refuse into (SERV-9).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from baohe.kernel.decisions import Reason, Text
from baohe.rooms.claims.desk_contracts import AGES as AGES
from baohe.rooms.claims.desk_contracts import NOBODY as NOBODY
from baohe.rooms.claims.desk_contracts import DeadlineView as DeadlineView
from baohe.rooms.claims.desk_contracts import EscalationView as EscalationView
from baohe.rooms.claims.desk_contracts import HandlerLoad as HandlerLoad
from baohe.rooms.claims.desk_contracts import LeaveView as LeaveView
from baohe.rooms.claims.desk_contracts import MoveView as MoveView
from baohe.rooms.claims.desk_contracts import QueueFilter as QueueFilter
from baohe.rooms.claims.desk_contracts import Raised as Raised
from baohe.rooms.claims.desk_contracts import Workload as Workload


@dataclass(frozen=True, slots=True)
class FirstNotice:
    """What the claimant says first. `event` is a code of the policy's claim events, or "other".

    `another`: an open claim of the same kind and days was shown, and this is another event.
    """

    policy_id: UUID
    event: str
    sentence: str
    happened_on: date
    another: bool = False

    def as_request(self) -> dict[str, str]:
        """What an idempotency key is bound to."""
        request = {
            "policy": str(self.policy_id),
            "event": self.event,
            "sentence": self.sentence,
            "happened_on": self.happened_on.isoformat(),
        }
        return request | {"another": "yes"} if self.another else request


NOTICE_TAKERS = ("claims_handler", "service")
"""Who takes a first notice from a caller."""


@dataclass(frozen=True, slots=True)
class EventChoice:
    value: str
    label: Text
    detail: Text


@dataclass(frozen=True, slots=True)
class ReadField:
    """One field of a paper. `value` is what counts now; `read_value` is what the machine read first.

    `box` is x, y, width, height in 1/10,000 of the picture's sides; empty where nothing was found.
    """

    code: str
    name: Text
    kind: str
    value: str
    read_value: str
    confidence: int
    doubtful: bool
    suggestions: tuple[str, ...] = ()
    box: tuple[int, ...] = ()
    corrected: bool = False
    confirmed: bool = False
    contradicted: bool = False
    """Another figure of the same paper says otherwise; to confirm it as it stands calls a person."""
    items_sum: str = ""
    """Of a total: what it would be by the items of the paper, where they make another; "" where they agree or are
    unsure."""


@dataclass(frozen=True, slots=True)
class PaperView:
    """`kind` is invoice, bill, record, identity or relation; `state` is reading, read or unreadable.

    `seems`: that the picture looks like another paper than was asked for, in words; None where nothing says so.
    """

    id: UUID
    kind: str
    state: str
    fields: tuple[ReadField, ...]
    added_at: datetime
    seems: Text | None = None


@dataclass(frozen=True, slots=True)
class NeededPaper:
    """`state` is missing, reading, to_confirm, ready or on_file. `sample` names the drawing that shows how to
    photograph it."""

    kind: str
    title: Text
    detail: Text
    state: str
    sample: str = ""


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


@dataclass(frozen=True, slots=True)
class HandlerView:
    name: str
    role: Text
    reply_by: datetime | None


@dataclass(frozen=True, slots=True)
class StoryLine:
    """`state` is done, now or next."""

    at: str
    title: Text
    detail: Text | None = None
    state: str = "done"
    amount_fen: int | None = None


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

    @property
    def seconds_to_pay(self) -> int | None:
        """From the claimant's "submit" to the money, whole seconds."""
        if self.paid_at is None or self.submitted_at is None:
            return None
        return max(0, round((self.paid_at - self.submitted_at).total_seconds()))


@dataclass(frozen=True, slots=True)
class ClaimBrief:
    id: UUID
    number: str
    policy_id: UUID
    state: str
    event: str
    happened_on: date
    title: str
    policy_number: str
    amount_fen: int | None
    paid_at: datetime | None


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
    """The claimant to tell; None for a partner's order."""


@dataclass(frozen=True, slots=True)
class EventNotice:
    """A fact that settles by itself ("parcel_returned"). One claim for one (policy, event, reference) for ever."""

    event: str
    reference: str
    occurred_at: datetime
    told_by: Text = Text("合作方系统", "The partner's system")


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
    """`queue` is to_decide, to_confirm, waiting_for_papers or reviews; `nearest` is the first deadline in it."""

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
class CorrectionView:
    paper_id: UUID
    field: str
    before: str
    after: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OddPlace:
    """A place of a picture to be compared with the original, and why. Boxes as of `ReadField`; `twin` is the other of
    two same places, empty for none. A question, no finding."""

    text: Text
    box: tuple[int, ...]
    twin: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperOrigin:
    """What a paper's original file said of itself, and what was doubted at its arrival; for handlers alone.

    `taken_at` is the camera's own local time. `editor`: a program made to change pictures. A stranger wrote all of it.
    """

    paper_id: UUID
    doubts: tuple[str, ...]
    taken_at: str
    device: str
    software: str
    editor: str
    odd_places: tuple[OddPlace, ...] = ()


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
class Told:
    """What the claimant has said and chosen so far; what is None or "" is still to be understood."""

    sentence: str
    person_id: UUID | None = None
    policy_id: UUID | None = None
    event: str = ""
    happened_on: date | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """One thing proposed, with its reason and what else it could be. `value` is "" where nothing is proposed: the
    person chooses from `options`. `sure` is False where the proposal wants a look."""

    value: str
    label: Text
    reason: Text
    sure: bool = True
    options: tuple[EventChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class Understanding:
    """What one sentence was understood to say. Nothing is stored of it.

    `policy` with value "" and no options: no policy fits, a person is asked. `amount_fen` is a hint in yuan;
    `currency` is ISO 4217. `to_person`: why a person will look, told at once. `already`: claims of the same policy and
    event within two days. `ask`: what to ask next (member, policy, event, day), "" when all is understood.
    """

    member: Understood
    policy: Understood
    event: Understood
    day: Understood
    amount_fen: int | None
    currency: str
    to_person: tuple[Reason, ...]
    already: tuple[ClaimBrief, ...]
    ask: str
    words: str


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
