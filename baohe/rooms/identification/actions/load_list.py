"""Take a screening list from a file: whole, or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
from datetime import date
from uuid import UUID

from django.db import transaction

from baohe.kernel.canonical import digest
from baohe.plumbing import clock
from baohe.rooms.identification.contracts import ListView
from baohe.rooms.identification.errors import ListNotUsable
from baohe.rooms.identification.models import EntrySound, ListEntry, ScreeningList
from baohe.rooms.identification.rules import names

COLUMNS = ("reference", "name", "birth", "note")
MOST_ENTRIES = 200_000


def load_list(version: str, dated: date, source: str, content: bytes) -> ListView:
    """A CSV in UTF-8 with the columns reference, name, birth (ISO or empty) and note; a person known by several names
    has several lines of one reference. From now on it is the list in use.

    Raises `ListNotUsable` naming the line, also for a version that came before with other content.
    """
    if not version.strip() or len(version) > 40:
        raise ListNotUsable(reason_zh="没有版本号", reason_en="it has no version")
    rows = _rows(content)
    whole = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        earlier = ScreeningList.objects.filter(version=version).first()
        if earlier is not None and earlier.digest != whole:
            raise ListNotUsable(
                reason_zh=f"版本 {version} 已载入过别的内容", reason_en=f"version {version} came before"
            )
        if earlier is not None:
            return view(earlier)
        made = ScreeningList.objects.create(
            id=clock.new_id(), version=version, dated=dated, source=source[:120], digest=whole, loaded_at=clock.now()
        )
        entries = [_entry(made.id, row) for row in rows]
        ListEntry.objects.bulk_create(entries, batch_size=2_000)
        EntrySound.objects.bulk_create(
            [
                EntrySound(entry=entry, list_id=made.id, sound=sound[:160])
                for entry in entries
                for sound in sorted(names.sounds(entry.name))
            ],
            batch_size=2_000,
        )
        return view(made)


def view(row: ScreeningList) -> ListView:
    return ListView(row.version, row.dated, row.source, row.entries.count(), row.loaded_at, row.screened_at is not None)


def _rows(content: bytes) -> list[dict[str, str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise ListNotUsable(reason_zh="不是 UTF-8 文本", reason_en="it is not UTF-8 text") from wrong
    reader = csv.DictReader(io.StringIO(text))
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise ListNotUsable(
            reason_zh=f"列应为 {','.join(COLUMNS)}", reason_en=f"the columns must be {','.join(COLUMNS)}"
        )
    rows, seen = [], set()
    try:
        for number, row in enumerate(reader, start=2):
            clean = {column: (row[column] or "").strip() for column in COLUMNS}
            if not clean["reference"] or not names.key(clean["name"]) or len(clean["name"]) > 80 or None in row:
                raise _line(number)
            if clean["birth"]:
                date.fromisoformat(clean["birth"])
            if (clean["reference"], clean["name"]) in seen or len(rows) >= MOST_ENTRIES:
                raise _line(number)
            seen.add((clean["reference"], clean["name"]))
            rows.append(clean)
    except (ValueError, csv.Error) as wrong:
        raise _line(len(rows) + 2) from wrong
    if not rows:
        raise ListNotUsable(reason_zh="名单是空的", reason_en="it is empty")
    return rows


def _line(number: int) -> ListNotUsable:
    return ListNotUsable(reason_zh=f"第 {number} 行不能用", reason_en=f"line {number} cannot be used")


def _entry(list_id: UUID, row: dict[str, str]) -> ListEntry:
    return ListEntry(
        id=clock.new_id(),
        list_id=list_id,
        reference=row["reference"][:40],
        name=row["name"],
        birth=date.fromisoformat(row["birth"]) if row["birth"] else None,
        note=row["note"][:200],
        name_key=names.key(row["name"]),
        digest=digest([row["reference"], row["name"], row["birth"]]),
    )
