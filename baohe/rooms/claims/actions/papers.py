"""Pictures in, pictures out of a draft."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock, outbox, uploads
from baohe.plumbing.picture_grain import Place
from baohe.rooms.claims import locks, sealing
from baohe.rooms.claims.actions import arrive
from baohe.rooms.claims.actions.arrive import Seen
from baohe.rooms.claims.actions.states import refuse_unless_draft
from baohe.rooms.claims.contracts import PaperView
from baohe.rooms.claims.errors import TooManyPapers
from baohe.rooms.claims.models import Claim, ClaimPaper
from baohe.rooms.claims.rules.odd_places import ODD
from baohe.rooms.claims.rules.papers import COUNTED_KINDS, KINDS, MOST_PAPERS, READ_KINDS
from baohe.rooms.claims.shapes.claim import paper_view

PAPER_ADDED = "claims.paper_added"


def add_paper(account_id: UUID, claim_id: UUID, kind: str, content: bytes, *, anyway: bool = False) -> PaperView:
    """Make the file safe, look at it, seal and store it, and have it read by the worker. Each page of a PDF is a paper;
    the first one is answered. The same picture twice is one paper.

    A picture that may not be readable is told back at once (`PictureDoubted`); with `anyway` it is kept, and a person
    looks at the claim. Raises `InvalidInput` for an unknown kind, what `uploads.safe_pages` raises, `PictureDoubted`,
    `ClaimNotOpen`, `TooManyPapers`, `NotFound`; then nothing was kept.
    """
    if kind not in KINDS:
        raise InvalidInput(field="kind", reason_zh="材料种类不对", reason_en=f"is one of {', '.join(KINDS)}")
    claim = Claim.objects.filter(id=claim_id, account_id=account_id).first()
    if claim is None:
        raise NotFound(what="这件理赔")  # before a megabyte of a stranger is decoded
    refuse_unless_draft(claim)
    seen = arrive.looked_at(claim, uploads.safe_pages(content), anyway=anyway)
    odd = uploads.odd_places(content) if kind in COUNTED_KINDS else ()
    drafts = [_stored(claim, kind, one, odd) for one in seen]  # a file without a row harms nobody
    with transaction.atomic():
        row = locks.own_claim(account_id, claim_id)
        refuse_unless_draft(row)
        there = {paper.sha256: paper for paper in row.papers.filter(removed_at=None)}
        fresh = {paper.sha256: paper for paper in drafts if paper.sha256 not in there}
        if len(there) + len(fresh) > MOST_PAPERS:
            raise TooManyPapers(limit=MOST_PAPERS)
        for paper in fresh.values():
            paper.save(force_insert=True)
            if paper.state == "reading":
                outbox.publish(PAPER_ADDED, paper.id, row.shard_key, {"paper_id": str(paper.id)})
        if fresh and kind in row.asked_kinds:
            row.asked_kinds = [asked for asked in row.asked_kinds if asked != kind]
            row.save(update_fields=["asked_kinds"])
    return paper_view((there | fresh)[drafts[0].sha256])


def _stored(claim: Claim, kind: str, seen: Seen, odd: tuple[Place, ...]) -> ClaimPaper:
    """The row to be, its picture sealed on disk. `odd` are of a photograph, which is one page."""
    paper_id, moment = clock.new_id(), clock.now()
    return ClaimPaper(
        id=paper_id,
        claim=claim,
        shard_key=claim.shard_key,
        kind=kind,
        state="reading" if kind in READ_KINDS else "read",
        file_name=sealing.store_picture(paper_id, moment, seen.picture.jpeg),
        sha256=seen.sha256,
        added_at=moment,
        doubts=[*seen.doubts, ODD] if odd else list(seen.doubts),
        traces_sealed=sealing.seal_traces(paper_id, seen.picture.traces, odd),
        look=seen.look,
    )


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
