"""Who is insured, who receives, what is insured, and what one person has already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CoverHeld:
    """One contract of an insured person, in force or being paid, in whichever account; amounts in fen."""

    version_id: str
    sum_insured_fen: int
    death_cover_fen: int


@dataclass(frozen=True, slots=True)
class CoverElsewhere:
    """A policy of an insured person under another account: enough to tell what it reimburses and until when. Who bought
    it, and its number, do not leave the room. `end` is the first day after."""

    version_id: str
    inputs: Mapping[str, str]
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class BeneficiaryChoice:
    """What the customer states: a person of the family, an order (1 = first) and whole percent of that order; None
    shares the order equally (SALE-13)."""

    person_id: UUID
    rank: int
    share_percent: int | None


@dataclass(frozen=True, slots=True)
class Beneficiary:
    person_id: UUID
    name: str
    relation: str
    rank: int
    share_percent: int


@dataclass(frozen=True, slots=True)
class BeneficiaryChangeView:
    """A change after issue. `state` is waiting (for the insured), effective, refused or void; `consent_by` is who had
    to agree: self, guardian or insured. `digest` covers the list and the contract it stands in."""

    id: UUID
    policy_id: UUID
    number: int
    beneficiaries: tuple[Beneficiary, ...]
    digest: str
    consent_by: str
    state: str
    asked_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class ObjectLine:
    """One answer that says which thing is insured; `code` names the field of the product version."""

    code: str
    value: str
