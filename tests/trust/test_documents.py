"""The policy document: printed, signed, kept once, and verified to the last byte."""

from __future__ import annotations

import random
from dataclasses import replace
from hashlib import sha256

import pypdfium2
import pytest
from django.db import IntegrityError, connection, transaction

from baohe.adapters.signing import authority, pdf
from baohe.plumbing import clock
from baohe.rooms.documents import facade as documents
from baohe.rooms.documents import storage
from baohe.rooms.documents.errors import DocumentNotReady, FileTooLarge
from baohe.rooms.documents.models import Document
from tests.trust.papers import INSURERS, policy_document, proposal_document

pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    paper = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in paper)


@pytest.fixture
def issued():
    return documents.issue_policy_document(policy_document())


def test_the_paper_says_everything(issued):
    content = documents.bytes_of(issued.id)
    text = text_of(content).replace("\r\n", "").replace("\n", "")

    for words in [
        "电子保险单", "安和人寿保险股份有限公司", "P2026-4F7K-9QZ2-1XAB", "安心百万医疗 2026",
        "安和人寿互联网医疗保险（2026版）", "安和人寿〔2026〕医疗保险 008 号", "million_medical@2026.1",
        "陈晓明", "李雨桐", "3101**********4321", "138****5678", "份额 100%",
        "2026-11-24 零时起", "2027-11-23 二十四时止", "30 天，至 2026-12-23 止", "15 天，至 2026-12-08 止",
        "¥4,000,000.00", "¥2,000,000.00", "¥1,286.40", "¥107.20 × 12 期", "2026-12-24",
        "甲状腺结节", "犹豫期 15 天内退保", "400-000-0123", "400-000-0456", "12378",
        "3f3f3f3f", "责任免除", "酒后驾驶", "示例产品", issued.verify_url, "第 1 页 / 共",
    ]:  # fmt: skip
        assert words.replace(" ", "") in text.replace(" ", ""), words
    assert content.startswith(b"%PDF-1.7")
    assert b"pdfaid" in content  # the PDF/A mark of its metadata


def test_every_letter_is_in_the_embedded_font(issued):
    paper = pypdfium2.PdfDocument(documents.bytes_of(issued.id))
    assert "�" not in text_of(documents.bytes_of(issued.id))
    assert len(paper) == 2


def test_issuing_again_is_the_same_document():
    data = policy_document()
    first = documents.issue_policy_document(data)
    again = documents.issue_policy_document(replace(data, number="P2026-OTHER"))

    assert again == first == documents.document_of(data.policy_id)
    assert Document.objects.count() == 1
    assert sha256(documents.bytes_of(first.id)).hexdigest() == first.sha256
    assert len(documents.bytes_of(first.id)) == first.size


def test_killed_between_file_and_commit_leaves_one_row_and_one_file(own_data_folder, monkeypatch):
    data = policy_document()
    real = storage.store

    def dies(document_id, content, printed_from):
        real(document_id, content, printed_from)
        raise KeyboardInterrupt

    monkeypatch.setattr(storage, "store", dies)
    with pytest.raises(KeyboardInterrupt):
        documents.issue_policy_document(data)
    assert documents.document_of(data.policy_id).state == "preparing"
    with pytest.raises(DocumentNotReady):
        documents.bytes_of(documents.document_of(data.policy_id).id)
    assert documents.verify_token(documents.document_of(data.policy_id).token).code == "preparing"

    monkeypatch.setattr(storage, "store", real)
    view = documents.issue_policy_document(data)

    assert documents.verify_bytes(documents.bytes_of(view.id)).genuine
    assert len(list((own_data_folder / "files" / "documents").rglob("*.sealed"))) == 1
    assert Document.objects.count() == 1


@pytest.mark.rule("SERV-1")
def test_the_file_is_genuine_and_says_no_more_than_it_should(issued):
    verdict = documents.verify_bytes(documents.bytes_of(issued.id))

    assert verdict.genuine is True
    assert verdict.policy_number == "P2026-4F7K-9QZ2-1XAB"
    assert verdict.signed_by == "安和人寿保险股份有限公司（演示）"
    assert verdict.insured_masked == "李**"
    assert "李雨桐" not in repr(verdict) and "陈晓明" not in repr(verdict) and "3101" not in repr(verdict)
    assert documents.verify_token(issued.token) == verdict


@pytest.mark.rule("SERV-1")
@pytest.mark.rule("DATA-6")
def test_one_changed_byte_anywhere_is_false(issued):
    content = documents.bytes_of(issued.id)
    chance = random.Random(20260101)
    places = {0, 1, 7, len(content) - 1, len(content) // 2, *chance.sample(range(len(content)), 400)}
    for place in places:
        changed = bytearray(content)
        changed[place] ^= 1 << chance.randrange(8)
        verdict = documents.verify_bytes(bytes(changed))
        assert verdict.genuine is False
        assert verdict.policy_number is None and verdict.insurer is None


@pytest.mark.rule("SERV-1")
def test_the_signature_alone_catches_a_change_too(issued):
    """Behind the digest stands the signature: PDF software of a third party sees the same."""
    content = documents.bytes_of(issued.id)
    place = content.index(b"/Contents")
    signed = [1_000, 5_000, len(content) // 3, place - 200, len(content) - 5]
    for at in signed:
        changed = bytearray(content)
        changed[at] ^= 1
        found = pdf.inspect(bytes(changed), clock.now())
        assert found is None or not found.whole
    assert pdf.inspect(content, clock.now()).whole


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda c: c + b"\n", "changed"),
        (lambda c: c[:-1], "changed"),
        (lambda c: c.replace(b"%PDF-1.7", b"%PDF-1.4"), "changed"),
        (lambda c: b"%PDF-1.7\n%%EOF", "unknown"),
        (lambda c: b"", "not_pdf"),
        (lambda c: b"hello", "not_pdf"),
        (lambda c: b"%PDF-" + b"/Contents <" + b"30" * 4000 + b">" * 100, "unknown"),
        (lambda c: b"%PDF-" + b"/Contents <" + b"f" * 65535 + b">", "unknown"),
    ],
)
def test_other_files_are_false_with_the_reason(issued, change, code):
    verdict = documents.verify_bytes(change(documents.bytes_of(issued.id)))
    assert (verdict.genuine, verdict.code) == (False, code)
    assert verdict.what.zh and verdict.what.en


