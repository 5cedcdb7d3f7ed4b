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

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from django.conf import settings

from baohe.plumbing.secret_files import write_once

_BITS = 2048


class TransferKeyMissing(Exception):
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
    return _private(folder() / "customer_private.pem")


def customer_public_key() -> RSAPublicKey:
    """Our public half, as the simulator reads it."""
    return customer_key().public_key()


def bank_public_key() -> RSAPublicKey:
    """Raises `TransferKeyMissing`."""
    path = folder() / "bank_public.pem"
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except FileNotFoundError:
        raise TransferKeyMissing(f"{path} is missing") from None
    if not isinstance(key, RSAPublicKey):
        raise TransferKeyMissing(f"{path} is not an RSA key")
    return key


def simulator_key() -> RSAPrivateKey:
    """The simulator's own key; its public half is laid where the platform looks for the bank's."""
    key = _private(folder() / "bank_private.pem")
    write_once(folder() / "bank_public.pem", _public_pem(key))
    return key


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
    fingerprint = hashlib.sha256(_public_pem(customer_key()).encode()).digest()
    return f"{int.from_bytes(fingerprint[:16], 'big') % 10**count:0{count}d}"


def _private(path: Path) -> RSAPrivateKey:
    if not path.exists():
        fresh = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
        write_once(path, _private_pem(fresh))
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TransferKeyMissing(f"{path} is not an RSA key")
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
