"""A film as the player reads it: from the desk, or inside the one file that is taken away."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from baohe.flows.film import SaleFile
from baohe.kernel.canonical import canonical_bytes
from baohe.rooms.evidence.contracts import ProofView
from baohe.rooms.recordings import facade as recordings
from baohe.rooms.recordings.contracts import Finding, Reel

_EMPTY = hashlib.sha256(b"").digest()


def for_desk(file: SaleFile) -> dict[str, Any]:
    """Neutral events, and stylesheets by address."""
    return {
        **_told(file),
        "reels": [{**_reel(reel), "events": list(reel.events)} for reel in file.reels],
        "styleBase": "/desk/records/styles/",
    }


def as_file(file: SaleFile, parts: Mapping[UUID, tuple[bytes, ...]], player: Path) -> str:
    """One HTML document: player, stylesheets, the parts exactly as they were sent, and the proof that they are what
    was sealed. Its own policy lets nothing run but the player, and lets nothing reach any network."""
    script = player.read_text()
    style = player.with_suffix(".css").read_text()
    film = {
        **_told(file),
        "reels": [
            {**_reel(reel), "parts": [_base64(part) for part in parts.get(reel.recording.id, ())]}
            for reel in file.reels
        ],
        "sheets": _sheets(file),
    }
    # the only character that could end the element
    data = json.dumps(film, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    facts = {
        "title": file.policy.number,
        "policy": _policy(script, style),
        "script": mark_safe(script),  # noqa: S308 - our own build, named by its digest in the policy above
        "style": mark_safe(style),  # noqa: S308 - the same
        "data": mark_safe(data),  # noqa: S308 - JSON without a character that could end its element
    }
    return render_to_string("desk/film_file.html", facts)


def _policy(script: str, style: str) -> str:
    allowed = f"script-src {_named(script)}; style-src {_named(style)} 'sha256-{_base64(_EMPTY)}' blob:"
    return f"default-src 'none'; {allowed}; img-src data:; base-uri 'none'; form-action 'none'"


def _named(content: str) -> str:
    return f"'sha256-{_base64(hashlib.sha256(content.encode()).digest())}'"


def _told(file: SaleFile) -> dict[str, Any]:
    policy = file.policy
    kilobytes = sum(reel.recording.size for reel in file.reels) / 1024
    until = max((r.recording.keep_until for r in file.reels if r.recording.keep_until), default=None)
    return {
        "title": f"{file.product_name.zh} · {policy.insured_name}",
        "facts": [
            f"保单 {policy.number}，产品版本 {policy.version_id}",
            f"{len(file.reels)} 次办理，{kilobytes:.1f} KB，保存到 {until or '—'}",
        ],
        "kinds": [
            {"kind": kind, "name": name.zh, "recorded": kind in file.recorded}
            for kind, name in recordings.KINDS.items()
        ],
        "timeline": [{"at": _ms(one.at), "what": one.what.zh} for one in file.timeline],
        "findings": [_sentence(finding) for finding in file.findings],
        "removed": sum(reel.removed for reel in file.reels),
        "proof": None if file.proof is None else _proof(file.proof),
    }


def _reel(reel: Reel) -> dict[str, Any]:
    return {
        "id": str(reel.recording.id),
        "head": reel.recording.head,
        "state": reel.recording.state,
        "styles": dict(reel.styles),
        "pages": [
            {
                "at": page.at,
                "kind": page.kind,
                "name": recordings.KINDS[page.kind].zh,
                "page": page.page,
                "version": page.version,
                "shown": dict(page.shown),
            }
            for page in reel.pages
        ],
    }


def _sheets(file: SaleFile) -> dict[str, str]:
    """Only the stylesheets that a recording names."""
    named = json.dumps([reel.events for reel in file.reels])
    wanted = {digest for reel in file.reels for name, digest in reel.styles.items() if name in named}
    return {digest: recordings.style(digest).decode() for digest in sorted(wanted)}


def _proof(held: ProofView) -> dict[str, Any] | None:
    if held.opening is None:
        return None
    opening = {"facts": dict(held.opening.facts), "salt": held.opening.salt.hex(), "subject": held.opening.subject}
    return {
        "opening": canonical_bytes(opening).decode(),
        "leaf": held.leaf_data.decode(),
        "index": held.leaf_index,
        "size": held.tree_size,
        "path": [node.hex() for node in held.proof],
        "root": held.root_hash.hex(),
        "checkpoint": held.checkpoint.note,
    }


def _sentence(finding: Finding) -> str:
    place = "" if finding.part is None else f"第 {finding.part + 1} 段"
    return f"记录 {str(finding.recording_id)[-8:]} {place}{finding.zh}"


def _ms(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()
