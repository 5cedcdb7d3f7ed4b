"""The shapes of the open API. Amounts are integer fen, days ISO dates of Asia/Shanghai, codes plain text."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import (
    AwareDatetime,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic.functional_validators import BeforeValidator

MOST_ITEMS = 1_000
"""Items a call may carry. Written down once: the documentation, the refusal and the tests read it here."""

Reference = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
Code = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=64)]


def _only_text(value: Any) -> Any:
    """A number is read as a day since 1970 by the parser behind us; a partner who sends one made a mistake."""
    if not isinstance(value, str):
        raise ValueError("a date is text, for example 2026-11-23")
    return value


Day = Annotated[date, BeforeValidator(_only_text)]
Moment = Annotated[AwareDatetime, BeforeValidator(_only_text)]


class Text(Schema):
    zh: str
    en: str


class Problem(Schema):
    """RFC 9457 problem details; `code` is stable, `message` and `next` are for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    message: Text
    next: Text


class Insured(Schema):
    """Whom the order covers. Without it nobody can be sent a claim link later: it is taken with the order only."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[
        str, StringConstraints(strict=True, pattern=r"^[^\s\x00-\x1f][^\x00-\x1f\x7f]{0,58}[^\s\x00-\x1f]$")
    ] = Field(description="as on the identity document; claims are paid to an account in this name")
    phone: Annotated[str, StringConstraints(strict=True, max_length=20)] = Field(
        default="", description="mainland mobile number: the code that opens a claim link goes there"
    )
    identity_last: Annotated[str, StringConstraints(strict=True, pattern=r"^([0-9]{5}[0-9Xx])?$")] = Field(
        default="", description="last six characters of the identity document, asked for where there is no telephone"
    )

    @model_validator(mode="after")
    def _recognisable(self) -> Insured:
        if not self.phone and not self.identity_last:
            raise ValueError("phone or identity_last is needed")
        return self


class PolicyItem(Schema):
    """Cover for one order. The same reference with the same content is answered again, never issued twice."""

    model_config = ConfigDict(extra="forbid")

    reference: Reference = Field(description="your own number of the order, unique for ever")
    product: Code
    start: Day = Field(description="first covered day: today up to 30 days ahead")
    inputs: dict[Code, Annotated[str, StringConstraints(strict=True, max_length=64)]] = Field(
        description="rating inputs of the product, all as text (see /products)", max_length=20
    )
    insured: Insured | None = Field(default=None, description="whom the order covers, for claims that need papers")


class EventItem(Schema):
    """Something that happened to an insured order."""

    model_config = ConfigDict(extra="forbid")

    reference: Reference
    event: Code = Field(description="parcel_returned")
    occurred_at: Moment = Field(description="when, with its offset: 2026-11-25T10:00:00+08:00")


def _documented(item: type[Schema]) -> Any:
    """Any JSON value at run time, so that one bad item does not cost the others; the item's shape in the docs."""
    return Annotated[Any, WithJsonSchema(_in_one(item.model_json_schema())), PlainSerializer(lambda value: value)]


def _in_one(shape: dict[str, Any]) -> dict[str, Any]:
    """The shape with the shapes it names written in their places: a reference into `$defs` of its own leads nowhere in
    the document around it."""
    named: dict[str, Any] = shape.pop("$defs", {})

    def written_out(part: Any) -> Any:
        if isinstance(part, list):
            return [written_out(one) for one in part]
        if not isinstance(part, dict):
            return part
        if "$ref" in part:
            return written_out(named[part["$ref"].rpartition("/")[2]])
        return {key: written_out(value) for key, value in part.items()}

    return {key: written_out(value) for key, value in shape.items()}


class PolicyCall(Schema):
    items: list[_documented(PolicyItem)] = Field(min_length=1, description=f"1 to {MOST_ITEMS} items")  # type: ignore[misc]


class EventCall(Schema):
    items: list[_documented(EventItem)] = Field(min_length=1, description=f"1 to {MOST_ITEMS} items")  # type: ignore[misc]


class PolicyOutcome(Schema):
    """Answers stand in the order of the items. `problem` is set exactly when `status` is refused."""

    reference: str | None
    status: str = Field(description="issued | repeated | refused")
    policy_number: str | None = None
    premium_fen: int | None = None
    start: date | None = None
    last_day: date | None = None
    problem: Problem | None = None


class PolicyAnswer(Schema):
    issued: int
    repeated: int
    refused: int
    results: list[PolicyOutcome]


class EventOutcome(Schema):
    reference: str | None
    status: str = Field(description="accepted | repeated | refused")
    claim_number: str | None = None
    decision: str | None = Field(default=None, description="pay, or refer: a person looks; no machine refuses")
    amount_fen: int | None = None
    problem: Problem | None = None


class EventAnswer(Schema):
    accepted: int
    repeated: int
    refused: int
    results: list[EventOutcome]


class PolicyState(Schema):
    reference: str
    policy_number: str
    product: str
    version: str
    state: str
    start: date
    last_day: date
    premium_fen: int
    issued_at: datetime
    claims: list[ClaimState]


class ClaimState(Schema):
    number: str
    event: str
    state: str


class InputChoice(Schema):
    value: str
    label: Text


class OrderInput(Schema):
    code: str
    name: Text
    kind: str
    choices: list[InputChoice]
    minimum: int | None
    maximum: int | None


class OpenProduct(Schema):
    code: str
    version: str
    name: Text
    insurer: Text
    promise: Text
    cover_days: int | None
    inputs: list[OrderInput]
    events: list[InputChoice]


class PriceCall(Schema):
    product: str = Field(max_length=64)
    inputs: dict[str, str] = Field(max_length=20)


class PriceStep(Schema):
    label: Text
    value: str
    source: Text


class PriceAnswer(Schema):
    product: str
    version: str
    premium_fen: int
    steps: list[PriceStep]


PolicyState.model_rebuild()
