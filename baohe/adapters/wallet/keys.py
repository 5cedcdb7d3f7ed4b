"""Keys of the wallet connection, in `keys/wallet` of the data folder.

`app_private.pem` and `app_public.pem` are ours (RSA 2048, made on first use); `wallet_public.pem` is the wallet's
and is put there by the operator, or in the demo by the simulator, which keeps `wallet_private.pem` beside it.
`app_id` is the number that the wallet gave us; without one the demo derives a number from our key.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from django.conf import settings

from baohe.plumbing.secret_files import write_once

_BITS = 2048


class WalletKeyMissing(Exception):
    """The wallet's public key is not there yet: nothing it says can be believed."""


def folder() -> Path:
    return Path(settings.BAOHE_DATA) / "keys" / "wallet"


def app_key() -> RSAPrivateKey:
    return _private(folder() / "app_private.pem")


def app_public_key() -> RSAPublicKey:
    """Our public half, as the simulator reads it."""
    return app_key().public_key()


def wallet_public_key() -> RSAPublicKey:
    """Raises `WalletKeyMissing`."""
    path = folder() / "wallet_public.pem"
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except FileNotFoundError:
        raise WalletKeyMissing(f"{path} is missing") from None
    if not isinstance(key, RSAPublicKey):
        raise WalletKeyMissing(f"{path} is not an RSA key")
    return key


def simulator_key() -> RSAPrivateKey:
    """The simulator's own key; its public half is laid where the platform looks for the wallet's."""
    key = _private(folder() / "wallet_private.pem")
    write_once(folder() / "wallet_public.pem", _public_pem(key))
    return key


def app_id() -> str:
    path = folder() / "app_id"
    if not path.exists():
        fingerprint = hashlib.sha256(_public_pem(app_key()).encode()).digest()
        write_once(path, f"9021{int.from_bytes(fingerprint[:5], 'big') % 10**12:012d}")
    return path.read_text().strip()


def _private(path: Path) -> RSAPrivateKey:
    if not path.exists():
        fresh = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
        write_once(path, _private_pem(fresh))
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise WalletKeyMissing(f"{path} is not an RSA key")
    public = path.with_name(path.name.replace("private", "public"))
    if not public.exists():
        write_once(public, _public_pem(key))
    return key


def _private_pem(key: RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def _public_pem(key: RSAPrivateKey) -> str:
    return (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )
