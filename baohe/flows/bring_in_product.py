"""Papers become a draft: a package as it is, a filing by reading its tables, a version by copying it.

What this flow will not do: guess. A table that cannot be read whole is shown with its doubtful cells left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from uuid import UUID

from baohe.rooms.catalog import facade as catalog
from baohe.rooms.filings import facade as filings
from baohe.rooms.studio import facade as studio
from baohe.rooms.studio.contracts import DraftView, NewDraft

_SAID_BETTER_THERE = (".xls", ".et", ".xlsm", ".xltm", ".xlsb", ".ods")
"""Spreadsheets that the filings room refuses with its own reason."""


def upload(staff_id: UUID, uploads: Mapping[str, bytes], code: str, version: str) -> DraftView:
    """A new draft. `code` and `version` win over the names of the upload's folders.

    Raises `UploadRefused`, `FilingUnreadable`, `NotPublishable` (a file that is no text), `InvalidInput`,
    `DraftMoved`. Nothing is stored unless all of it is.
    """
    files = studio.unpack(uploads)
    if studio.is_package(files):
        packed = studio.package_in(files)
        code, version = code or packed.code, version or packed.version
        base = catalog.version_before(code, version) or ""
        return studio.start(staff_id, NewDraft(code, version, packed.files, base, origin="上传产品包"))
    papers = {PurePosixPath(name).name: content for name, content in files.items()}
    for name in papers:
        if not name.lower().endswith((*studio.PAPERS, *_SAID_BETTER_THERE)):
            zh = f"不认识这种文件，可用 {'、'.join(studio.PAPERS)}，或含 product.yaml 的 zip"
            en = f"is of an unknown kind; use {', '.join(studio.PAPERS)}, or a zip with product.yaml"
            raise studio.UploadRefused(place=name, reason_zh=zh, reason_en=en)
    book = filings.read(papers)
    made = filings.package_of(book, with_gaps=True)
    texts = {name: content.decode() for name, content in made.files.items()}
    kept = {
        name: text for name, text in texts.items() if name in catalog.PACKAGE_FILES or catalog.RATE_FILE.match(name)
    }
    base = catalog.version_before(code, version) or ""
    return studio.start(staff_id, NewDraft(code, version, kept, base, sources=papers, origin="读入备案材料"))


def replace(staff_id: UUID, draft_id: UUID, uploads: Mapping[str, bytes]) -> DraftView:
    """The files of an upload over those of an open draft, over its latest revision."""
    files = studio.unpack(uploads)
    draft = studio.draft(draft_id)
    if studio.is_package(files):
        return studio.save(staff_id, draft_id, draft.revision, studio.package_in(files).files)
    changed: dict[str, str | None] = {}
    for name, content in files.items():
        inner = _inner(name)
        if len(content) > catalog.LARGEST_FILE:
            raise studio.UploadRefused(place=inner, reason_zh="超过 4 MB", reason_en="is larger than 4 MB")
        changed[inner] = catalog.decode(content, inner, draft.version_id)
    return studio.save(staff_id, draft_id, draft.revision, changed)


def draft_from(staff_id: UUID, version_id: str, version: str) -> DraftView:
    """A draft that begins as a copy of a published version."""
    raw = catalog.raw_package(version_id)
    return studio.start(
        staff_id,
        NewDraft(str(raw["code"]), version, catalog.files_of(raw), version_id, origin=f"从 {version_id} 另起"),
    )


def _inner(name: str) -> str:
    """A single CSV belongs among the rates."""
    plain = PurePosixPath(name).name
    return f"rates/{plain}" if plain.endswith(".csv") else plain
