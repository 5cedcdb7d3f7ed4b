"""Reads of the documents room."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from baohe.kernel.errors import NotFound
from baohe.rooms.documents import storage
from baohe.rooms.documents.contracts import DocumentView
from baohe.rooms.documents.errors import DocumentNotReady
from baohe.rooms.documents.models import Document


def document_of(policy_id: UUID) -> DocumentView | None:
    """The policy document; None before it was first asked for, `preparing` until its file lies on the disk."""
    row = Document.objects.filter(policy_id=policy_id, kind="policy").first()
    return None if row is None else view(row)


def endorsement_document_of(policy_id: UUID, number: int) -> DocumentView | None:
    """The document of the policy's endorsement `number`; None or `preparing` until it is printed."""
    row = Document.objects.filter(policy_id=policy_id, kind=endorsement_kind(number)).first()
    return None if row is None else view(row)


def endorsement_kind(number: int) -> str:
    return f"endorsement-{number}"


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
    )


def verify_url(token: str) -> str:
    return f"{settings.BAOHE_ORIGIN}/verify/{token}"
