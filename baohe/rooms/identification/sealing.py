"""Sealing of steps and copies. A picture is sealed like a field, in a file that the platform names."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from uuid import UUID

from baohe.plumbing import files, vault

_DETAIL, _PICTURE = "identification_step.detail", "identification_step.picture"


def detail(step_id: UUID, words: Mapping[str, str]) -> bytes:
    return vault.seal(_DETAIL, step_id, json.dumps(dict(words), ensure_ascii=False))


def open_detail(step_id: UUID, sealed: bytes) -> dict[str, str]:
    """Raises `SealedDataUnreadable`."""
    found: dict[str, str] = json.loads(vault.unseal(_DETAIL, step_id, sealed))
    return found


def keep_picture(step_id: UUID, side: str, jpeg: bytes) -> str:
    """The name under which the sealed picture lies."""
    name = f"identification/{step_id}.{side}"
    files.write(name, vault.seal(f"{_PICTURE}.{side}", step_id, base64.b64encode(jpeg).decode()))
    return name


def destroy_pictures(step_id: UUID) -> None:
    """Both sides, if there are any; a repeat changes nothing."""
    for side in ("front", "back"):
        files.remove(f"identification/{step_id}.{side}")


def picture(step_id: UUID, side: str) -> bytes:
    """Raises `NotFound`, `SealedDataUnreadable`."""
    sealed = files.read(f"identification/{step_id}.{side}")
    return base64.b64decode(vault.unseal(f"{_PICTURE}.{side}", step_id, sealed))
