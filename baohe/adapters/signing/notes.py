"""C2SP signed notes and checkpoints with Ed25519 (c2sp.org/signed-note, c2sp.org/tlog-checkpoint)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from baohe.adapters.signing import keys

_ED25519 = b"\x01"
_MOST_SIGNATURES = 64


class NoteRefused(ValueError):
    """The note is not well formed, or no known key signed it."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A known key: its name and 32 public bytes."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def vkey(self) -> str:
        """`name+hash+key`, the text by which auditors are told of a key."""
        encoded = base64.b64encode(_ED25519 + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    origin: str
    size: int
    root_hash: bytes


class NoteSigner:
    """Signs notes under one name."""

    def __init__(self, name: str, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.verifier = Verifier(name, private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))

    def sign(self, text: str) -> str:
        """The whole note. `text` ends with a newline."""
        signature = base64.b64encode(self.verifier.key_id + self._private.sign(text.encode())).decode()
        return f"{text}\n— {self.verifier.name} {signature}\n"


def log_signer(origin: str) -> NoteSigner:
    """The signer of the evidence log, with the key `keys/log` of the data folder."""
    raw = keys.read_or_make(keys.folder() / "log", _new_private)
    return NoteSigner(origin, Ed25519PrivateKey.from_private_bytes(raw))


def parse_vkey(text: str) -> Verifier:
    """Raises `NoteRefused` for anything but an Ed25519 verifier key whose hash matches."""
    try:
        name, key_id, encoded = text.strip().split("+", 2)
        material = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error):
        raise NoteRefused("not a verifier key") from None
    verifier = Verifier(name, material[1:])
    if material[:1] != _ED25519 or len(material) != 33 or verifier.key_id.hex() != key_id:
        raise NoteRefused("not an Ed25519 verifier key")
    return verifier


def open_note(note: str, verifier: Verifier) -> str:
    """The text of a note that `verifier` signed. Raises `NoteRefused`."""
    text, signatures = _split(note)
    for line in signatures:
        name, signature = _signature(line)
        if name != verifier.name or signature[:4] != verifier.key_id:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(verifier.public).verify(signature[4:], text.encode())
        except InvalidSignature:
            raise NoteRefused("the signature of the known key is wrong") from None
        return text
    raise NoteRefused("no known key signed this note")


def checkpoint_text(checkpoint: Checkpoint) -> str:
    root = base64.b64encode(checkpoint.root_hash).decode()
    return f"{checkpoint.origin}\n{checkpoint.size}\n{root}\n"


def open_checkpoint(note: str, verifier: Verifier) -> Checkpoint:
    """The tree head of a checkpoint signed by `verifier`. Raises `NoteRefused`."""
    lines = open_note(note, verifier).split("\n")
    if len(lines) < 4 or not lines[0] or any(not line for line in lines[:-1]):
        raise NoteRefused("not a checkpoint")
    size, root = lines[1], lines[2]
    if not (size.isascii() and size.isdigit()) or (size != "0" and size.startswith("0")) or len(size) > 20:
        raise NoteRefused("the tree size is not a decimal number")
    try:
        root_hash = base64.b64decode(root, validate=True)
    except (ValueError, binascii.Error):
        raise NoteRefused("the root hash is not base64") from None
    if len(root_hash) != 32 or base64.b64encode(root_hash).decode() != root:
        raise NoteRefused("the root hash is not 32 bytes")
    return Checkpoint(lines[0], int(size), root_hash)


def _split(note: str) -> tuple[str, list[str]]:
    if any(ord(letter) < 32 and letter != "\n" for letter in note):
        raise NoteRefused("control characters")
    text, found, tail = note.rpartition("\n\n")
    lines = tail.split("\n")
    if not found or lines[-1] != "" or not 1 <= len(lines) - 1 <= _MOST_SIGNATURES:
        raise NoteRefused("no signature lines")
    return text + "\n", lines[:-1]


def _signature(line: str) -> tuple[str, bytes]:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != "—" or not parts[1] or "+" in parts[1]:
        raise NoteRefused("a signature line is malformed")
    try:
        return parts[1], base64.b64decode(parts[2], validate=True)
    except (ValueError, binascii.Error):
        raise NoteRefused("a signature is not base64") from None


def _new_private() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
