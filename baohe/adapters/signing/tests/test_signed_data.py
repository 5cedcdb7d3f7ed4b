"""The message of a PAdES signature: what an independent reader of RFC 5652 finds in it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import cms, core
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from baohe.adapters.signing import authority
from baohe.adapters.signing.authority import Identity
from baohe.adapters.signing.signed_data import signed_data

pytestmark = pytest.mark.rule("DATA-6")

DIGEST = sha256(b"the signed bytes").digest()
TOKEN = bytes(cms.ContentInfo({"content_type": "data", "content": core.OctetString(b"a token")}).dump())


@pytest.fixture
def identity(settings: Any, tmp_path: Path) -> Identity:
    settings.BAOHE_DATA = tmp_path
    return authority.insurer("anhe", "安和人寿")


def test_a_reader_finds_one_signature_of_the_digest_under_the_certificate(identity: Identity) -> None:
    asked: list[bytes] = []
    root = authority.root().der
    message = signed_data(identity, (root,), DIGEST, lambda digest: asked.append(digest) or TOKEN)
    signed = cms.ContentInfo.load(message, strict=True)["content"]
    (info,) = signed["signer_infos"]
    attributes = {one["type"].native: one["values"][0] for one in info["signed_attrs"]}
    assert attributes.keys() == {"content_type", "message_digest", "signing_certificate_v2"}
    assert attributes["message_digest"].native == DIGEST
    named = attributes["signing_certificate_v2"]["certs"][0]
    assert named["cert_hash"].native.hex() == identity.fingerprint
    assert named["hash_algorithm"]["algorithm"].native == "sha256"
    assert {choice.chosen.dump() for choice in signed["certificates"]} == {identity.der, root}
    assert info["sid"].chosen["serial_number"].native == identity.certificate.serial_number

    body = info["signed_attrs"].untag().dump()
    public = identity.private.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    public.verify(info["signature"].native, body, ec.ECDSA(hashes.SHA256()))
    assert asked == [sha256(info["signature"].native).digest()]
    assert info["unsigned_attrs"][0]["values"][0].dump() == TOKEN


def test_it_is_the_one_encoding_of_what_it_says(identity: Identity) -> None:
    """Written anew from its parts by the library it is the same bytes: DER, sets in their order."""
    message = signed_data(identity, (authority.root().der,), DIGEST, lambda _: TOKEN)
    assert cms.ContentInfo.load(message).dump(force=True) == message


def test_without_a_stamp_there_is_no_message(identity: Identity) -> None:
    def away(_: bytes) -> bytes:
        raise ConnectionError("away")

    with pytest.raises(ConnectionError):
        signed_data(identity, (), DIGEST, away)
