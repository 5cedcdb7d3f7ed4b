"""Texts of a transparency log (C2SP): the offline proof and the paths of tiles. Pure.

The extra line of our proofs holds the leaf and, for who may have it, the opening (salt, subject, facts) as canonical
JSON. It is not authenticated by itself: the leaf is by the tree, the opening by the commitment in the leaf.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any

from baohe.kernel.canonical import canonical_bytes

TILE_WIDTH = 256

_HEAD = "c2sp.org/tlog-proof@v1"


class ProofTextRefused(ValueError):
    """Not a proof in this format, or one whose facts are not those of its leaf."""


@dataclass(frozen=True, slots=True)
class ProofText:
    """A `.tlog-proof`. `checkpoint` is the whole signed note, `opening` canonical JSON or None."""

    leaf_data: bytes
    opening: bytes | None
    leaf_index: int
    proof: tuple[bytes, ...]
    checkpoint: str

    def facts(self) -> dict[str, Any] | None:
        """The facts the leaf commits to; None without an opening. Raises `ProofTextRefused` when they do not fit."""
        if self.opening is None:
            return None
        try:
            commitment = json.loads(self.leaf_data)["commitment"]
            facts = dict(json.loads(self.opening)["facts"])
        except (ValueError, KeyError, TypeError) as wrong:
            raise ProofTextRefused("the leaf or its facts cannot be read") from wrong
        if commitment != hashlib.sha256(self.opening).hexdigest():
            raise ProofTextRefused("the facts do not belong to this leaf")
        return facts


def write_proof(proof: ProofText) -> str:
    extra = {"leaf": proof.leaf_data.decode()}
    if proof.opening is not None:
        extra["opening"] = proof.opening.decode()
    lines = [_HEAD, f"extra {_encoded(canonical_bytes(extra))}", f"index {proof.leaf_index}"]
    lines += [_encoded(node) for node in proof.proof]
    return "\n".join(lines) + "\n\n" + proof.checkpoint


def read_proof(text: str) -> ProofText:
    """Raises `ProofTextRefused` for anything but a proof with our extra line."""
    head, found, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if not found or len(lines) < 3 or lines[0] != _HEAD:
        raise ProofTextRefused("not a tlog-proof")
    index = lines[2].removeprefix("index ")
    if lines[2] == index or not re.fullmatch(r"0|[1-9][0-9]{0,18}", index):
        raise ProofTextRefused("the index line is wrong")
    try:
        extra = json.loads(_decoded(lines[1], "extra "))
        leaf, opening = extra["leaf"], extra.get("opening")
        return ProofText(
            leaf_data=leaf.encode(),
            opening=opening.encode() if opening is not None else None,
            leaf_index=int(index),
            proof=tuple(_decoded(line, "") for line in lines[3:]),
            checkpoint=checkpoint,
        )
    except (ValueError, KeyError, AttributeError, TypeError) as wrong:
        raise ProofTextRefused(str(wrong)) from wrong


def tile_number(path: str) -> int | None:
    """`x001/x234/067` → 1234067; None where the path is not the one way to write a number."""
    parts = path.split("/")
    if not all(re.fullmatch(r"x\d{3}", part, re.ASCII) for part in parts[:-1]):
        return None
    if not re.fullmatch(r"\d{3}", parts[-1], re.ASCII) or len(parts) > 6:
        return None
    number = int("".join(part.lstrip("x") for part in parts))
    return number if tile_path(number) == path else None


def tile_path(number: int) -> str:
    """1234067 → `x001/x234/067` (c2sp.org/tlog-tiles)."""
    parts = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        parts.insert(0, f"x{number % 1000:03d}")
    return "/".join(parts)


def _encoded(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _decoded(line: str, prefix: str) -> bytes:
    if not line.startswith(prefix):
        raise ProofTextRefused(f"a line should start with {prefix!r}")
    try:
        return base64.b64decode(line[len(prefix) :].encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise ProofTextRefused("a line is not base64") from None
