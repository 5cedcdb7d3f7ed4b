"""The log as the world reads it: checkpoint, tiles, proofs, and the checker they are piped into."""

from __future__ import annotations

import subprocess
import sys

import pytest

from baohe.cli import log as log_command
from baohe.kernel import merkle
from baohe.kernel.tlog import read_proof
from baohe.rooms.evidence import facade as evidence

pytestmark = pytest.mark.django_db


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


def test_log_check_through_the_one_program():
    done = subprocess.run(
        [sys.executable, "-m", "baohe.cli.main", "log", "check"], input=b"{}", capture_output=True, check=False
    )
    assert done.returncode == 2
