"""Keys of the connection to the liveness provider, in `keys/liveness` of the data folder.

`merchant_private.pem` and `merchant_public.pem` are ours (made on first use); `provider_public.pem` is put there by
the operator, or in the demo by the simulator, which keeps `provider_private.pem` beside it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from django.conf import settings

from baohe.adapters.providers import pem


def folder() -> Path:
    return Path(settings.BAOHE_DATA) / "keys" / "liveness"


def merchant_key() -> RSAPrivateKey:
    return pem.private_key(folder() / "merchant_private.pem")


def provider_public_key() -> RSAPublicKey:
    """Raises `pem.KeyMissing`: without it nothing the provider says can be believed."""
    return pem.public_key(folder() / "provider_public.pem")


def simulator_key() -> RSAPrivateKey:
    return pem.private_key(folder() / "provider_private.pem")


def merchant() -> str:
    """Our number at the provider, derived from our key until the provider gives one."""
    path = folder() / "merchant"
    if path.exists():
        return path.read_text().strip()
    return f"m{hashlib.sha256(pem.public_pem(merchant_key().public_key()).encode()).hexdigest()[:12]}"
