"""The worker reads a medical paper. Outside of any transaction; repeated, it changes nothing."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.dates import business_date
from baohe.plumbing import clock
from baohe.plumbing.outbox import Event
from baohe.rooms.underwriting import ports, sealing
from baohe.rooms.underwriting.models import MedicalPaper
from baohe.rooms.underwriting.rules_reading import items_of


def paper_added(event: Event) -> None:
    """Handler of `underwriting.paper_added`."""
    read_paper(UUID(event.payload["paper_id"]))


def read_paper(paper_id: UUID) -> None:
    """Read one page into proposed values, unless that was done. A page that says nothing becomes "unreadable" and
    stays: the underwriter looks at the picture."""
    paper = MedicalPaper.objects.filter(id=paper_id, state="reading", removed_at=None).first()
    if paper is None:
        return
    found = items_of(ports.read_report(sealing.open_picture(paper), business_date(paper.added_at)))
    with transaction.atomic():
        row = MedicalPaper.objects.select_for_update().get(id=paper_id)
        if row.state != "reading":
            return  # another worker was quicker, and the person may already have confirmed what it read
        sealing.seal_reading(row, found)
        row.state = "read" if found else "unreadable"
        row.read_at = clock.now()
        row.save()
