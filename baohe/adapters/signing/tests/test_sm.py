"""SM2, SM3 and SM4: the published vectors pass (DATA-7)."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gmssl_pyx
import pytest
from cryptography.hazmat.decrepit.ciphers import modes as decrepit
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from baohe.adapters.signing import sm2

pytestmark = pytest.mark.rule("DATA-7")

VECTORS = Path(os.environ.get("BAOHE_SM_VECTORS", "/nowhere"))
"""A folder with OpenSSL's evpmd_sm3.txt, evpciph_sm4.txt and evppkey_sm2.txt."""


@pytest.mark.parametrize(
    ("message", "digest"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_of_the_standards_examples(message: bytes, digest: str) -> None:
    """GB/T 32905, appendix A."""
    assert sm2.sm3(message).hex() == digest
    assert gmssl_pyx.sm3_hash(message).hex() == digest


def test_sm4_of_the_standards_example() -> None:
    """GB/T 32907, appendix A: one block, and the same block a thousand times."""
    key = plain = bytes.fromhex("0123456789abcdeffedcba9876543210")
    cipher = Cipher(algorithms.SM4(key), modes.ECB())  # noqa: S305 - the example is of one block
    encryptor = cipher.encryptor()
    assert encryptor.update(plain).hex() == "681edf34d206965e86b3e94f536e4246"
    decryptor = cipher.decryptor()
    assert decryptor.update(bytes.fromhex("681edf34d206965e86b3e94f536e4246")) == plain


def test_sm2_of_the_standards_example() -> None:
    """GB/T 32918.5, appendix A.2: the signature of "message digest" under the default identity."""
    public = bytes.fromhex(
        "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
        "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
    )
    r = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    s = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
    signature = bytes.fromhex(f"3046022100{r}022100{s}")
    assert gmssl_pyx.sm2_verify(public, b"message digest", signature, sm2.IDENTITY)
    assert not gmssl_pyx.sm2_verify(public, b"message digesT", signature, sm2.IDENTITY)
    assert not gmssl_pyx.sm2_verify(public, b"message digest", signature, b"1234567812345679")


def blocks(name: str) -> Iterator[dict[str, str]]:
    path = VECTORS / name
    if not path.exists():
        pytest.skip(f"OpenSSL's vectors are not here: name their folder in BAOHE_SM_VECTORS ({name})")
    for block in path.read_text().split("\n\n"):
        yield dict(re.findall(r"^(\w+) *= *(.*)$", block, re.MULTILINE))


def test_sm3_of_openssls_vectors() -> None:
    found = [one for one in blocks("evpmd_sm3.txt") if one.get("Digest") == "SM3"]
    assert len(found) >= 5
    for one in found:
        assert sm2.sm3(bytes.fromhex(one["Input"])) == bytes.fromhex(one["Output"])


def test_sm4_of_openssls_vectors() -> None:
    kinds: dict[str, Any] = {
        "ECB": modes.ECB,
        "CBC": modes.CBC,
        "OFB": decrepit.OFB,
        "CFB": decrepit.CFB,
        "CTR": modes.CTR,
    }
    found = [one for one in blocks("evpciph_sm4.txt") if one.get("Cipher", "").startswith("SM4-")]
    assert len(found) >= 5
    for one in found:
        mode = kinds[one["Cipher"].removeprefix("SM4-")]
        start = [bytes.fromhex(one["IV"])] if "IV" in one else []
        encryptor = Cipher(algorithms.SM4(bytes.fromhex(one["Key"])), mode(*start)).encryptor()
        assert encryptor.update(bytes.fromhex(one["Plaintext"])) == bytes.fromhex(one["Ciphertext"]), one["Cipher"]


def test_sm2_of_openssls_vectors() -> None:
    """Its signatures are over a digest that was made elsewhere, without Z; the expected refusal is refused."""
    text = (VECTORS / "evppkey_sm2.txt").read_text() if (VECTORS / "evppkey_sm2.txt").exists() else ""
    found = [one for one in blocks("evppkey_sm2.txt") if one.get("Verify") and "SM3" in one.get("Ctrl", "")]
    assert len(found) >= 2
    pem = re.search(r"BEGIN PRIVATE KEY-----\n(.*?)\n-----END", text, re.DOTALL)
    assert pem is not None
    public = base64.b64decode(pem[1])[-64:]
    for one in found:
        digest, signature = bytes.fromhex(one["Input"]), bytes.fromhex(one["Output"])
        assert gmssl_pyx.sm2_verify_sm3_digest(public, digest, signature)
        assert not gmssl_pyx.sm2_verify_sm3_digest(public, digest[:-1] + bytes([digest[-1] ^ 1]), signature)
