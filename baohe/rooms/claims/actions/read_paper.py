"""The worker reads a paper. Outside of any transaction; repeated, it changes nothing."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.dates import business_date
from baohe.plumbing import clock
from baohe.plumbing.outbox import Event
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ClaimEvent
from baohe.rooms.claims import ports, sealing
from baohe.rooms.claims.models import Claim, ClaimPaper
from baohe.rooms.claims.rules.items import item_fields
from baohe.rooms.claims.rules.reading import blank_fields, fields_of


def paper_added(event: Event) -> None:
    """Handler of `claims.paper_added`."""
    read_paper(UUID(event.payload["paper_id"]))


def read_paper(paper_id: UUID) -> None:
    """Read the picture and store what it says, unless that was done or the paper is gone.

    A paper that cannot be read, or is another one than was asked for, becomes "unreadable" with blank fields to type;
    it is never dropped, and what the other one seems to be is kept with it.
    """
    paper = ClaimPaper.objects.select_related("claim").filter(id=paper_id, state="reading", removed_at=None).first()
    if paper is None:
        return
    reading = ports.read_paper(sealing.open_picture(paper), business_date(paper.added_at), paper.kind)
    usable = reading.legible and not reading.problem
    if usable:
        fields = fields_of(reading, sealing.insured_name(paper.claim), paper.claim.happened_on, paper.kind)
    else:
        fields = blank_fields(paper.kind)
    if paper.kind == "invoice":
        fields += item_fields(_event(paper.claim), reading.lines if reading.legible else ())
    with transaction.atomic():
        row = ClaimPaper.objects.select_for_update().get(id=paper_id)
        if row.state != "reading":
            return  # another worker was quicker, and the claimant may already have corrected what it read
        sealing.seal_fields(row, fields)
        row.state = "read" if usable else "unreadable"
        row.seen_kind = reading.kind if reading.problem == "wrong_kind" else ""
        row.read_at = clock.now()
        row.save()


def _event(claim: Claim) -> ClaimEvent | None:
    return catalog.version(claim.version_id).claim_rules.event(claim.event)
