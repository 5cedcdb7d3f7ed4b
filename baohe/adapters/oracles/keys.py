"""Keys of the simulated sources, in `keys/oracles` of the data folder: made at first use, a SAMPLE.

A real source keeps its private key to itself; its public key is entered with `baohe parametric source`.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

from baohe.plumbing.secret_files import write_once

KEY = "k1"
"""The id under which a simulated source signs."""


def simulated(source: str) -> Ed25519PrivateKey:
    path = Path(settings.BAOHE_DATA) / "keys" / "oracles" / f"{source}.pem"
    if not path.exists():
        made = Ed25519PrivateKey.generate()
        write_once(path, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())
    found = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(found, Ed25519PrivateKey):
        raise ValueError(f"{path} is no Ed25519 key")
    return found


def public_pem(private: Ed25519PrivateKey) -> str:
    return private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def public_key(pem: str) -> Ed25519PublicKey:
    """Raises `ValueError` for anything but an Ed25519 public key."""
    found = load_pem_public_key(pem.encode())
    if not isinstance(found, Ed25519PublicKey):
        raise ValueError("no Ed25519 key")
    return found
