"""Declarations and referrals as other rooms see them. No health answer ever leaves through these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from baohe.kernel.decisions import Decision, Reason, Text


@dataclass(frozen=True, slots=True)
class DeclarationView:
    """`outcome` is accept | load | exclude | refer, or declined_by_person after a named underwriter said so
    (SERV-9). `decision` stays what the rules said (a referred file keeps "refer" for ever); `reasons` puts the
    underwriter's own word before it. `premium_fen` includes the loading. `reply_by` and `handler` belong to a
    referral."""

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


@dataclass(frozen=True, slots=True)
class ReferralItem:
    """A row of the underwriter's queue."""

    declaration_id: UUID
    person_id: UUID
    account_id: UUID
    version_id: str
    reasons: tuple[str, ...]
    handler: str
    reply_by: datetime
    created_at: datetime


@dataclass(frozen=True, slots=True)
class ReferralPage:
    items: tuple[ReferralItem, ...]
    total: int
    page: int
    size: int


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question and the chosen answer, opened for a named reader (the read is logged by the caller)."""

    question: Text
    answer: Text
    question_id: str
    answer_value: str
