"""Parts of a recording hang together: each carries the digest of the one before."""

from __future__ import annotations

import hashlib

START = "0" * 64
"""What the first part carries."""


def link(previous: str, content: bytes) -> str:
    """The digest of a part: SHA-256 (hex) over the 32 bytes of `previous` and the SHA-256 of its plain content, so a
    phone and a server may pack the same part differently."""
    return hashlib.sha256(bytes.fromhex(previous) + hashlib.sha256(content).digest()).hexdigest()