def test_a_file_over_ten_megabytes_is_not_even_looked_at():
    with pytest.raises(FileTooLarge):
        documents.verify_bytes(bytes(documents.MAX_FILE_BYTES + 1))


@pytest.mark.parametrize("token", ["", "x", "x" * 10_000, "'; DROP TABLE documents_document; --"])
def test_an_unknown_token_is_false(issued, token):
    assert documents.verify_token(token).code == "unknown_token"


def test_tokens_cannot_be_guessed(issued):
    other = documents.issue_policy_document(policy_document())
    assert len(issued.token) >= 32 and issued.token != other.token


@pytest.mark.parametrize("insurer", INSURERS, ids=lambda insurer: insurer.code)
def test_each_insurer_signs_with_a_certificate_of_its_own(insurer):
    view = documents.issue_policy_document(policy_document(insurer=insurer))
    content = documents.bytes_of(view.id)
    found = pdf.inspect(content, clock.now())

    assert found.whole and found.trusted
    assert found.signer_name == f"{insurer.name.zh}（演示）"
    assert found.fingerprint == authority.insurer(insurer.code, insurer.name.zh).fingerprint
    assert documents.verify_bytes(content).genuine


def test_the_certificates_say_that_they_are_samples():
    root = authority.root()
    leaf = authority.insurer("anhe", "安和人寿保险股份有限公司")
    assert "SAMPLE" in root.common_name and "演示" in root.common_name and "演示" in leaf.common_name
    leaf.certificate.verify_directly_issued_by(root.certificate)
    assert len(authority.known_fingerprints()) == 1


@pytest.mark.parametrize("code", ["../root", "", "_root", "A", "a/b", "a" * 41])
def test_an_insurer_code_is_never_a_path(code):
    with pytest.raises(ValueError, match="insurer code"):
        authority.insurer(code, "x")


def test_a_certificate_of_another_installation_is_not_ours(issued, settings, tmp_path):
    content = documents.bytes_of(issued.id)
    settings.BAOHE_DATA = tmp_path / "other"
    assert documents.verify_bytes(content).genuine is False


def test_a_damaged_copy_of_ours_is_reported_as_damaged(issued, own_data_folder):
    held = next((own_data_folder / "files" / "documents").rglob("*.sealed"))
    sealed = bytearray(held.read_bytes())
    sealed[100] ^= 1
    held.write_bytes(bytes(sealed))
    assert documents.verify_token(issued.token).code == "damaged"


def test_the_file_at_rest_shows_no_name(issued, own_data_folder):
    held = next((own_data_folder / "files" / "documents").rglob("*.sealed"))
    assert b"%PDF" not in held.read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE documents_document SET sha256 = sha256('x')",
        "UPDATE documents_document SET state = 'preparing'",
        "UPDATE documents_document SET token = repeat('x', 32)",
        "DELETE FROM documents_document",
        "TRUNCATE documents_document",
    ],
)
def test_an_issued_document_never_changes(issued, change):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert documents.verify_token(issued.token).genuine


class TestProposal:
    def test_the_digest_is_of_the_content_and_printed_on_it(self):
        paper = documents.proposal_document(proposal_document())
        text = text_of(paper.content)
        assert paper.digest in text and "待签署" in text and "投保单" in text
        assert documents.proposal_document(proposal_document()) == paper

    @pytest.mark.rule("DATA-6")
    @pytest.mark.parametrize("change", [{"premium_fen": 128_641}, {"version_hash": "cd" * 32}, {"beneficiaries": ()}])
    def test_another_content_has_another_digest(self, change):
        paper = documents.proposal_document(proposal_document())
        assert documents.proposal_document(proposal_document(**change)).digest != paper.digest

    def test_a_proposal_is_no_policy(self):
        paper = documents.proposal_document(proposal_document())
        assert documents.verify_bytes(paper.content).genuine is False


def test_names_of_any_script_and_length_are_set():
    long = "阿卜杜热西提·买买提艾力·穆罕默德" * 2
    insured = replace(policy_document().insured, name=long)
    data = policy_document(insured=insured, signature=None, beneficiaries=(), special_exclusions=(), conditions=())
    view = documents.issue_policy_document(data)
    assert documents.verify_bytes(documents.bytes_of(view.id)).genuine


@pytest.mark.parametrize("words", ['"#eval("x")"', "#let x = 1", "$a$ *b* _c_ `d` <e> @f \\ // /*", "]]]}}}", "=标题"])
def test_typesetting_marks_in_the_text_are_only_text(words):
    data = policy_document(special_exclusions=(words,), product_name=replace(policy_document().product_name, zh=words))
    view = documents.issue_policy_document(data)
    assert words.split()[0][:4] in text_of(documents.bytes_of(view.id))
