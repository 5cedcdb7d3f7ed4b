"""Keys of the connection to the card network, in `keys/deduction` of the data folder.

`merchant_private.pem` and `merchant_public.pem` are ours (RSA 2048, made on first use); `network_public.pem` is the
network's and is put there by the operator, or in the demo by the simulator, which keeps `network_private.pem` beside
it. `mer_id` and `cert_id` (the serial number of our certificate) came from the network; without them the demo derives
both from our key.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from django.conf import settings

from baohe.adapters.providers import pem
from baohe.plumbing.secret_files import write_once


def folder() -> Path:
    return Path(settings.BAOHE_DATA) / "keys" / "deduction"


def merchant_key() -> RSAPrivateKey:
    return pem.private_key(folder() / "merchant_private.pem")


def merchant_public_key() -> RSAPublicKey:
    """Our public half, as the simulator reads it."""
    return merchant_key().public_key()


def network_public_key() -> RSAPublicKey:
    """Raises `pem.KeyMissing`: without it nothing the network says can be believed."""
    return pem.public_key(folder() / "network_public.pem")


def simulator_key() -> RSAPrivateKey:
    """The simulator's own key; its public half is laid where the platform looks for the network's."""
    return pem.private_key(folder() / "network_private.pem")


def mer_id() -> str:
    """Our merchant number: 15 digits."""
    return _number("mer_id", "777", 12)


def cert_id() -> str:
    return _number("cert_id", "69", 10)


def _number(name: str, prefix: str, digits: int) -> str:
    path = folder() / name
    if not path.exists():
        mark = hashlib.sha256(f"{name}:{pem.public_pem(merchant_public_key())}".encode()).digest()
        write_once(path, f"{prefix}{int.from_bytes(mark[:6], 'big') % 10**digits:0{digits}d}")
    return path.read_text().strip()
