"""What crosses the door of the documents room.

Everything the customer's policy says is in `PolicyDocument`: the room prints it and adds nothing of its own but
the marks of the document (token, QR code, signature).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from baohe.kernel.decisions import Text


@dataclass(frozen=True, slots=True)
class Insurer:
    code: str
    name: Text
    licence: str
    service_phone: str
    complaint_phone: str
    signature: str = "pades"
    """`pades`, or `sm2` for a detached SM2 signature beside it."""


@dataclass(frozen=True, slots=True)
class Party:
    """A person on the policy. Identity and telephone arrive masked; the room never sees them whole."""

    name: str
    identity_masked: str
    phone_masked: str = ""
    birth: date | None = None
    sex: str = ""


@dataclass(frozen=True, slots=True)
class BeneficiaryLine:
    name: str
    relation: str
    rank: int
    share_percent: int
    identity_masked: str = ""


@dataclass(frozen=True, slots=True)
class CoverageLine:
    name: str
    detail: str
    limit: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class ClauseSection:
    number: str
    title: str
    body: str
    exclusion: bool = False


@dataclass(frozen=True, slots=True)
class PaymentPlan:
    """`name` in words (年交 · 20 期); amounts in fen. `next_due` is None when nothing more is due."""

    name: str
    count: int
    each_fen: int
    paid_fen: int
    paid_at: datetime | None = None
    next_due: date | None = None


@dataclass(frozen=True, slots=True)
class CustomerSignature:
    """The drawn signature: strokes of (x, y) in 0…10,000 of the pad's width and height. `document_digest` is the
    SHA-256 of the file that was signed."""

    strokes: tuple[tuple[tuple[int, int], ...], ...]
    document_digest: str
    signed_at: datetime
    signer_name: str


@dataclass(frozen=True, slots=True)
class PolicyDocument:
    """One policy, complete. The period is half-open: `end` is the first day without cover."""

    policy_id: UUID
    shard_key: int
    number: str
    insurer: Insurer
    product_name: Text
    clause_name: str
    filing_number: str
    version_id: str
    policyholder: Party
    insured: Party
    beneficiaries: tuple[BeneficiaryLine, ...]
    start: date
    end: date
    sum_insured: str
    coverages: tuple[CoverageLine, ...]
    premium_fen: int
    payment: PaymentPlan
    special_exclusions: tuple[str, ...]
    cooling_off_days: int
    cooling_off_last_day: date | None
    waiting_days: int
    waiting_last_day: date | None
    clauses: tuple[ClauseSection, ...]
    issued_at: datetime
    signature: CustomerSignature | None = None
    conditions: tuple[tuple[str, str], ...] = ()
    """Rating inputs in words, printed as label and value (职业类别 · 1 类)."""
    sample: bool = True
    insured_object: tuple[tuple[str, str], ...] = ()
    """The thing insured, where it is one, as label and value (车牌号 · 京A12345)."""
    covers_death: bool = True
    """Without cover in case of death the paper names no heirs."""
    carriers: tuple[tuple[str, str], ...] = ()
    """Who carries it together, the lead first, as name and share (穗禾财产保险股份有限公司 · 40%); none = `insurer`."""


@dataclass(frozen=True, slots=True)
class Side:
    """The contract on one side of an endorsement. `premium_fen` is that of the whole period; `limits` are label and
    limit of each coverage."""

    sum_insured: str
    premium_fen: int
    limits: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EndorsementDocument:
    """批单: what of the policy changes, from when, what comes back and how it was calculated (label and fen)."""

    policy_id: UUID
    shard_key: int
    policy_number: str
    number: int
    insurer: Insurer
    product_name: Text
    clause_name: str
    filing_number: str
    version_id: str
    policyholder: Party
    insured: Party
    start: date
    end: date
    before: Side
    after: Side
    valid_from: date
    recorded_at: datetime
    calculation: tuple[tuple[str, int], ...]
    refund_fen: int
    sample: bool = True


@dataclass(frozen=True, slots=True)
class ProposalDocument:
    """What the customer signs: the same content before there is a policy number."""

    proposal_id: UUID
    insurer: Insurer
    product_name: Text
    clause_name: str
    filing_number: str
    version_id: str
    version_hash: str
    policyholder: Party
    insured: Party
    beneficiaries: tuple[BeneficiaryLine, ...]
    start: date
    end: date
    sum_insured: str
    coverages: tuple[CoverageLine, ...]
    premium_fen: int
    payment: PaymentPlan
    special_exclusions: tuple[str, ...]
    cooling_off_days: int
    waiting_days: int
    clauses: tuple[ClauseSection, ...]
    statements: tuple[str, ...] = ()
    """Sentences the signer agrees to, each printed with a mark."""
    conditions: tuple[tuple[str, str], ...] = ()
    sample: bool = True
    insured_object: tuple[tuple[str, str], ...] = ()
    covers_death: bool = True
    carriers: tuple[tuple[str, str], ...] = ()

    def canonical(self) -> dict[str, Any]:
        """The content in plain values; its digest is what the signature binds. Without a thing insured or a
        co-insurer those fields are left out, and so is the cover in case of death where there is one: papers of before
        keep their digest."""
        content: dict[str, Any] = plain(asdict(self))
        del content["insurer"]["signature"]  # how the insurer will sign is no part of what the customer signs
        if not self.insured_object:
            del content["insured_object"]
        if not self.carriers:
            del content["carriers"]
        if self.covers_death:
            del content["covers_death"]
        return content


@dataclass(frozen=True, slots=True)
class ProposalPaper:
    content: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A titled part of a paper: sentences, then a table. `columns` are the relative widths; with `money` the last one
    holds sums and is set to the right."""

    title: str
    paragraphs: tuple[str, ...] = ()
    columns: tuple[int, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    money: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of one subject. `code` is its template: health_declaration, statement, premium_receipt or refund_note.
    `amount_fen` stands large, in figures and capital words; None where the paper is about no sum."""

    code: str
    number: str
    insurer_name: str
    issued_at: datetime
    facts: tuple[tuple[str, str], ...]
    sections: tuple[PaperSection, ...] = ()
    number_label: str = "编号"
    amount_fen: int | None = None
    amount_label: str = ""
    signer_label: str = ""
    signature: CustomerSignature | None = None
    sealed: bool = True
    marks: str = ""
    sample: bool = True


@dataclass(frozen=True, slots=True)
class PolicyPaper:
    """A paper of one subject that the insurer signs and the policy keeps. `kind` names it among the papers of the
    policy, at most 20 letters: `health_declaration`, `own_choice`, `receipt-2`, `refund`."""

    kind: str
    policy_id: UUID
    shard_key: int
    policy_number: str
    insurer: Insurer
    product_name: Text
    insured_name: str
    start: date
    last_day: date
    paper: Paper


@dataclass(frozen=True, slots=True)
class ShownView:
    """A proposal as it was shown: `sha256` is of the file's bytes, `content_digest` of what it says."""

    proposal_id: UUID
    sha256: str
    content_digest: str
    template: str
    size: int
    shown_at: datetime


@dataclass(frozen=True, slots=True)
class DocumentView:
    id: UUID
    policy_id: UUID
    kind: str
    state: str
    """`preparing` or `ready`; sha256 and size are set when ready."""
    sha256: str | None
    size: int | None
    token: str
    verify_url: str
    issued_at: datetime
    template: str = ""
    profile: str = "ecdsa"
    """`ecdsa` or `rsa` (PAdES inside the file), `sm2` (PAdES and a detached SM2 signature beside it)."""
    stamped_at: datetime | None = None
    """When a time-stamp authority saw it; None = it carries no time stamp."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Is it genuine, and why, in plain words. Names arrive masked (陈*); no other personal data."""

    genuine: bool
    code: str
    what: Text
    document_id: UUID | None = None
    policy_id: UUID | None = None
    policy_number: str | None = None
    insurer: Text | None = None
    product: Text | None = None
    insured_masked: str | None = None
    start: date | None = None
    last_day: date | None = None
    sha256: str | None = None
    size: int | None = None
    signed_by: str | None = None
    signed_at: datetime | None = None
    stamped_at: datetime | None = None
    stamped_by: str | None = None
    profile: str | None = None
    token: str | None = field(default=None, repr=False)


def plain(value: Any) -> Any:
    """Dates and ids as text, tuples as lists: values that have a canonical form."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value
