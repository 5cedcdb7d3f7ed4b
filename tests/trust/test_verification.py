"""A paper is verified by strangers: by its code, by its file, offline and at a terminal."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baohe.cli import log as log_command
from baohe.cli import verify as verify_command
from baohe.flows.check_document import check_file
from baohe.rooms.documents import facade as documents
from baohe.rooms.evidence import facade as evidence
from tests.trust.papers import policy_document

pytestmark = pytest.mark.django_db


def upload(web: Client, content: bytes):
    return web.post("/api/public/v1/verify", {"file": SimpleUploadedFile("policy.pdf", content)})


@pytest.mark.rule("SERV-1")
def test_a_stranger_verifies_by_code_and_by_file(web, issued):
    by_code = web.get(f"/api/public/v1/verify/{issued.token}").json()
    by_file = upload(web, documents.bytes_of(issued.id)).json()

    assert by_code == by_file
    assert by_code["genuine"] is True
    assert by_code["sha256"] == issued.sha256
    assert by_code["insured_masked"] == "李**"
    assert (by_code["leaf_index"], by_code["tree_size"]) == (0, 1)
    assert "李雨桐" not in json.dumps(by_code, ensure_ascii=False)


@pytest.mark.rule("SERV-1")
def test_one_changed_byte_is_false(web, issued):
    content = bytearray(documents.bytes_of(issued.id))
    content[5_000] ^= 1
    answer = upload(web, bytes(content))
    assert answer.status_code == 200
    assert answer.json()["genuine"] is False
    assert answer.json()["code"] == "changed"
    assert answer.json()["policy_number"] is None


def test_the_proof_of_the_verdict_holds(web, issued):
    shown = web.get(f"/api/public/v1/verify/{issued.token}").json()
    leaf = evidence.proof(str(issued.policy_id), "document_issued")
    statement = {
        "kind": "inclusion",
        "leaf_index": shown["leaf_index"],
        "tree_size": shown["tree_size"],
        "leaf_hash": leaf.as_check()["leaf_hash"],
        "root_hash": shown["root_hash"],
        "proof": shown["proof"],
    }
    assert log_command.check(json.dumps(statement).encode()) == 0


def test_another_document_on_record_proves_nothing_about_this_file(issued):
    view = documents.issue_policy_document(policy_document())
    evidence.append_once("document_issued", str(view.policy_id), {"document_sha256": "00" * 32}, 3)
    evidence.integrate()
    checked = check_file(documents.bytes_of(view.id))
    assert checked.verdict.genuine and checked.proof is None


def test_the_verdict_stands_while_the_log_is_halted(web, issued, own_data_folder):
    next((own_data_folder / "files" / "log").rglob("checkpoint.json")).write_text("{}")
    shown = web.get(f"/api/public/v1/verify/{issued.token}").json()
    assert shown["genuine"] is True and shown["leaf_index"] is None
    assert web.get("/healthz").json()["evidence_log"] == "log_refuses_to_sign"
    assert web.get("/log/checkpoint").status_code == 503


@pytest.mark.parametrize("token", ["x", "x" * 500, "../../etc", "%00", "'"])
def test_unknown_codes(web, issued, token):
    answer = web.get(f"/api/public/v1/verify/{token}")
    assert answer.status_code in (200, 404)
    assert answer.status_code == 404 or answer.json()["genuine"] is False


def test_bad_uploads_are_problems(web):
    assert web.post("/api/public/v1/verify").status_code == 422
    assert web.post("/api/public/v1/verify", b"{}", content_type="application/json").status_code == 422
    assert web.post("/api/public/v1/verify", {"file": "text"}).status_code == 422
    large = upload(web, bytes(documents.MAX_FILE_BYTES + 1))
    assert large.status_code == 413
    assert large["Content-Type"] == "application/problem+json"
    assert upload(web, b"").json()["code"] == "not_pdf"


def test_an_upload_that_is_too_large_is_refused_before_it_is_read(web):
    answer = web.generic(
        "POST",
        "/api/public/v1/verify",
        b"x",
        content_type="multipart/form-data; boundary=b",
        CONTENT_LENGTH="999999999",
    )
    assert answer.status_code == 413


def test_the_offline_proof_verifies_the_file_alone(web, issued, tmp_path, capsys):
    paper, proof = tmp_path / "policy.pdf", tmp_path / "policy.tlog-proof"
    paper.write_bytes(documents.bytes_of(issued.id))
    proof.write_bytes(web.get(f"/api/public/v1/verify/{issued.token}/proof").content)
    key = web.get("/log/key").content.decode().strip()
    call = [str(paper), "--proof", str(proof), "--key", key]

    assert verify_command.main(call) == 0
    paper.write_bytes(paper.read_bytes() + b"\n")
    assert verify_command.main(call) == 1
    proof.write_text(proof.read_text().replace("index 0", "index 1"))
    assert verify_command.main(call) == 1
    assert verify_command.main([*call[:-1], "nonsense"]) == 2
    assert verify_command.main([str(tmp_path / "none"), *call[1:]]) == 2
    capsys.readouterr()


def test_the_command_verifies_against_the_installation(issued, tmp_path, capsys):
    paper = tmp_path / "policy.pdf"
    paper.write_bytes(documents.bytes_of(issued.id))
    assert verify_command.main([str(paper), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["genuine"] is True and shown["policy_number"] == "P2026-4F7K-9QZ2-1XAB"
    paper.write_bytes(b"%PDF-1.7")
    assert verify_command.main([str(paper)]) == 1
    assert "没有签发过" in capsys.readouterr().out
    assert verify_command.main([str(tmp_path / "none.pdf"), "--json"]) == 2
    assert json.loads(capsys.readouterr().out)["checked"] is False
