"""Document bytes at rest: sealed, because a policy names people; durable before the row says they exist."""

from __future__ import annotations

import base64
from uuid import UUID

from baohe.plumbing import files, vault

_COLUMN = "documents_document.content"


def store(document_id: UUID, content: bytes) -> None:
    """Write or replace the one file of a document."""
    files.write(_name(document_id), vault.seal(_COLUMN, document_id, base64.b64encode(content).decode()))


def load(document_id: UUID) -> bytes:
    """Raises `NotFound` and `SealedDataUnreadable`."""
    return base64.b64decode(vault.unseal(_COLUMN, document_id, files.read(_name(document_id))))


def _name(document_id: UUID) -> str:
    text = str(document_id)
    return f"documents/{text[-2:]}/{text}.sealed"
