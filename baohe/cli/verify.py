"""`baohe verify FILE`: is this policy document genuine?

With the installation: known to the last byte, signed by its insurer, on record in the evidence log.
Offline, with `--proof FILE.tlog-proof --key VKEY`: the file is the one whose digest the log signed for, checked with
nothing but the two files and the log's public key.

Exit codes: 0 genuine, 1 not genuine, 2 could not be checked (no such file, too large, wrong call).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

GENUINE, NOT_GENUINE, NOT_CHECKED = 0, 1, 2

_MAX_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class Result:
    code: int
    zh: str
    en: str
    facts: dict[str, Any] = field(default_factory=dict)


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="baohe verify", description="核验电子保单 · verify a policy document")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help="一行 JSON · one line of JSON")
    parser.add_argument("--proof", type=Path, metavar="FILE.tlog-proof", help="离线核验 · check offline")
    parser.add_argument("--key", metavar="VKEY", help="日志公钥（/log/key）· the log's verifier key")
    chosen = parser.parse_args(arguments)
    if (chosen.proof is None) != (chosen.key is None):
        parser.error("--proof 和 --key 要一起用 · --proof and --key belong together")
    try:
        content = _read(chosen.file)
        result = _offline(content, chosen.proof, chosen.key) if chosen.proof else _installed(content)
    except OSError as problem:
        result = Result(NOT_CHECKED, f"读不到文件：{problem.filename}", f"cannot read {problem.filename}")
    _print(result, chosen.json)
    return result.code


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_MAX_BYTES + 1)


def _installed(content: bytes) -> Result:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baohe.config.settings")
    import django

    django.setup()
    from django.db import DatabaseError

    from baohe.flows.check_document import check_file
    from baohe.kernel.errors import BaoheError

    try:
        checked = check_file(content)
    except BaoheError as refusal:
        return Result(NOT_CHECKED, refusal.message_zh, refusal.message_en)
    except DatabaseError:
        return Result(
            NOT_CHECKED, "数据库没有运行：请先启动平台", "The database does not answer: start the platform first"
        )
    verdict, proof = checked.verdict, checked.proof
    facts = {
        "sha256": verdict.sha256,
        "policy_number": verdict.policy_number,
        "insurer": verdict.insurer.zh if verdict.insurer else None,
        "signed_by": verdict.signed_by,
        "signed_at": verdict.signed_at.isoformat() if verdict.signed_at else None,
        "stamped_at": verdict.stamped_at.isoformat() if verdict.stamped_at else None,
        "stamped_by": verdict.stamped_by,
        "profile": verdict.profile,
        "customer_signature": _signature(checked.signature),
        "policy_state": checked.state,
        "leaf_index": proof.leaf_index if proof else None,
        "tree_size": proof.tree_size if proof else None,
    }
    return Result(GENUINE if verdict.genuine else NOT_GENUINE, verdict.what.zh, verdict.what.en, facts)


def _signature(findings: Sequence[Any]) -> str | None:
    """The policyholder's own signature in a word, or the parts of it that were changed; None without one."""
    if not findings:
        return None
    changed = [one.part for one in findings if not one.holds]
    return "as signed" if not changed else f"changed: {', '.join(changed)}"


def _offline(content: bytes, proof_path: Path, key: str) -> Result:
    from baohe.adapters.signing.notes import NoteRefused, open_checkpoint, parse_vkey
    from baohe.kernel.merkle import leaf_hash, verify_inclusion
    from baohe.kernel.tlog import ProofTextRefused, read_proof

    digest = sha256(content).hexdigest()
    try:
        verifier = parse_vkey(key)
    except NoteRefused:
        return Result(NOT_CHECKED, "公钥格式不对", "The key is not a verifier key")
    try:
        proof = read_proof(_read(proof_path).decode())
        head = open_checkpoint(proof.checkpoint, verifier)
        facts = proof.facts() or {}
    except (ProofTextRefused, NoteRefused, UnicodeDecodeError) as problem:
        return Result(NOT_GENUINE, "证明无效", f"The proof does not hold: {problem}", {"sha256": digest})
    held = verify_inclusion(proof.leaf_index, head.size, leaf_hash(proof.leaf_data), proof.proof, head.root_hash)
    if not held or head.origin != verifier.name:
        return Result(NOT_GENUINE, "证明无效：不在这棵树里", "The proof does not hold", {"sha256": digest})
    if facts.get("document_sha256") != digest:
        return Result(
            NOT_GENUINE,
            "这份文件不是证明所指的那一份，或已被改动",
            "This is not the file that the proof is for, or it was changed",
            {"sha256": digest},
        )
    shown = {"sha256": digest, "leaf_index": proof.leaf_index, "tree_size": head.size, "log": head.origin}
    return Result(
        GENUINE,
        "这份文件与日志存证的一字不差",
        "The file is exactly the one on record in the log",
        shown,
    )


def _print(result: Result, as_json: bool) -> None:
    facts = {key: value for key, value in result.facts.items() if value is not None}
    if as_json:
        verdict = {"genuine": result.code == GENUINE, "checked": result.code != NOT_CHECKED}
        print(json.dumps({**verdict, "zh": result.zh, "en": result.en, **facts}, ensure_ascii=False))
        return
    print(result.zh, result.en, sep="\n", file=sys.stderr if result.code == NOT_CHECKED else sys.stdout)
    for key, value in facts.items():
        print(f"  {key:<18} {value}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
