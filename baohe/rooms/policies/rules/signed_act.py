"""What one signing was, in bytes: what the device signs, what the record says, and what fails when a byte changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from uuid import UUID

from baohe.kernel.decisions import Text
from baohe.rooms.policies.contracts import Finding

Strokes = Sequence[Sequence[Mapping[str, int]]]

PROFILE = "baohe signature v1"


PARTS = {
    "document": Text("签署的文件", "the document that was signed"),
    "strokes": Text("手写笔迹", "the drawing"),
    "consent": Text("同意的文字", "the words agreed to"),
    "device": Text("设备密钥的签名", "the signature of the device's key"),
    "record": Text("签名记录与存证日志", "the record, beside the evidence log"),
}


def strokes_digest(strokes: Strokes) -> str:
    """SHA-256 of the drawing as text: a stroke a line, its points `x,y,t` with blanks between."""
    lines = (" ".join(f"{point['x']},{point['y']},{point['t']}" for point in stroke) for stroke in strokes)
    return sha256("\n".join(lines).encode()).hexdigest()


def consent_digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def device_message(document_sha256: str, strokes: Strokes, consent_sha256: str, code_id: UUID | None) -> bytes:
    """What the key of the customer's own device signs. The code's request makes every signing its own."""
    return message(document_sha256, strokes_digest(strokes), consent_sha256, str(code_id))


def message(document_sha256: str, strokes_sha256: str, consent_sha256: str, code_id: str) -> bytes:
    lines = (
        PROFILE,
        f"document {document_sha256}",
        f"strokes {strokes_sha256}",
        f"consent {consent_sha256}",
        f"code {code_id}",
    )
    return "".join(f"{line}\n" for line in lines).encode()


def findings(parts: Mapping[str, bool]) -> tuple[Finding, ...]:
    """A sentence a part, in the order of `PARTS`."""
    return tuple(
        Finding(part, parts[part], Text(f"{name.zh}：{_HOLDS[parts[part]].zh}", f"{name.en}: {_HOLDS[parts[part]].en}"))
        for part, name in PARTS.items()
        if part in parts
    )


_HOLDS = {
    True: Text("与签署时一致", "as it was signed"),
    False: Text("与签署时不一致", "not as it was signed"),
}
