"""A sale on its way: its pages, and the signature with all that it binds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from baohe.kernel.canonical import digest
from baohe.kernel.decisions import Text
from baohe.rooms.policies.contracts.parties import Beneficiary, ObjectLine
from baohe.rooms.policies.contracts.premium import Due
from baohe.rooms.rating.contracts import Instalment

DEDUCTION = "deduction"
"""Purpose of the consent and code of the page for later instalments (SALE-3)."""


SIGNING_CONSENT = Text(
    "我已看过上面这份投保单，同意用电子签名签署。签名框里的手写签名、手机验证码和这台设备的密钥共同代表我本人，"
    "与纸质签名具有同等效力。",
    "I have read this proposal and agree to sign it electronically. My drawn signature, the code sent to my telephone "
    "and the key of this device together stand for me, with the same effect as a signature on paper.",
)
"""Shown above the button, stored with the signature; another wording has another digest (that of the Chinese)."""


@dataclass(frozen=True, slots=True)
class PaperView:
    """A page the customer must open and agree to; `digest` is the digest of the text that was shown."""

    code: str
    title: Text
    digest: str
    confirmed_at: datetime | None
    needed: bool
    text: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposalView:
    """`state` is draft, signed, paying, issued or expired. `valid_until` is the end of its quote."""

    id: UUID
    shard_key: int
    account_id: UUID
    person_id: UUID
    quote_id: UUID
    declaration_id: UUID
    product_code: str
    version_id: str
    insured_name: str
    insured_birth: date
    insured_sex: str
    insured_relation: str
    identity_masked: str
    beneficiaries: tuple[Beneficiary, ...]
    inputs: Mapping[str, str]
    sum_insured_fen: int
    sum_insured: Text
    start: date
    end: date
    waiting_ends: date | None
    cooling_off_ends: date | None
    premium_fen: int
    loading_bp: int
    special_exclusions: tuple[Text, ...]
    instalment: Instalment
    instalments: tuple[Instalment, ...]
    due_today_fen: int
    due_later: tuple[Due, ...]
    state: str
    papers: tuple[PaperView, ...]
    document_digest: str | None
    signed_at: datetime | None
    payment_id: UUID | None
    policy_id: UUID | None
    created_at: datetime
    valid_until: datetime
    insured_object: tuple[ObjectLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedAct:
    """What the customer did to sign: drew, agreed to words, typed the code `code_id`, and their device signed it all.

    `document_digest` is the content's, `document_sha256` the file's; `device` names browser and system, `device_key`
    and `device_signature` are base64.
    """

    document_digest: str
    document_sha256: str
    strokes: Sequence[Sequence[Mapping[str, int]]]
    consent_sha256: str
    code_id: UUID
    device: str
    device_key: str
    device_signature: str


@dataclass(frozen=True, slots=True)
class SignatureView:
    """The drawn signature: strokes of points {x, y in 1/10,000 of the pad, t in ms}, bound to a document.

    Signatures of before the second factor have empty texts from `document_sha256` on.
    """

    proposal_id: UUID
    document_digest: str
    strokes: tuple[tuple[Mapping[str, int], ...], ...]
    signed_at: datetime
    document_sha256: str = ""
    strokes_sha256: str = ""
    consent: str = ""
    consent_sha256: str = ""
    code_id: UUID | None = None
    device: str = ""
    device_key: str = ""
    device_signature: str = ""

    @property
    def record_sha256(self) -> str:
        """Of every field but the drawing, which `strokes_sha256` stands for; on record in the evidence log."""
        record: dict[str, Any] = {
            "proposal_id": str(self.proposal_id),
            "document_digest": self.document_digest,
            "document_sha256": self.document_sha256,
            "strokes_sha256": self.strokes_sha256,
            "consent_sha256": self.consent_sha256,
            "code_id": str(self.code_id or ""),
            "device": self.device,
            "device_key": self.device_key,
            "device_signature": self.device_signature,
            "signed_at": self.signed_at.isoformat(),
        }
        return digest(record)


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of a signature and whether it still is what was signed: document, strokes, consent, device, record."""

    part: str
    holds: bool
    what: Text
