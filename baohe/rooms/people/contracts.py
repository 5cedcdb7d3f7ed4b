"""What leaves the room. Sealed identifiers leave only in a `PersonFile`, and every one of those is logged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from baohe.kernel.decisions import Text

SELF = "self"
RELATIONS = (SELF, "spouse", "child", "parent", "other")


@dataclass(frozen=True, slots=True)
class CodeRequested:
    """The same answer whether or not the telephone has an account. `request_id` binds the code to who asked."""

    request_id: UUID
    resend_after_seconds: int
    expires_in_seconds: int


@dataclass(frozen=True, slots=True)
class AccountView:
    """`display_name` is the customer's own name once entered, else the masked telephone."""

    id: UUID
    display_name: str
    phone_masked: str
    language: str


@dataclass(frozen=True, slots=True)
class PersonInput:
    """A family member as typed.

    On a change, an `identity_number` equal to the masked one, and `phone` None, mean "unchanged"; "" removes it.
    """

    name: str
    relation: str
    identity_number: str
    social_insurance: bool
    phone: str | None = None
    occupation_code: str | None = None
    guardian_consent: bool = False


@dataclass(frozen=True, slots=True)
class PersonView:
    """What rating, lists and proposals need. `occupation_class` is 1–6, 9 = declined, None = not stated."""

    id: UUID
    account_id: UUID
    name: str
    relation: str
    birth: date
    sex: str
    identity_masked: str
    social_insurance: bool
    occupation_code: str | None
    occupation_class: int | None
    region: Text


@dataclass(frozen=True, slots=True)
class PersonFile:
    """The opened file. Holding one means that a `ReadLog` row says who holds it and why (DATA-5)."""

    id: UUID
    account_id: UUID
    name: str
    relation: str
    birth: date
    sex: str
    identity_number: str
    identity_masked: str
    phone: str | None
    social_insurance: bool
    occupation_code: str | None
    occupation_class: int | None
    region: Text


@dataclass(frozen=True, slots=True)
class StaffView:
    """`role` is the first of `roles`, in the order of `ROLES`."""

    id: UUID
    username: str
    name: str
    roles: tuple[str, ...]

    @property
    def role(self) -> str:
        return self.roles[0] if self.roles else ""


ROLES = (
    "underwriter",
    "claims_handler",
    "claims_senior",
    "claims_lead",
    "claims_head",
    "finance",
    "auditor",
    "service",
    "product_manager",
    "actuary",
    "compliance",
)


@dataclass(frozen=True, slots=True)
class ReadView:
    """One line of the log of sensitive reads. `id` pages through it."""

    id: int
    at: datetime
    actor: str
    subject_id: UUID
    account_id: UUID
    fields: str
    purpose: str
