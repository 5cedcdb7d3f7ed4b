"""What is said of a product: insurer, coverages, exclusions, clauses, disclosures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from baohe.kernel.decisions import Text


@dataclass(frozen=True, slots=True)
class Insurer:
    """The carrier. `name` is its registered name (PUB-1); invented, like all insurers of the samples."""

    code: str
    name: Text
    short_name: Text
    complaint_phone: str
    service_phone: str
    licence: str
    signature: str = "pades"
    """How it signs policies: `pades` inside the PDF, or `sm2` with a detached SM2 signature beside it (DATA-7)."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """An insurer and its share of every premium, claim and cost of a version, in basis points."""

    insurer: Insurer
    share_bp: int


@dataclass(frozen=True, slots=True)
class Titled:
    title: Text
    detail: Text


@dataclass(frozen=True, slots=True)
class Labelled:
    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: Text
    detail: Text | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    code: str
    name: Text
    detail: Text
    limit: Text
    clause: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Inputs under which the coverage belongs to the contract; empty = always."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """PUB-5: the wording of a clause beside its plain words."""

    number: int
    plain: Text
    wording: str
    clause: str


@dataclass(frozen=True, slots=True)
class PlainRule:
    question: Text
    answer: Text
    clause: str
    wording: str


@dataclass(frozen=True, slots=True)
class ClauseSection:
    """`number` is "2" for a chapter, "2.4" for a point. `exclusion` sections are shown highlighted."""

    number: str
    title: str
    body: str
    exclusion: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A paper behind the product. `code` is clauses | rates | statement | cash_values."""

    code: str
    title: Text
    detail: Text


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The plain sentences that PUB-1 demands on the detail page."""

    renewal: Text
    fees: Text
    surrender: Text
    cash_value: Text
    untrue_disclosure: Text
    claim_process: tuple[Text, ...]
    delivery: Text
    hospital_scope: Text | None
