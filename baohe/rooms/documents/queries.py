"""Reads of the documents room."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from baohe.kernel.errors import NotFound
from baohe.rooms.documents import registry, storage
from baohe.rooms.documents.contracts import DocumentView
from baohe.rooms.documents.errors import DocumentNotReady
from baohe.rooms.documents.models import Document
from baohe.rooms.documents.typesetting import print_template

_ENDORSEMENT = "endorsement-"


def document_of(policy_id: UUID) -> DocumentView | None:
    """The policy document; None before it was first asked for, `preparing` until its file lies on the disk."""
    row = Document.objects.filter(policy_id=policy_id, kind="policy").first()
    return None if row is None else view(row)


def endorsement_document_of(policy_id: UUID, number: int) -> DocumentView | None:
    """The document of the policy's endorsement `number`; None or `preparing` until it is printed."""
    row = Document.objects.filter(policy_id=policy_id, kind=endorsement_kind(number)).first()
    return None if row is None else view(row)


def papers_of(policy_id: UUID, kinds: Collection[str]) -> dict[str, DocumentView]:
    """Of these kinds of paper, those of the policy that were asked for already, ready or `preparing`."""
    rows = Document.objects.filter(policy_id=policy_id, kind__in=kinds)
    return {row.kind: view(row) for row in rows}


def endorsement_kind(number: int) -> str:
    return f"{_ENDORSEMENT}{number}"


def document(document_id: UUID) -> DocumentView | None:
    row = Document.objects.filter(id=document_id).first()
    return None if row is None else view(row)


def bytes_of(document_id: UUID) -> bytes:
    """The signed file. Raises `NotFound` and `DocumentNotReady`. The caller has checked who is asking."""
    row = Document.objects.filter(id=document_id).first()
    if row is None:
        raise NotFound(what="电子保单")
    if row.state != Document.State.READY:
        raise DocumentNotReady()
    return storage.load(row.id)


def waiting(before: datetime, most: int = 20) -> list[UUID]:
    """Policies whose paper was asked for before that moment and still waits, the oldest first."""
    rows = Document.objects.filter(state=Document.State.PREPARING, kind="policy", created_at__lt=before)
    return list(rows.order_by("created_at").values_list("policy_id", flat=True)[:most])


def waiting_endorsements(before: datetime, most: int = 20) -> list[tuple[UUID, int]]:
    """The same of endorsements: the policy and the number of the endorsement on it."""
    rows = Document.objects.filter(
        state=Document.State.PREPARING, kind__startswith=_ENDORSEMENT, created_at__lt=before
    ).order_by("created_at")
    return [(row.policy_id, int(row.kind.removeprefix(_ENDORSEMENT))) for row in rows[:most]]


def unprinted(before: datetime, after: UUID | None = None, most: int = 200) -> list[tuple[UUID, UUID, int | None]]:
    """(id, policy, number of the endorsement or None for the policy's own paper) of those papers that were asked for
    before that moment and still wait, by id after `after`."""
    rows = Document.objects.filter(state=Document.State.PREPARING, created_at__lt=before)
    rows = rows.filter(Q(kind="policy") | Q(kind__startswith=_ENDORSEMENT)).order_by("id")
    if after is not None:
        rows = rows.filter(id__gt=after)
    return [(row.id, row.policy_id, _number(row.kind)) for row in rows[:most]]


def _number(kind: str) -> int | None:
    return int(kind.removeprefix(_ENDORSEMENT)) if kind.startswith(_ENDORSEMENT) else None


def reprint(document_id: UUID) -> bytes:
    """The paper as it left the typesetter, printed again now from what was kept, under the template of then. The signed
    file begins with exactly these bytes: signing only appends. Raises `NotFound`, `TemplateUnknown`."""
    row = Document.objects.filter(id=document_id).first()
    if row is None:
        raise NotFound(what="电子保单")
    content = storage.load_source(row.id)
    at = datetime.fromisoformat(content.pop("printed-at"))
    return print_template(registry.of(row.template), content, at)


def detached_of(document_id: UUID) -> bytes | None:
    """The detached SM2 signature as a file of JSON; None where the insurer has no such profile."""
    text = Document.objects.filter(id=document_id).values_list("detached", flat=True).first()
    return text.encode() if text else None


def view(row: Document) -> DocumentView:
    return DocumentView(
        id=row.id,
        policy_id=row.policy_id,
        kind=row.kind,
        state=row.state,
        sha256=bytes(row.sha256).hex() if row.sha256 else None,
        size=row.size,
        token=row.token,
        verify_url=verify_url(row.token),
        issued_at=row.signed_at or row.created_at,
        template=row.template,
        profile=row.profile,
        stamped_at=row.stamped_at,
    )


def verify_url(token: str) -> str:
    return f"{settings.BAOHE_ORIGIN}/verify/{token}"
