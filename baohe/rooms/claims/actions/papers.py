"""Pictures in, pictures out of a draft."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock, outbox, pictures
from baohe.rooms.claims import locks, sealing
from baohe.rooms.claims.actions.states import refuse_unless_draft
from baohe.rooms.claims.contracts import PaperView
from baohe.rooms.claims.errors import TooManyPapers
from baohe.rooms.claims.models import Claim, ClaimPaper
from baohe.rooms.claims.rules.papers import KINDS, MOST_PAPERS, READ_KINDS
from baohe.rooms.claims.shapes import paper_view

PAPER_ADDED = "claims.paper_added"


def add_paper(account_id: UUID, claim_id: UUID, kind: str, content: bytes) -> PaperView:
    """Make the picture safe, seal and store it, and have it read by the worker. The same picture twice is one paper.

    Raises `InvalidInput` for an unknown kind, what `pictures.make_safe` raises, `ClaimNotOpen`, `TooManyPapers`,
    `NotFound`.
    """
    if kind not in KINDS:
        raise InvalidInput(field="kind", reason_zh="材料种类不对", reason_en=f"is one of {', '.join(KINDS)}")
    if not Claim.objects.filter(id=claim_id, account_id=account_id).exists():
        raise NotFound(what="这件理赔")  # before a megabyte of a stranger is decoded
    picture = pictures.make_safe(content)
    sha256 = hashlib.sha256(picture.jpeg).hexdigest()
    paper_id, moment = clock.new_id(), clock.now()
    file_name = sealing.store_picture(paper_id, moment, picture.jpeg)  # a file without a row harms nobody
    with transaction.atomic():
        row = locks.own_claim(account_id, claim_id)
        refuse_unless_draft(row)
        earlier = row.papers.filter(sha256=sha256, removed_at=None).first()
        if earlier is not None:
            return paper_view(earlier)
        if row.papers.filter(removed_at=None).count() >= MOST_PAPERS:
            raise TooManyPapers(limit=MOST_PAPERS)
        reads = kind in READ_KINDS
        paper = ClaimPaper.objects.create(
            id=paper_id,
            claim=row,
            shard_key=row.shard_key,
            kind=kind,
            state="reading" if reads else "read",
            file_name=file_name,
            sha256=sha256,
            added_at=moment,
        )
        if kind in row.asked_kinds:
            row.asked_kinds = [asked for asked in row.asked_kinds if asked != kind]
            row.save(update_fields=["asked_kinds"])
        if reads:
            outbox.publish(PAPER_ADDED, paper.id, row.shard_key, {"paper_id": str(paper.id)})
    return paper_view(paper)


def remove_paper(account_id: UUID, claim_id: UUID, paper_id: UUID) -> None:
    """Take a picture out of a draft; its row stays as history. Removing it twice is once."""
    with transaction.atomic():
        row = locks.own_claim(account_id, claim_id)
        refuse_unless_draft(row)
        paper = row.papers.filter(id=paper_id).first()
        if paper is None:
            raise NotFound(what="这张照片")
        if paper.removed_at is None:
            paper.removed_at = clock.now()
            paper.save(update_fields=["removed_at"])
