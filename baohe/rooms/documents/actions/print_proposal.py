"""The paper before the policy: printed the same for ever, and kept as it was shown."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from baohe.kernel.canonical import digest
from baohe.kernel.dates import business_date
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.documents import registry, storage
from baohe.rooms.documents.contracts import ProposalDocument, ProposalPaper, ShownView
from baohe.rooms.documents.models import ShownPaper
from baohe.rooms.documents.registry import Template
from baohe.rooms.documents.rules import proposal_content
from baohe.rooms.documents.typesetting import print_template

CODE = "proposal"


def print_proposal(data: ProposalDocument, template: Template | None = None) -> ProposalPaper:
    """Print the proposal. Its content digest stands on every page; the same content under the same template is the
    same file, to the last byte."""
    template = template or registry.in_force(CODE, business_date(clock.now()))
    content_digest = digest(data.canonical())
    midnight = datetime(data.start.year, data.start.month, data.start.day, tzinfo=UTC)
    printed = print_template(template, proposal_content(data, content_digest), midnight)
    return ProposalPaper(printed, content_digest)


def show_proposal(data: ProposalDocument, shard_key: int) -> ShownView:
    """Print it and keep the file that the customer is shown: a signature names its SHA-256 (DATA-6).

    Shown again unchanged it is the first file again. Raises what a template raises that is broken: before anything is
    signed or paid.
    """
    template = registry.in_force(CODE, business_date(clock.now()))
    kept = ShownPaper.objects.filter(
        proposal_id=data.proposal_id, content_digest=digest(data.canonical()), template=template.key
    ).first()
    if kept is not None:
        return _view(kept)
    paper = print_proposal(data, template)
    row = ShownPaper(
        id=clock.new_id(),
        shard_key=shard_key,
        proposal_id=data.proposal_id,
        content_digest=paper.digest,
        template=template.key,
        sha256=sha256(paper.content).digest(),
        size=len(paper.content),
        shown_at=clock.now(),
    )
    with transaction.atomic():
        storage.store(row.id, paper.content)
        ShownPaper.objects.bulk_create([row], ignore_conflicts=True)
    return _view(ShownPaper.objects.get(proposal_id=data.proposal_id, sha256=row.sha256))


def shown(proposal_id: UUID, file_sha256: str) -> ShownView | None:
    """A paper of this proposal that was shown; None for any other file."""
    row = _row(proposal_id, file_sha256)
    return None if row is None else _view(row)


def shown_bytes(proposal_id: UUID, file_sha256: str) -> bytes:
    """The file that was shown. The caller has checked who is asking. Raises `NotFound`, `SealedDataUnreadable`."""
    row = _row(proposal_id, file_sha256)
    if row is None:
        raise NotFound(what="投保单文件")
    return storage.load(row.id)


def _row(proposal_id: UUID, file_sha256: str) -> ShownPaper | None:
    try:
        wanted = bytes.fromhex(file_sha256)
    except ValueError:
        return None
    return ShownPaper.objects.filter(proposal_id=proposal_id, sha256=wanted).first()


def _view(row: ShownPaper) -> ShownView:
    return ShownView(
        proposal_id=row.proposal_id,
        sha256=bytes(row.sha256).hex(),
        content_digest=row.content_digest,
        template=row.template,
        size=row.size,
        shown_at=row.shown_at,
    )
