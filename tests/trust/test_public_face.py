"""The public face: verification, the log over HTTP, explanations, and the app's shell."""

from __future__ import annotations

import json
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baohe.cli import log as log_command
from baohe.cli import verify as verify_command
from baohe.flows.check_document import check_file
from baohe.kernel import merkle
from baohe.kernel.tlog import read_proof
from baohe.rooms.documents import facade as documents
from baohe.rooms.evidence import facade as evidence
from tests.trust.papers import policy_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def web():
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def issued():
    """A document on record, as the flow leaves it."""
    view = documents.issue_policy_document(policy_document())
    facts = {"document_sha256": view.sha256, "document_id": str(view.id)}
    evidence.append_once("document_issued", str(view.policy_id), facts, 3)
    evidence.integrate()
    return view


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


class TestLog:
    @pytest.fixture(autouse=True)
    def leaves(self, issued):
        evidence.append_many([evidence.NewLeaf("policy_issued", f"p-{i}", {"n": i}, 3) for i in range(299)])
        evidence.integrate()

    def test_checkpoint_key_and_front(self, web):
        assert web.get("/log/checkpoint").content.decode() == evidence.checkpoint().note
        assert web.get("/log/checkpoint")["Content-Type"] == "text/plain; charset=utf-8"
        assert web.get("/log/key").content.decode().strip() == evidence.verifier_key()
        assert "300" in web.get("/log/").content.decode()

    def test_a_client_rebuilds_the_root_from_tiles_and_entries(self, web):
        hashes = web.get("/log/tile/0/000").content + web.get("/log/tile/0/001.p/44").content
        entries = web.get("/log/tile/entries/000").content + web.get("/log/tile/entries/001.p/44").content
        at, leaves = 0, []
        while at < len(entries):
            length = int.from_bytes(entries[at : at + 2], "big")
            leaves.append(entries[at + 2 : at + 2 + length])
            at += 2 + length
        assert hashes == b"".join(merkle.leaf_hash(leaf) for leaf in leaves)
        assert b"immutable" in web.get("/log/tile/0/000")["Cache-Control"].encode()
        assert not any(b"p-1" in leaf for leaf in leaves)

    @pytest.mark.parametrize(
        "path",
        [
            "0/001", "0/002", "0/001.p/45", "0/001.p/0", "0/001.p/256", "0/001.p/044", "1/001", "8/000", "00/000",
            "0/1", "0/x000/000", "entries/001", "entries/001.p/45", "0/000.p/300", "0/x999/x999/x999/x999/x999/999",
        ],
    )  # fmt: skip
    def test_no_other_tiles(self, web, path):
        assert web.get(f"/log/tile/{path}").status_code == 404

    def test_proofs_pipe_into_the_checker(self, web):
        for path in ("/log/proof/p-298.json", "/log/consistency?from=1", "/log/consistency?from=1&to=300"):
            answer = web.get(path)
            assert answer.status_code == 200
            assert log_command.check(answer.content) == 0

    def test_the_published_proof_keeps_the_facts_to_itself(self, web):
        text = web.get("/log/proof/p-5").content.decode()
        assert text.startswith("c2sp.org/tlog-proof@v1\n")
        assert read_proof(text).opening is None

    @pytest.mark.parametrize(
        "path",
        [
            "proof/nobody",
            "proof/nobody.json",
            "proof/a%00b",
            "proof/p-1?kind=%00",
            "consistency?from=0",
            "consistency?from=301",
        ],
    )
    def test_what_is_not_there_is_404(self, web, path):
        assert web.get(f"/log/{path}").status_code == 404

    @pytest.mark.parametrize("query", ["", "?from=x", "?from=-1", "?from=1&to=", "?from=" + "9" * 30, "?from=١"])
    def test_bad_sizes_are_422(self, web, query):
        assert web.get(f"/log/consistency{query}").status_code == 422

    def test_the_log_is_read_only(self, web):
        assert web.post("/log/checkpoint").status_code in (403, 405)


