"""PAdES B-LT: stamp, certificates and revocation are inside, and pyHanko's own validator agrees without a network."""

from __future__ import annotations

import asyncio
import base64
import json
import random
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.db import connection
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.validation import ades
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.policy_decl import SignatureValidationSpec
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from baohe.adapters.signing import authority, pdf, sm2, sm2_certificates, sm2_issuing
from baohe.adapters.signing.pdf import _asn1, _parsed
from baohe.adapters.timestamp import keys as timestamp_keys
from baohe.plumbing import clock
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents.errors import DocumentNotReady, InsurerCertificateRefused, TimeStampAway
from tests.trust.papers import INSURERS, policy_document

pytestmark = pytest.mark.django_db


def roots():
    return [_asn1(authority.root()), _parsed(timestamp_keys.trusted_root().public_bytes(Encoding.DER))]


def judged_by_the_library(content: bytes):
    """ETSI EN 319 102-1, signatures with time, by nothing but the file and the two roots: no network, and revocation
    is required of every certificate below a root."""
    reader = PdfFileReader(BytesIO(content))
    trust = CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build(roots()), revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO)
    )
    knowledge = ades._dss_to_local_knowledge(reader)
    spec = SignatureValidationSpec(cert_validation_policy=trust, local_knowledge=knowledge)
    found = reader.embedded_signatures[0]
    return asyncio.run(ades.ades_with_time_validation(found.signed_data, spec, raw_digest=found.compute_digest()))


@pytest.mark.rule("DATA-6")
def test_the_librarys_own_validator_passes_it_offline():
    view = documents.issue_policy_document(policy_document())
    content = documents.bytes_of(view.id)
    result = judged_by_the_library(content)
    assert result.ades_subindic == AdESPassed.OK, result
    assert result.best_signature_time == view.stamped_at


def test_what_a_checker_needs_is_inside_and_under_the_signature():
    view = documents.issue_policy_document(policy_document())
    content = documents.bytes_of(view.id)
    reader = PdfFileReader(BytesIO(content))
    store = DocumentSecurityStore.read_dss(reader)
    assert len(store.crls) == 2 and len(store.certs) == 3
    signature = reader.embedded_signatures[0]
    assert signature.compute_integrity_info() is None and signature.coverage.name == "ENTIRE_FILE"
    found = pdf.inspect(content, clock.now())
    assert found.long_term and found.stamped_by == "保和模拟时间戳 (SAMPLE)"
    assert (view.profile, view.template, view.stamped_at) == ("ecdsa", "policy@1", found.stamped_at)


@pytest.mark.parametrize("fault", ["down", "wrong_nonce", "wrong_hash", "expired", "forged_sign", "refuse"])
def test_without_a_true_stamp_there_is_no_paper_and_it_follows_when_there_is(timestamp_authority, fault):
    data = policy_document()
    timestamp_authority.faults.set({fault: 1})
    with pytest.raises(TimeStampAway):
        documents.issue_policy_document(data)
    waiting = documents.document_of(data.policy_id)
    assert (waiting.state, waiting.stamped_at, waiting.sha256) == ("preparing", None, None)
    with pytest.raises(DocumentNotReady):
        documents.bytes_of(waiting.id)
    assert documents.verify_token(waiting.token).code == "preparing"

    view = documents.issue_policy_document(data)
    assert view.state == "ready" and view.stamped_at is not None
    assert documents.verify_bytes(documents.bytes_of(view.id)).stamped_at == view.stamped_at


