"""Keys of the bank's channel and the account behind it, in `keys/transfer` of the data folder.

`customer_private.pem` and `customer_public.pem` are ours (RSA 2048, made on first use); `bank_public.pem` is the
bank's and is put there by the operator, or in the demo by the simulator, which keeps `bank_private.pem` beside it.
`customer_id` is our number at the bank, `account` three lines about the premium trust account: number, holder, bank.
Without them the demo derives both from our key.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from django.conf import settings

from baohe.adapters.providers import pem
from baohe.plumbing.secret_files import write_once

TransferKeyMissing = pem.KeyMissing
"""The bank's public key is not there yet: nothing it says can be believed."""


@dataclass(frozen=True, slots=True)
class TrustAccount:
    """The account that holds premiums in trust. `number` has at most 21 characters: a code is added to it."""

    number: str
    holder: str
    bank: str


def folder() -> Path:
    return Path(settings.BAOHE_DATA) / "keys" / "transfer"


def customer_key() -> RSAPrivateKey:
    return pem.private_key(folder() / "customer_private.pem")


def customer_public_key() -> RSAPublicKey:
    """Our public half, as the simulator reads it."""
    return customer_key().public_key()


def bank_public_key() -> RSAPublicKey:
    """Raises `TransferKeyMissing`."""
    return pem.public_key(folder() / "bank_public.pem")


def simulator_key() -> RSAPrivateKey:
    """The simulator's own key; its public half is laid where the platform looks for the bank's."""
    return pem.private_key(folder() / "bank_private.pem")


def customer_id() -> str:
    path = folder() / "customer_id"
    if not path.exists():
        write_once(path, f"C{_digits(12)}")
    return path.read_text().strip()


def account() -> TrustAccount:
    """Raises `TransferKeyMissing` when the file does not hold what it should."""
    path = folder() / "account"
    if not path.exists():
        write_once(path, f"6229{_digits(15)}\n保和保险服务有限公司（保费专户）\n模拟银行上海分行\n")
    lines = [line.strip() for line in path.read_text().splitlines() if line.strip()]
    if len(lines) != 3 or not lines[0].isalnum() or len(lines[0]) > 21:
        raise TransferKeyMissing(f"{path} must hold number, holder and bank")
    return TrustAccount(*lines)


def _digits(count: int) -> str:
    fingerprint = hashlib.sha256(pem.public_pem(customer_public_key()).encode()).digest()
    return f"{int.from_bytes(fingerprint[:16], 'big') % 10**count:0{count}d}"
