"""The detached SM2 signature (DATA-7): what it says, under whose certificate, and what makes it false."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import gmssl_pyx
import pytest

from baohe.adapters.signing import sm2, sm2_certificates, sm2_issuing
from baohe.adapters.signing.sm2_certificates import CertificateRefused
from baohe.adapters.signing.sm2_issuing import IDENTITY, Holder, Key, Life
from baohe.kernel.canonical import canonical_bytes
from baohe.plumbing import clock

pytestmark = pytest.mark.rule("DATA-7")

PDF = b"%PDF-1.7 a policy"
NAME = "安和人寿保险股份有限公司"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def own_keys(settings: Any, tmp_path: Path) -> Path:
    settings.BAOHE_DATA = tmp_path
    return tmp_path / "keys" / "insurers"


@pytest.fixture
def now() -> datetime:
    return clock.now()


def put_certificate(folder: Path, key: Key, certificate: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    words = {"public": key.public.hex(), "private": key.private.hex()}
    text = json.dumps({**words, "certificate": base64.b64encode(certificate).decode()})
    (folder / "anhe.sm2.json").write_text(text)


def issued(key: Key, life: Life, holder: Holder = Holder(NAME, "安和人寿（演示）")) -> bytes:  # noqa: B008 - frozen
    above = sm2_certificates.root()
    assert above.key is not None
    return sm2_issuing.signing_certificate(above.key, above.certificate, key.public, holder, life, 4711)


def signed_again(detached: str, key: Key, **changes: str) -> str:
    """The statement with other words, truly signed by `key`."""
    words = {**json.loads(detached), **changes}
    del words["signature"]
    signature = gmssl_pyx.sm2_sign(key.private, key.public, canonical_bytes(words), IDENTITY)
    return canonical_bytes({**words, "signature": base64.b64encode(signature).decode()}).decode()


def put_list(folder: Path, life: Life, revoked: dict[int, datetime]) -> bytes:
    above = sm2_certificates.root()
    assert above.key is not None
    content = sm2_issuing.revocation_list(above.key, above.certificate, life, revoked)
    (folder / "_revoked.sm2.crl").write_bytes(content)
    return content


def serial_of(code: str) -> int:
    from asn1crypto import x509

    return int(x509.Certificate.load(sm2_certificates.insurer(code, NAME).certificate).serial_number)


def test_it_says_who_signed_what_and_when(now: datetime) -> None:
    said = sm2.verify(PDF, sm2.sign(PDF, "anhe", NAME, now))
    assert said is not None
    assert (said.signer, said.organisation, said.signed_at) == (f"{NAME}（演示）", NAME, now)
    assert said.issuer == "保和演示国密根证书 (SAMPLE, not a real authority)"


def test_every_changed_byte_of_file_certificate_list_and_signature_is_found(now: datetime) -> None:
    detached = sm2.sign(PDF, "anhe", NAME, now)
    for place in range(len(PDF)):
        assert sm2.verify(PDF[:place] + bytes([PDF[place] ^ 1]) + PDF[place + 1 :], detached) is None
    raw = detached.encode()
    for place in range(len(raw)):
        changed = (raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]).decode("utf-8", "replace")
        assert sm2.verify(PDF, changed) is None, place


def test_every_changed_byte_of_a_certificate_is_refused_even_where_its_own_key_signed_again(now: datetime) -> None:
    key = sm2_issuing.new_key()
    good = issued(key, Life(now - DAY, now + DAY))
    current = sm2_certificates.revocation_list()
    assert sm2_certificates.judge(good, current, now).organisation == NAME
    for place in range(len(good)):
        changed = good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :]
        with pytest.raises(CertificateRefused):
            sm2_certificates.judge(changed, current, now)
    for place in range(len(current)):
        changed = current[:place] + bytes([current[place] ^ 1]) + current[place + 1 :]
        with pytest.raises(CertificateRefused):
            sm2_certificates.judge(good, changed, now)


def test_a_certificate_of_another_authority_is_refused(settings: Any, tmp_path: Path, now: datetime) -> None:
    """Also where that authority bears the same name."""
    detached = sm2.sign(PDF, "anhe", NAME, now)
    certificate, revoked = sm2_certificates.insurer("anhe", NAME).certificate, sm2_certificates.revocation_list()
    settings.BAOHE_DATA = tmp_path / "other"
    assert sm2.verify(PDF, detached) is None
    with pytest.raises(CertificateRefused) as refused:
        sm2_certificates.judge(certificate, revoked, now)
    assert refused.value.why == "other_authority"


@pytest.mark.parametrize("start", [-20, 1])
def test_outside_of_its_days_a_certificate_neither_signs_nor_verifies(
    own_keys: Path, now: datetime, start: int
) -> None:
    detached = sm2.sign(PDF, "anhe", NAME, now)
    key = sm2_issuing.new_key()
    certificate = issued(key, Life(now + start * DAY, now + (start + 10) * DAY))
    put_certificate(own_keys, key, certificate)
    with pytest.raises(CertificateRefused, match="expired"):
        sm2.sign(PDF, "anhe", NAME, now)
    forged = signed_again(detached, key, certificate=base64.b64encode(certificate).decode(), signer="安和人寿（演示）")
    assert sm2.verify(PDF, forged) is None


def test_one_certificate_in_its_days_verifies_after_them(own_keys: Path, now: datetime) -> None:
    """A policy of then stays true when the certificate has run out."""
    key = sm2_issuing.new_key()
    put_certificate(own_keys, key, issued(key, Life(now - 10 * DAY, now + DAY)))
    detached = sm2.sign(PDF, "anhe", NAME, now)
    with clock.travel(now + 400 * DAY):
        said = sm2.verify(PDF, detached)
    assert said is not None and said.signer == "安和人寿（演示）"


def test_what_was_signed_before_a_revocation_holds_and_what_was_signed_after_does_not(
    own_keys: Path, now: datetime
) -> None:
    detached = sm2.sign(PDF, "anhe", NAME, now)
    life = Life(now - DAY, now + DAY)
    put_list(own_keys, life, {serial_of("anhe"): now + timedelta(hours=1)})
    assert sm2.verify(PDF, detached) is not None

    put_list(own_keys, life, {serial_of("anhe"): now - timedelta(hours=1)})
    assert sm2.verify(PDF, detached) is None
    with pytest.raises(CertificateRefused, match="revoked"):
        sm2.sign(PDF, "anhe", NAME, now)


def test_another_certificate_on_the_list_changes_nothing(own_keys: Path, now: datetime) -> None:
    put_list(own_keys, Life(now - DAY, now + DAY), {serial_of("anhe") + 1: now - DAY})
    assert sm2.verify(PDF, sm2.sign(PDF, "anhe", NAME, now)) is not None


def test_nothing_is_signed_on_the_word_of_a_list_that_ran_out(own_keys: Path, now: datetime) -> None:
    sm2_certificates.root()
    put_list(own_keys, Life(now - 3 * DAY, now - DAY), {})
    with pytest.raises(CertificateRefused, match="list_expired"):
        sm2.sign(PDF, "anhe", NAME, now)


def test_a_root_does_not_sign_documents(now: datetime) -> None:
    with pytest.raises(CertificateRefused, match="not_for_signing"):
        sm2_certificates.judge(sm2_certificates.root().certificate, sm2_certificates.revocation_list(), now)


def test_the_signature_is_of_the_certificates_key(now: datetime) -> None:
    detached = sm2.sign(PDF, "anhe", NAME, now)
    own = sm2_certificates.insurer("anhe", NAME).key
    assert own is not None
    assert sm2.verify(PDF, signed_again(detached, own)) is not None
    assert sm2.verify(PDF, signed_again(detached, sm2_issuing.new_key())) is None
    assert sm2.verify(PDF, signed_again(detached, own, signer="长泰健康（演示）")) is None


def test_a_key_beside_the_certificate_of_another_is_refused(own_keys: Path, now: datetime) -> None:
    put_certificate(own_keys, sm2_issuing.new_key(), issued(sm2_issuing.new_key(), Life(now - DAY, now + DAY)))
    with pytest.raises(ValueError, match="another key"):
        sm2.sign(PDF, "anhe", NAME, now)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "x", '{"signature":1}'])
def test_other_files_are_no_signature(text: str) -> None:
    assert sm2.verify(PDF, text) is None


def test_it_is_one_line_of_plain_json() -> None:
    words = json.loads(sm2.sign(PDF, "anhe", NAME, datetime.now(UTC)))
    assert words["identity"] == "1234567812345678" and words["profile"] == "sm2-sm3"


@pytest.mark.parametrize("code", ["../x", "", "A", "a/b"])
def test_an_insurer_code_is_never_a_path(code: str) -> None:
    with pytest.raises(ValueError, match="insurer code"):
        sm2.sign(PDF, code, "x", datetime.now(UTC))
