"""The claimant confirms or corrects what was read. Every change is kept."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.claims import locks, sealing
from baohe.rooms.claims.actions.states import refuse_unless_draft
from baohe.rooms.claims.contracts import PaperView
from baohe.rooms.claims.errors import ClaimNotOpen
from baohe.rooms.claims.models import Correction
from baohe.rooms.claims.rules.reading import correct
from baohe.rooms.claims.shapes.claim import paper_view


def correct_fields(account_id: UUID, claim_id: UUID, paper_id: UUID, values: Mapping[str, str]) -> PaperView:
    """Set fields by code. A value equal to the reading confirms it.

    Raises `InvalidInput` naming the field (then nothing is changed), `ClaimNotOpen`, `NotFound`.
    """
    with transaction.atomic():
        row = locks.own_claim(account_id, claim_id)
        refuse_unless_draft(row)
        paper = row.papers.select_for_update().filter(id=paper_id, removed_at=None).first()
        if paper is None:
            raise NotFound(what="这张照片")
        if paper.state == "reading":
            raise ClaimNotOpen(reason_zh="这张票据还在识别", reason_en="this paper is still being read")
        before = sealing.fields(paper)
        after = correct(before, values)
        for old, new in zip(before, after, strict=True):
            if old.value != new.value:
                change_id = clock.new_id()
                Correction.objects.create(
                    paper=paper,
                    shard_key=paper.shard_key,
                    field=new.code,
                    change_id=change_id,
                    values_sealed=sealing.seal_change(change_id, old.value, new.value),
                    at=clock.now(),
                )
        sealing.seal_fields(paper, after)
        paper.save()
    return paper_view(paper)
