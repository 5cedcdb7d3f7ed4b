"""What a claim's papers say of it, for the look at signals before the rules decide. No names, no diagnoses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from baohe.adapters.ocr.check_digits import luhn
from baohe.kernel.dates import business_date
from baohe.kernel.errors import NotFound
from baohe.kernel.money import parse_yuan
from baohe.rooms.claims import sealing
from baohe.rooms.claims.models import Claim, ClaimPaper
from baohe.rooms.claims.rules.papers import COUNTED_KINDS

PHOTOGRAPHS = frozenset({"record"})
"""Kinds of papers that are not printed forms: a look alike of these means something."""


_LONGEST_BATCH = 500


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """`amount_fen` is the sum of the invoices, None when one has no figure yet; `provider` the first hospital or shop
    that was read, "" for none; `noticed_on` the day of the first notice. `card_numbers` are of the bank cards that were
    handed in to be paid on, figures alone, those whose check figure is right: they are hashed before they are kept."""

    claim_id: UUID
    shard_key: int
    account_id: UUID
    policy_id: UUID
    event: str
    state: str
    happened_on: date
    noticed_on: date
    amount_fen: int | None
    provider: str
    invoice_numbers: tuple[str, ...]
    card_numbers: tuple[str, ...] = ()


def paper_facts(claim_id: UUID) -> PaperFacts:
    """For flows. Raises `NotFound`."""
    row = Claim.objects.filter(id=claim_id).first()
    if row is None:
        raise NotFound(what="这件理赔")
    papers = row.papers.filter(removed_at=None, kind__in=COUNTED_KINDS).order_by("added_at", "id")
    read = [{field.code: field.value for field in sealing.fields(paper)} for paper in papers]
    totals = [values.get("total", "") for values in read]
    return PaperFacts(
        claim_id=row.id,
        shard_key=row.shard_key,
        account_id=row.account_id,
        policy_id=row.policy_id,
        event=row.event,
        state=row.state,
        happened_on=row.happened_on,
        noticed_on=business_date(row.created_at),
        amount_fen=sum(map(parse_yuan, totals)) if totals and all(totals) else None,
        provider=next((values["hospital"] for values in read if values.get("hospital")), ""),
        invoice_numbers=tuple(sorted({values["number"] for values in read if values.get("number")})),
        card_numbers=_card_numbers(row),
    )


def _card_numbers(row: Claim) -> tuple[str, ...]:
    papers = row.papers.filter(removed_at=None, kind="identity").order_by("added_at", "id")
    typed = {field.value for paper in papers for field in sealing.fields(paper) if field.code == "card_number"}
    return tuple(sorted(number for one in typed if luhn(number := re.sub(r"[\s-]", "", one))))


def photographs(claim_id: UUID, without: frozenset[UUID]) -> dict[UUID, bytes]:
    """Paper → JPEG of the claim's photographs that the caller does not know yet."""
    papers = ClaimPaper.objects.filter(claim_id=claim_id, removed_at=None, kind__in=PHOTOGRAPHS).exclude(id__in=without)
    return {paper.id: sealing.open_picture(paper) for paper in papers.order_by("added_at", "id")}


@dataclass(frozen=True, slots=True)
class ClaimKeeping:
    """What decides how long something about a claim is kept. `open`: somebody still has to decide or to pay."""

    policy_id: UUID
    account_id: UUID
    noticed_on: date
    open: bool


def keeping(claim_id: UUID) -> ClaimKeeping:
    """For flows; nothing is opened. Raises `NotFound`."""
    row = Claim.objects.filter(id=claim_id).first()
    if row is None:
        raise NotFound(what="这件理赔")
    is_open = row.review_open or row.state in ("with_person", "to_pay", "paying")
    return ClaimKeeping(row.policy_id, row.account_id, business_date(row.created_at), is_open)


def handed_in_after(after: UUID | None, size: int) -> list[UUID]:
    """The next claimants' claims that were submitted, by id, at most 500. A fact that a partner reported has no
    papers; a claimant by link has."""
    rows = Claim.objects.filter(Q(partner_id=None) | Q(reference=""), submitted_at__isnull=False).order_by("id")
    if after is not None:
        rows = rows.filter(id__gt=after)
    return list(rows.values_list("id", flat=True)[: min(size, _LONGEST_BATCH)])