@pytest.mark.rule("DATA-7")
class TestSm2:
    @pytest.fixture
    def issued(self):
        return documents.issue_policy_document(policy_document(insurer=replace(INSURERS[1], signature="sm2")))

    def test_the_profile_of_the_insurer_adds_a_detached_signature(self, issued):
        verdict = documents.verify_bytes(documents.bytes_of(issued.id))
        assert verdict.genuine and verdict.profile == issued.profile == "sm2"
        assert b'"sm2-sm3"' in documents.detached_of(issued.id)
        assert documents.verify_token(issued.token).profile == "sm2"

    def test_another_insurers_detached_signature_is_not_this_ones(self, issued):
        """Truly signed, under our root, of this very file: but not by who insures."""
        other = sm2.sign(documents.bytes_of(issued.id), "anhe", INSURERS[0].name.zh, issued.stamped_at)
        assert sm2.verify(documents.bytes_of(issued.id), other) is not None
        self._put(issued, other)
        assert documents.verify_bytes(documents.bytes_of(issued.id)).code == "damaged"

    def test_a_certificate_that_was_revoked_since_keeps_what_it_signed_and_signs_no_more(self, issued, own_data_folder):
        root, revoked = sm2_certificates.root(), x509.Certificate.load(self._certificate_of(issued))
        day = timedelta(days=1)
        now = clock.now()
        life = sm2_issuing.Life(now - day, now + day)
        serials = {revoked.serial_number: now + timedelta(seconds=1)}
        content = sm2_issuing.revocation_list(root.key, root.certificate, life, serials)
        (own_data_folder / "keys" / "insurers" / "_revoked.sm2.crl").write_bytes(content)
        assert documents.verify_bytes(documents.bytes_of(issued.id)).genuine

        later = policy_document(insurer=replace(INSURERS[1], signature="sm2"))
        with clock.travel(now + timedelta(minutes=1)), pytest.raises(InsurerCertificateRefused, match="revoked"):
            documents.issue_policy_document(later)
        assert documents.document_of(later.policy_id).state == "preparing"

    def _certificate_of(self, issued):
        return base64.b64decode(json.loads(documents.detached_of(issued.id))["certificate"])

    def _put(self, issued, detached):
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("UPDATE documents_document SET detached = %s WHERE id = %s", [detached, issued.id])
            cursor.execute("SET session_replication_role = origin")

    def test_an_insurer_without_it_has_none(self):
        plain = documents.issue_policy_document(policy_document())
        assert documents.detached_of(plain.id) is None

    @pytest.mark.rule("SERV-1")
    @pytest.mark.parametrize("how", ["changed", "gone", "other"])
    def test_a_changed_detached_signature_is_found(self, issued, how):
        content = documents.bytes_of(issued.id)
        text = documents.detached_of(issued.id).decode()
        other = documents.issue_policy_document(policy_document(insurer=replace(INSURERS[1], signature="sm2")))
        put = {
            "changed": text.replace('"v', '"w', 1)[:-3] + 'A"}',
            "gone": "",
            "other": documents.detached_of(other.id).decode(),
        }
        self._put(issued, put[how])
        assert documents.verify_bytes(content).code == "damaged"


def test_an_insurer_with_an_rsa_key_is_named_so(own_data_folder):
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import rsa

    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    root = authority.root()
    builder = authority._build(
        authority._name("安和人寿（RSA）"), root.certificate.subject, private.public_key(), authority._LIFE,
        [(x509.BasicConstraints(ca=False, path_length=None), True), *authority._SIGNS_DOCUMENTS],
    )  # fmt: skip
    made = authority._pem(builder.sign(root.private, hashes.SHA256()), private)
    (own_data_folder / "keys" / "insurers" / "anhe.pem").write_bytes(made)
    view = documents.issue_policy_document(policy_document())
    verdict = documents.verify_bytes(documents.bytes_of(view.id))
    assert verdict.genuine and verdict.profile == "rsa"
    assert verdict.signed_by == "安和人寿（RSA）"


def test_it_prints_again_to_the_same_bytes():
    view = documents.issue_policy_document(policy_document())
    printed = documents.reprint(view.id)
    assert documents.bytes_of(view.id).startswith(printed)
    assert documents.reprint(view.id) == printed


@pytest.mark.rule("SERV-1")
def test_flipped_bytes_of_signature_stamp_and_lists_are_found_by_the_signature_alone():
    """Without the digest that we keep: as software of a third party sees it."""
    content = documents.bytes_of(documents.issue_policy_document(policy_document()).id)
    start = content.index(b"/Contents <") + 11
    length = len(content[start : content.index(b">", start)].rstrip(b"0"))
    chance = random.Random(20261130)
    inside = [start + place for place in chance.sample(range(64, length - 2), 60)]
    end = content.index(b">", start)
    outside = [place for place in chance.sample(range(len(content) - 5), 60) if not start <= place < end]
    survived = []
    for place in [*inside, *outside]:
        changed = bytearray(content)
        changed[place] = ord("1") if changed[place] != ord("1") else ord("2")
        found = pdf.inspect(bytes(changed), clock.now())
        if found is not None and found.whole and found.trusted and found.stamped_at is not None:
            survived.append(place)
        assert not documents.verify_bytes(bytes(changed)).genuine
    assert [place for place in survived if place not in inside] == []
    assert len(survived) < len(inside) / 3  # unsigned parts of the message, such as spare certificates
