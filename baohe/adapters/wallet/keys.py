"""Keys of the wallet connection, in `keys/wallet` of the data folder.

`app_private.pem` and `app_public.pem` are ours (RSA 2048, made on first use); `wallet_public.pem` is the wallet's
and is put there by the operator, or in the demo by the simulator, which keeps `wallet_private.pem` beside it.
`app_id` is the number that the wallet gave us; without one the demo derives a number from our key.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from django.conf import settings

from baohe.adapters.providers import pem
from baohe.plumbing.secret_files import write_once

WalletKeyMissing = pem.KeyMissing
"""The wallet's public key is not there yet: nothing it says can be believed."""


def folder() -> Path:
    return Path(settings.BAOHE_DATA) / "keys" / "wallet"


def app_key() -> RSAPrivateKey:
    return pem.private_key(folder() / "app_private.pem")


def app_public_key() -> RSAPublicKey:
    """Our public half, as the simulator reads it."""
    return app_key().public_key()


def wallet_public_key() -> RSAPublicKey:
    """Raises `WalletKeyMissing`."""
    return pem.public_key(folder() / "wallet_public.pem")


def simulator_key() -> RSAPrivateKey:
    """The simulator's own key; its public half is laid where the platform looks for the wallet's."""
    return pem.private_key(folder() / "wallet_private.pem")


def app_id() -> str:
    path = folder() / "app_id"
    if not path.exists():
        fingerprint = hashlib.sha256(pem.public_pem(app_public_key()).encode()).digest()
        write_once(path, f"9021{int.from_bytes(fingerprint[:5], 'big') % 10**12:012d}")
    return path.read_text().strip()