class TestApp:
    @pytest.fixture
    def dist(self, settings, tmp_path):
        root = tmp_path / "dist"
        (root / "assets").mkdir(parents=True)
        (root / "index.html").write_text("<!doctype html><title>保和</title>")
        (root / "assets" / "app-1a2b.js").write_text("plain")
        (root / "assets" / "app-1a2b.js.br").write_bytes(b"brotli")
        (root / "assets" / "app-1a2b.js.gz").write_bytes(b"gzip")
        (root / "sw.js").write_text("worker")
        (tmp_path / "secret.txt").write_text("secret")
        settings.BAOHE_APP = root
        return root

    @pytest.mark.parametrize("path", ["/", "/products/x", "/policies/1/claim", "/verify/abc", "/mine"])
    def test_every_page_is_the_shell(self, web, dist, path):
        answer = web.get(path)
        assert answer.status_code == 200 and "保和" in answer.content.decode()
        assert answer["Cache-Control"] == "no-cache"
        assert web.get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304

    def test_assets_never_change_and_come_packed(self, web, dist):
        plain = web.get("/assets/app-1a2b.js")
        assert plain.content == b"plain" and "immutable" in plain["Cache-Control"]
        assert plain["Content-Type"].startswith("text/javascript")
        packed = web.get("/assets/app-1a2b.js", headers={"Accept-Encoding": "gzip, br"})
        assert packed.content == b"brotli" and packed["Content-Encoding"] == "br"
        assert packed["Content-Type"].startswith("text/javascript") and "Accept-Encoding" in packed["Vary"]
        assert web.get("/sw.js")["Cache-Control"] == "no-cache"

    @pytest.mark.parametrize(
        "path",
        ["/assets/gone.js", "/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/favicon.ico",
         "/api/shop/v1/nothing", "/api/nothing", "/open/nothing", "/desk/x.php", "/problems/nothing"],
    )  # fmt: skip
    def test_files_that_are_not_there_are_problems(self, web, dist, path):
        answer = web.get(path)
        assert answer.status_code == 404
        assert b"secret" not in answer.content

    def test_without_a_build_it_says_what_to_do(self, web, settings, tmp_path):
        settings.BAOHE_APP = tmp_path / "none"
        answer = web.get("/")
        assert answer.status_code == 503 and "make run" in answer.content.decode()

    def test_pages_are_only_read(self, web, dist):
        assert web.post("/products/x").status_code in (403, 405)


class Outside(HTMLParser):
    """Collects what a strict content security policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.blocked: list[str] = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name == "style" or name.startswith("on") or (name in ("src", "href") and "//" in (value or "")):
                self.blocked.append(f"{tag} {name}={value}")
        if tag in ("script", "style", "iframe"):
            self.blocked.append(tag)


@pytest.mark.parametrize(
    "path",
    ["/problems/", "/problems/not_found", "/openapi/", "/openapi/shop/", "/openapi/open/", "/openapi/public/", "/log/"],
)
def test_server_pages_need_nothing_from_outside_and_no_script(web, path):
    answer = web.get(path)
    assert answer.status_code == 200
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    reader = Outside()
    reader.feed(answer.content.decode())
    assert reader.blocked == []


@pytest.mark.parametrize("name", ["shop", "open", "public"])
def test_each_api_is_published_and_every_operation_is_in_the_reference(web, name):
    found = web.get(f"/openapi/{name}.json").json()
    assert found["openapi"].startswith("3.1")
    reference = web.get(f"/openapi/{name}/").content.decode()
    for path, methods in found["paths"].items():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in reference
        assert path in reference


@pytest.mark.parametrize("path", ["/api/shop/v1/proposals/%0A/beneficiaries", "/api/nothing", "/openapi/%0A"])
def test_what_is_not_there_is_a_problem_document_whatever_the_address(web, path):
    for answer in (web.get(path), web.put(path, "{}", content_type="application/json")):
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_unknown_references_are_404(web):
    assert web.get("/openapi/other.json").status_code == 404
    assert web.get("/openapi/other/").status_code == 404
    assert web.get("/site/other.css").status_code == 404


def test_an_error_code_explains_itself(web):
    assert "没有找到" in web.get("/problems/not_found").content.decode()
    answer = web.get("/problems/file_too_large", headers={"Accept": "application/json"}).json()
    assert answer["status"] == 413 and answer["next"]["zh"]


def test_health(web):
    assert web.get("/healthz").json()["status"] == "ok"


def test_log_check_through_the_one_program():
    done = subprocess.run(
        [sys.executable, "-m", "baohe.cli.main", "log", "check"], input=b"{}", capture_output=True, check=False
    )
    assert done.returncode == 2
