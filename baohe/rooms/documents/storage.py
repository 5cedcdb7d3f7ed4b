"""Document bytes at rest: sealed, because a policy names people; durable before the row says they exist.

A document keeps what it was printed from as well, in the same file: so it can be printed again, byte by byte.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from baohe.kernel.errors import NotFound
from baohe.plumbing import files, vault

_COLUMN = "documents_document.content"


def store(document_id: UUID, content: bytes, printed_from: Mapping[str, Any] | None = None) -> None:
    """Write or replace the one file of a document. `printed_from` is the data of its template."""
    words = {"pdf": base64.b64encode(content).decode()}
    if printed_from is not None:
        packed = zlib.compress(json.dumps(printed_from, ensure_ascii=False).encode(), 6)
        words["from"] = base64.b64encode(packed).decode()
    files.write(_name(document_id), vault.seal(_COLUMN, document_id, json.dumps(words)))


def load(document_id: UUID) -> bytes:
    """Raises `NotFound` and `SealedDataUnreadable`."""
    return base64.b64decode(_words(document_id)["pdf"])


def load_source(document_id: UUID) -> dict[str, Any]:
    """The data a document was printed from. Raises `NotFound`, also where none was kept."""
    words = _words(document_id)
    if "from" not in words:
        raise NotFound(what="排版数据")
    found: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(words["from"])))
    return found


def _words(document_id: UUID) -> dict[str, str]:
    text = vault.unseal(_COLUMN, document_id, files.read(_name(document_id)))
    if not text.startswith("{"):  # files of before the source was kept hold the PDF alone
        return {"pdf": text}
    words: dict[str, str] = json.loads(text)
    return words


def _name(document_id: UUID) -> str:
    text = str(document_id)
    return f"documents/{text[-2:]}/{text}.sealed"
