"""Where the tree lies: tiles in the database, the last signed checkpoint in a file outside of it.

Trust: the database may be restored from a backup or lose what was not flushed; the file is what the world has seen.
The file wins: nothing is signed that does not continue it.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlparse
from uuid import UUID

from django.conf import settings

from baohe.adapters.signing.notes import NoteRefused, NoteSigner, log_signer, open_checkpoint
from baohe.kernel.errors import NotFound
from baohe.kernel.merkle import HASH_BYTES
from baohe.kernel.tlog import TILE_WIDTH
from baohe.plumbing import clock, files
from baohe.rooms.evidence.errors import LogRefusesToSign
from baohe.rooms.evidence.models import EvidenceLog, EvidenceTile


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The last checkpoint the log signed, as the file holds it."""

    size: int
    root_hash: bytes
    note: str
    signed_at: datetime


def this_log() -> EvidenceLog:
    """The identity of this database's log, made at first use."""
    found = EvidenceLog.objects.first()
    if found is None:
        log_id = clock.new_id()
        origin = f"{urlparse(settings.BAOHE_ORIGIN).netloc}/log/{log_id.hex[-12:]}"
        EvidenceLog.objects.bulk_create(
            [EvidenceLog(only=True, id=log_id, origin=origin, created_at=clock.now())], ignore_conflicts=True
        )
        found = EvidenceLog.objects.get()
    return found


def signer(log: EvidenceLog) -> NoteSigner:
    return log_signer(log.origin)


def read_head(log: EvidenceLog) -> SignedHead | None:
    """The last signed checkpoint; None before the first. Raises `LogRefusesToSign` if the file is not ours."""
    try:
        content = json.loads(files.read(_name(log.id)))
        note = content["note"]
        head = open_checkpoint(note, signer(log).verifier)
        return SignedHead(head.size, head.root_hash, note, datetime.fromisoformat(content["signed_at"]))
    except NotFound:
        return None
    except (ValueError, KeyError, TypeError, NoteRefused) as wrong:
        raise LogRefusesToSign(
            reason_zh="检查点文件损坏或不是本日志签署的",
            reason_en="the checkpoint file is damaged or was not signed by this log",
        ) from wrong


def replace_head(log: EvidenceLog, expected: SignedHead | None, new: SignedHead) -> None:
    """Compare and swap, durably. Raises `LogRefusesToSign` when another signer came between."""
    with _file_lock(log.id):
        if read_head(log) != expected:
            raise LogRefusesToSign(
                reason_zh="检查点文件已被另一个进程更新", reason_en="another process has moved the checkpoint file on"
            )
        content = {"note": new.note, "signed_at": new.signed_at.isoformat()}
        files.write(_name(log.id), json.dumps(content, ensure_ascii=False).encode())


def tree_size() -> int:
    """Leaves that have a place in the tables."""
    last = EvidenceTile.objects.filter(level=0).order_by("-number").first()
    return 0 if last is None else last.number * TILE_WIDTH + len(last.hashes) // HASH_BYTES


class Tiles:
    """Tiles read once per proof."""

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int], bytes] = {}
        self.reads = 0

    def __call__(self, level: int, number: int) -> bytes:
        place = (level, number)
        if place not in self._seen:
            self.reads += 1
            row = EvidenceTile.objects.filter(level=level, number=number).values_list("hashes", flat=True).first()
            self._seen[place] = bytes(row or b"")
        return self._seen[place]


def _name(log_id: UUID) -> str:
    return f"log/{log_id}/checkpoint.json"


@contextlib.contextmanager
def _file_lock(log_id: UUID) -> Iterator[None]:
    """One writer of the file at a time, released by the kernel when the process dies."""
    path = Path(settings.BAOHE_DATA) / "files" / "log" / str(log_id) / "lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield
