"""Begin a draft: from an upload, from papers of a filing, or from a published version."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction

from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.studio.actions.recording import maker, tell
from baohe.rooms.studio.contracts import DraftView, NewDraft
from baohe.rooms.studio.errors import DraftMoved
from baohe.rooms.studio.models import Draft, DraftSave, DraftSource
from baohe.rooms.studio.queries import view_of
from baohe.rooms.studio.rules.naming import check_names


def start(staff_id: UUID, new: NewDraft) -> DraftView:
    """Store a draft whole or not at all. Raises `InvalidInput` for names that no package has, `DraftMoved` when the
    version is published or another draft of it is open."""
    staff = maker(staff_id)
    check_names(new.product_code, new.version)
    if not new.files:
        raise InvalidInput(field="files", reason_zh="没有产品包的文件", reason_en="holds no file of a package")
    _refuse_published(new)
    now = clock.now()
    try:
        with transaction.atomic():
            row = Draft.objects.create(
                id=clock.new_id(),
                product_code=new.product_code,
                version=new.version,
                files=dict(new.files),
                base_version_id=new.base_version_id,
                created_at=now,
                updated_at=now,
                maker_id=staff.id,
                maker_name=staff.name,
            )
            DraftSave.objects.create(
                draft=row, revision=1, saved_at=now, saver_id=staff.id, saver_name=staff.name, changed=dict(new.files)
            )
            sources = (new.sources or {}).items()
            DraftSource.objects.bulk_create(DraftSource(draft=row, name=n, content=c) for n, c in sources)
            tell(staff, "started", f"{row.product_code}@{row.version}", row.id, new.origin)
    except IntegrityError as twice:
        if "draft_once_a_version" not in str(twice):
            raise
        zh, en = "这个版本已经有一份草案", "there is a draft of this version already"
        raise DraftMoved(reason_zh=zh, reason_en=en) from None
    return view_of(row)


def _refuse_published(new: NewDraft) -> None:
    entries, _ = catalog.shelf(1, 1_000, new.product_code)
    if any(entry.version == new.version for entry in entries):
        zh, en = "这个版本已经发布，请换一个版本号", "this version is published; choose another"
        raise DraftMoved(reason_zh=zh, reason_en=en)
