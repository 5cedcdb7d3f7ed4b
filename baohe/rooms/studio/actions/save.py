"""Change the files of an open draft."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from baohe.plumbing import clock
from baohe.rooms.studio.actions.recording import locked, maker, tell
from baohe.rooms.studio.contracts import OPEN, DraftView
from baohe.rooms.studio.errors import DraftMoved
from baohe.rooms.studio.models import DraftSave
from baohe.rooms.studio.queries import view_of
from baohe.rooms.studio.rules.naming import check_file

MOST_SAVES = 200


def save(staff_id: UUID, draft_id: UUID, revision: int, changed: Mapping[str, str | None]) -> DraftView:
    """Store `changed` (file → text, None = remove) over revision `revision`; the same text again is no save.

    Raises `DraftMoved` when somebody saved in between, when the draft is not open, or after `MOST_SAVES` saves.
    """
    staff = maker(staff_id)
    for name, text in changed.items():
        check_file(name, text or "")
    with transaction.atomic():
        row = locked(draft_id, *OPEN)
        if row.revision != revision:
            zh, en = "别人刚存过，先看看改了什么", "somebody saved in between; look at what changed first"
            raise DraftMoved(reason_zh=zh, reason_en=en)
        real = {name: text for name, text in changed.items() if row.files.get(name) != text}
        if not real:
            return view_of(row)
        if row.revision >= MOST_SAVES:
            zh, en = f"一份草案最多存 {MOST_SAVES} 次，请另起一份", "this draft was saved too often; start another"
            raise DraftMoved(reason_zh=zh, reason_en=en)
        now = clock.now()
        row.files = {name: text for name, text in {**row.files, **real}.items() if text is not None}
        row.revision, row.updated_at = row.revision + 1, now
        row.save(update_fields=["files", "revision", "updated_at"])
        DraftSave.objects.create(
            draft=row,
            revision=row.revision,
            saved_at=now,
            saver_id=staff.id,
            saver_name=staff.name,
            changed=real,
        )
        tell(staff, "saved", f"{row.product_code}@{row.version}", row.id, "、".join(real))
        return view_of(row)
