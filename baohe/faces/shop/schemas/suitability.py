"""Suitability of a proposal, and the call-back after the sale."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Schema
from pydantic import Field

from baohe.faces.shop.schemas.basis import Text
from baohe.faces.shop.schemas.sale import StrokePoint
from baohe.rooms.suitability.contracts import MOST_FEN

Purpose = Literal["family", "illness", "pension", "heirs", "soon"]
Existing = Literal["none", "some", "enough"]


class SuitabilityAnswers(Schema):
    purpose: Purpose = Field(description="what the customer wants to solve")
    existing: Existing = Field(description="cover of this kind that there is already, anywhere")
    income_fen: int = Field(ge=0, le=MOST_FEN, description="of the household in a year")
    budget_fen: int = Field(ge=0, le=MOST_FEN, description="meant for this contract: in a year, or once if paid once")


class SuitabilityIn(SuitabilityAnswers):
    keep: bool = Field(default=False, description="keep the answers for the next purchase; never pre-ticked")
    reused: bool = Field(default=False, description="earlier answers were confirmed instead of given anew")


class EarlierAnswers(Schema):
    answers: SuitabilityAnswers
    kept_on: date
    until: date = Field(description="last day on which they may be confirmed again")


class StatementToMake(Schema):
    code: str = Field(description="own_choice | duplicate | elder_care")
    lines: list[Text] = Field(description="what is stated; the digest is over it")
    digest: str
    by_law: bool = Field(description="the law demands this statement, signed, before the policy is issued")
    signed: bool = Field(description="counts with the customer's own signature only")
    done: bool


class Suitability(Schema):
    proposal_id: str
    product_name: Text
    insured_name: str
    premium_fen: int
    pay_years: int = Field(description="how many years the premium is due; 1: once")
    examined: bool = Field(description="false: nothing is asked (property and casualty, terms up to a year)")
    answers: SuitabilityAnswers | None = Field(description="those that count for this proposal")
    earlier: EarlierAnswers | None = Field(description="kept from another purchase, to be confirmed")
    advice: str | None = Field(description="fits | stop; null until the questions are answered")
    reasons: list[Text] = Field(description="why we advise not to buy")
    statements: list[StatementToMake]
    service_phone: str = Field(description="a person of the insurer")
    large_type: bool = Field(description="offer the large-type mode (SALE-8)")


class StatementIn(Schema):
    code: str = Field(max_length=20)
    digest: str = Field(max_length=64)
    strokes: list[list[StrokePoint]] = Field(default=[], max_length=200)


class CallBackQuestion(Schema):
    code: str
    text: Text


class CallBack(Schema):
    state: str = Field(description="open | urgent | overdue | to_explain | done | dropped")
    last_day: date = Field(description="last day on which leaving gives the whole premium back")
    questions: list[CallBackQuestion]
    unclear: list[str] = Field(description="questions that were not clear the last time")
    service_phone: str


class CallBackIn(Schema):
    answers: dict[str, Literal["yes", "unclear"]] = Field(max_length=20)
