"""What was declared and decided, with what the insured has already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baohe.kernel.decisions import Decision, Reason, Text


@dataclass(frozen=True, slots=True)
class Held:
    """What the insured has already, in force or being paid for, in any account and with any insurer.

    `sums_fen` by kind of benefit (life, accident, critical); `insurer_fen` the same with the insurer asked now;
    `indemnity_policies` counts contracts that pay medical bills; `minor_over_cap`: with this contract the death cover
    of a minor would pass the cap of SALE-12.
    """

    sums_fen: Mapping[str, int]
    insurer_fen: Mapping[str, int]
    indemnity_policies: int = 0
    minor_over_cap: bool = False


NOTHING_HELD = Held({}, {})


@dataclass(frozen=True, slots=True)
class DeclarationView:
    """`outcome` is accept | load | exclude | postpone | refer, or declined_by_person after a named underwriter said
    so (SERV-9). `postponed_until` is the first day to ask again. `decision` stays what the rules said (a referred file
    keeps "refer" for ever); `reasons` puts the underwriter's own word before it. `premium_fen` includes the loading.
    `reply_by` and `handler` belong to a referral; `contested`: the customer asked for it (DATA-3). `decided_at` is when
    a person's word began to hold; `referral_state` is "" without a referral. An offer that was declined or ran out
    leaves a referred declaration as offer_declined | offer_expired. `occupation_edition` is the list that the class of
    the occupation was read from ("" = no occupation was known)."""

    id: UUID
    quote_id: UUID
    person_id: UUID
    account_id: UUID
    version_id: str
    outcome: str
    decision: Decision
    loading_bp: int
    exclusions: tuple[Text, ...]
    inputs: Mapping[str, str]
    premium_fen: int
    reply_by: datetime | None
    handler: str
    created_at: datetime
    reasons: tuple[Reason, ...] = ()
    postponed_until: date | None = None
    contested: bool = False
    decided_at: datetime | None = None
    referral_state: str = ""
    occupation_edition: str = ""
    with_person: bool = False
    """A referral is not closed: with the underwriter, or it waits for the customer's papers or answer."""


@dataclass(frozen=True, slots=True)
class KeptAnswers:
    """Answers on their way. `revision` 0 = none were ever kept; `declaration_id` = what they became; `expired` = they
    ran out and are not given any more."""

    answers: Mapping[str, str]
    revision: int
    expires_at: datetime | None
    declaration_id: UUID | None
    expired: bool


@dataclass(frozen=True, slots=True)
class FiredLine:
    """One table of a rule set and the row of it that applied. `conditions` say in words when it does."""

    table: Text
    row: str
    conditions: tuple[str, ...]
    outcome: str
    said: Text


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question and the chosen answer, opened for a named reader (the read is logged by the caller)."""

    question: Text
    answer: Text
    question_id: str
    answer_value: str
