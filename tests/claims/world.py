"""A claimant with a policy in force, a shop with an insured order, two handlers: made for the claims tests."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from django.contrib.auth.models import Group
from PIL import Image, ImageDraw, ImageFont

from baohe.adapters.ocr.contracts import PaperReading, ReadValue
from baohe.flows import settle_claim
from baohe.kernel.ids import readable_number, shard_of
from baohe.plumbing import clock
from baohe.rooms.claims.contracts import ClaimView
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import StaffView
from baohe.rooms.people.models import Account
from baohe.rooms.policies import parties
from baohe.rooms.policies.models import Policy

NOW = datetime(2026, 11, 22, 11, 42, tzinfo=UTC)
"""19:42 on 22 November 2026 in Shanghai."""

INJURED_ON = date(2026, 11, 20)
ACCIDENT = "songtao-accident@2026-01-15"
MEDICAL = "haijia-medical-a@2026-03-01"
FREIGHT = "yizhan-freight-return@2026-04-01"
HOSPITAL = "临江市第二人民医院"
INSURED = "陈小满"


@dataclass(frozen=True, slots=True)
class Insured:
    account_id: UUID
    policy_id: UUID


def claimant(phone: str = "13800000007") -> UUID:
    return people.open_account(phone).id


def handler(username: str, name: str) -> StaffView:
    """Without the slow hash of a password that no test types."""
    row = Account.objects.create(username=username, display_name=name, is_staff=True, joined_at=clock.now())
    row.groups.set([Group.objects.get_or_create(name="claims_handler")[0]])
    return people.staff(row.id)


CHILD = parties.Parties(INSURED, date(2019, 5, 4), "male", "child", "1101********0000", ())


def policy(account_id: UUID, version_id: str = ACCIDENT, who: parties.Parties = CHILD, **changes: object) -> UUID:
    """A year's policy from 1 March 2026, straight into the table: how it was sold is not these tests' matter."""
    policy_id = clock.new_id()
    row = {
        "id": policy_id,
        "shard_key": shard_of(str(account_id)),
        "number": readable_number("P", 2026, policy_id),
        "account_id": account_id,
        "person_id": uuid4(),
        "product_code": version_id.partition("@")[0],
        "version_id": version_id,
        "parties_sealed": parties.seal("policies_policy", policy_id, who),
        "inputs": {"plan": "with_medical", "sum_insured": "100000", "deductible": "10000", "social_insurance": "yes"},
        "sum_insured_fen": 10_000_000,
        "start": date(2026, 3, 1),
        "end": date(2027, 3, 1),
        "premium_fen": 9_800,
        "paid_fen": 9_800,
        "total_fen": 9_800,
        "issued_at": datetime(2026, 2, 26, 4, 0, tzinfo=UTC),
        "payment_id": uuid4(),
        "proposal_id": uuid4(),
    }
    return Policy.objects.create(**{**row, **changes}).id


def order(partner_id: UUID, reference: str, sum_insured_fen: int = 1_200) -> UUID:
    """A shop's insured order."""
    return policy(
        partner_id,
        FREIGHT,
        shard_key=shard_of(f"{partner_id}:{reference}"),
        person_id=None,
        parties_sealed=None,
        partner_id=partner_id,
        partner_reference=reference,
        payment_id=None,
        proposal_id=None,
        inputs={},
        sum_insured_fen=sum_insured_fen,
        start=date(2026, 11, 20),
        end=date(2027, 2, 18),
        content_digest="0" * 64,
    )


def codes(claim: ClaimView) -> list[str]:
    """Why it was decided so."""
    assert claim.decision is not None
    return [reason.code for reason in claim.decision.reasons]


def returned(
    partner: UUID, reference: str, at: datetime = NOW, event: str = "parcel_returned"
) -> settle_claim.EventSettled:
    """The shop reports a parcel."""
    return settle_claim.settle_event(partner, reference, event, at)


def photo(shade: int = 200) -> bytes:
    """A sheet of print that passes the checks at arrival; another shade is another sheet."""
    return _sheet(shade, (max(shade, 150), 210, 220))


def another_photo(number: int) -> bytes:
    """Every number is another sheet, also after it was compressed."""
    return _sheet(10_000 + number, (236, 236, 232))


def _sheet(seed: int, ground: tuple[int, int, int]) -> bytes:
    chance, out = random.Random(seed), io.BytesIO()
    picture = Image.new("RGB", (800, 600), ground)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(28)
    for row in range(10):
        words = " ".join(str(chance.randint(1_000, 99_999)) for _ in range(chance.randint(3, 6)))
        pen.text((60, 60 + 48 * row), words, font=font, fill=(40, 40, 40))
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


_PRINTED = {"patient": "patient_name", "date": "issue_date", "number": "invoice_number"}
"""The room's code → the reader's, where they differ."""


def reading(**values: str) -> PaperReading:
    """What the engine would have read off the sample invoice; `doubtful="self_paid"` marks a field."""
    doubtful = values.pop("doubtful", "")
    read = {
        "patient": INSURED,
        "date": "2026-11-20",
        "hospital": HOSPITAL,
        "total": "1286.40",
        "social_paid": "412.60",
        "self_paid": "86.00",
        "number": "8707257965",
        **values,
    }
    fields = tuple(
        ReadValue(
            _PRINTED.get(code, code),
            value,
            99,
            code == doubtful,
            ("86.00", "36.00") if code == doubtful else (),
            (1, 2, 3, 4),
        )
        for code, value in read.items()
    )
    return PaperReading("medical_invoice", fields, (), legible=True)


def paper(kind: str, **values: str) -> PaperReading:
    """The sample invoice where figures are asked for; any other paper is a photograph without print."""
    if kind in ("invoice", "bill"):
        return reading(**values)
    return PaperReading("other", (), (), legible=False, problem="illegible")
