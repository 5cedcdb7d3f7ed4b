"""RSA keys as PEM files of the data folder: a private key is made on first use, and never overwritten."""

from __future__ import annotations

import functools
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from baohe.plumbing.secret_files import write_once

_BITS = 2048


class KeyMissing(Exception):
    """The key is not there, or it is not an RSA key."""


def private_key(path: Path) -> RSAPrivateKey:
    """The key of `…_private.pem`, made when it is not there, with its public half beside it. Raises `KeyMissing`."""
    if not path.exists():
        write_once(path, _private_pem(rsa.generate_private_key(public_exponent=65537, key_size=_BITS)))
    found = path.stat()
    key = _parsed(path, found.st_mtime_ns, found.st_ino)
    public = path.with_name(path.name.replace("private", "public"))
    if not public.exists():
        write_once(public, public_pem(key.public_key()))
    return key


@functools.lru_cache(maxsize=16)
def _parsed(path: Path, changed_ns: int, inode: int) -> RSAPrivateKey:
    """Proving that a private key is one takes longer than the call it signs; a file that changes is read again."""
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise KeyMissing(f"{path} is not an RSA key")
    return key


def public_key(path: Path) -> RSAPublicKey:
    """Raises `KeyMissing`."""
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except FileNotFoundError:
        raise KeyMissing(f"{path} is missing") from None
    except ValueError:
        raise KeyMissing(f"{path} is not a key") from None
    if not isinstance(key, RSAPublicKey):
        raise KeyMissing(f"{path} is not an RSA key")
    return key


def public_pem(key: RSAPublicKey) -> str:
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def _private_pem(key: RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
