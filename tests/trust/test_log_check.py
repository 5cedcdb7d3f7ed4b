"""`baohe log check`: what is valid, what is invalid, what is not a statement at all."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baohe.cli.log import INVALID, MALFORMED, VALID, check, examine, main, run_check
from baohe.kernel import merkle
from tests.trust import naive_tree

ENTRIES = [f"entry {number}".encode() for number in range(70)]


def b64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def inclusion(index: int = 3, size: int = 7, **changes) -> dict:
    statement = {
        "kind": "inclusion",
        "leaf_index": index,
        "tree_size": size,
        "leaf_hash": b64(merkle.leaf_hash(ENTRIES[index])),
        "root_hash": b64(naive_tree.mth(ENTRIES[:size])),
        "proof": [b64(node) for node in naive_tree.path(index, ENTRIES[:size])],
    }
    return statement | changes


def consistency(old: int = 3, new: int = 7, **changes) -> dict:
    statement = {
        "kind": "consistency",
        "size1": old,
        "size2": new,
        "root1": b64(naive_tree.mth(ENTRIES[:old])),
        "root2": b64(naive_tree.mth(ENTRIES[:new])),
        "proof": [b64(node) for node in naive_tree.proof(old, ENTRIES[:new])],
    }
    return statement | changes


def code(statement: object) -> int:
    return check(json.dumps(statement).encode())


def without(statement: dict, key: str) -> dict:
    return {k: v for k, v in statement.items() if k != key}


def test_true_statements_are_valid():
    assert [code(inclusion(i, n)) for n in range(1, 34) for i in range(n)] == [VALID] * 561
    assert [code(consistency(m, n)) for n in range(1, 34) for m in range(1, n + 1)] == [VALID] * 561


ZERO = b64(bytes(32))
EMPTY = b64(merkle.EMPTY_ROOT)


@pytest.mark.parametrize(
    "statement",
    [
        inclusion(leaf_index=7),
        inclusion(leaf_index=4),
        inclusion(tree_size=9),
        inclusion(tree_size=0, leaf_index=0),
        inclusion(tree_size=0, leaf_index=0, proof=[]),
        inclusion(proof=[]),
        inclusion(leaf_hash=ZERO),
        inclusion(root_hash=ZERO),
        inclusion(proof=[*inclusion()["proof"], ZERO]),
        inclusion(proof=inclusion()["proof"][:-1]),
        inclusion(0, 1, proof=[ZERO]),
        inclusion(leaf_index=2**64 - 1, tree_size=2**64 - 1),
        consistency(size1=0),
        consistency(size1=0, root1=EMPTY, proof=[]),
        consistency(size1=0, size2=0, root1=EMPTY, root2=EMPTY, proof=[]),
        consistency(size1=8),
        consistency(size1=7),
        consistency(4, 4, proof=[ZERO]),
        consistency(4, 4, root2=ZERO),
        consistency(4, 8, proof=[]),
        consistency(root1=ZERO),
        consistency(root2=ZERO),
        consistency(proof=[*consistency()["proof"], ZERO]),
        consistency(size2=2**64 - 1),
    ],
    ids=str,
)
def test_false_statements_are_invalid(statement):
    assert code(statement) == INVALID


HASH = inclusion()["leaf_hash"]


@pytest.mark.parametrize(
    "statement",
    [
        [],
        [inclusion()],
        "inclusion",
        None,
        1,
        {},
        *[without(inclusion(), key) for key in inclusion()],
        *[without(consistency(), key) for key in consistency()],
        inclusion(kind="Inclusion"),
        inclusion(kind=None),
        inclusion(kind=["inclusion"]),
        inclusion(kind={}),
        inclusion(kind="consistency"),
        consistency(kind="inclusion"),
        inclusion(leaf_index=True),
        inclusion(tree_size=True),
        inclusion(leaf_index=False),
        inclusion(leaf_index=-1),
        inclusion(tree_size=-7),
        inclusion(leaf_index=3.0),
        inclusion(leaf_index=1e2),
        inclusion(leaf_index="3"),
        inclusion(leaf_index=None),
        inclusion(leaf_index=[3]),
        inclusion(tree_size=2**64),
        inclusion(tree_size=10**400),
        consistency(size1=-1),
        consistency(size1=True),
        consistency(size2="7"),
        inclusion(leaf_hash=""),
        inclusion(root_hash=""),
        inclusion(leaf_hash=None),
        inclusion(leaf_hash=7),
        inclusion(leaf_hash=b64(bytes(31))),
        inclusion(leaf_hash=b64(bytes(33))),
        inclusion(leaf_hash=HASH.rstrip("=")),
        inclusion(leaf_hash=HASH + "="),
        inclusion(leaf_hash=HASH + "\n"),
        inclusion(leaf_hash=" " + HASH),
        inclusion(leaf_hash=HASH[:20] + "\n" + HASH[20:]),
        inclusion(leaf_hash="=" + HASH),
        inclusion(leaf_hash=b64(b"\xff" * 32).replace("/", "_")),
        inclusion(leaf_hash="１" * 43 + "="),
        inclusion(leaf_hash=bytes(32).hex()),
        inclusion(proof=None),
        inclusion(proof={}),
        inclusion(proof="".join(inclusion()["proof"])),
        inclusion(proof=[""]),
        inclusion(proof=[None]),
        inclusion(proof=[1]),
        inclusion(proof=[inclusion()["proof"]]),
        inclusion(proof=[b64(bytes(31))]),
        consistency(root1=""),
        consistency(root2=b64(b"")),
    ],
    ids=str,
)
def test_what_is_no_statement_is_malformed(statement):
    assert code(statement) == MALFORMED


def test_stray_bits_in_the_last_base64_character_are_malformed():
    # 32 bytes leave two unused bits in the last character: A, B, C and D all decode to the same bytes.
    plain = b64(bytes(32))
    assert code(inclusion(leaf_hash=plain)) == INVALID
    assert code(inclusion(leaf_hash=plain[:-2] + "B=")) == MALFORMED


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" \n",
        b"{",
        b"nonsense",
        b"\xff\xfe{}",
        b"\xef\xbb\xbf" + json.dumps(inclusion()).encode(),
        json.dumps(inclusion()).encode("utf-16"),
        json.dumps(inclusion()).encode() + b" x",
        json.dumps(inclusion()).encode() * 2,
        json.dumps(inclusion()).encode()[:-1] + b',"leaf_index":3}',
        json.dumps(inclusion()).encode()[:-1] + b',"note":NaN}',
        json.dumps(inclusion()).encode()[:-1] + b',"note":-Infinity}',
        json.dumps(inclusion()).encode().replace(b": 3", b": 03"),
        b"[" * 200_000,
        b"[" * 200_000 + b"]" * 200_000,
        b"\x00",
    ],
    ids=lambda raw: repr(raw[:24]),
)
def test_what_is_no_json_object_is_malformed(raw):
    assert check(raw) == MALFORMED


def test_remarks_beside_the_proof_are_let_pass():
    assert code(inclusion() | {"subject": "policy", "ratio": 0.5, "large": 10**30}) == VALID


def test_white_space_around_the_object_is_json():
    assert check(b"\n " + json.dumps(inclusion(), indent=2).encode() + b"\n") == VALID


def test_a_number_of_millions_of_digits_is_refused_at_once():
    raw = json.dumps(inclusion()).replace('"leaf_index": 3', '"leaf_index": ' + "9" * 3_000_000)
    started = time.process_time()
    assert check(raw.encode()) == MALFORMED
    assert time.process_time() - started < 5  # int() of it would take minutes


def test_a_proof_of_a_hundred_thousand_nodes_is_only_wrong():
    assert code(inclusion(proof=[ZERO] * 100_000)) == INVALID
    assert code(consistency(proof=[ZERO] * 100_000)) == INVALID


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_input_raises(raw):
    assert check(raw) == MALFORMED


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just(HASH),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([inclusion(), consistency()]), st.data())
def test_no_changed_field_is_valid_or_raises(statement, data):
    key = data.draw(st.sampled_from(sorted(statement)))
    value = data.draw(json_values)
    if type(value) is type(statement[key]) and value == statement[key]:
        return
    assert code(statement | {key: value}) in (INVALID, MALFORMED)


def test_the_command_prints_why_and_exits_with_the_code():
    for statement, expected, word in [
        (inclusion(), VALID, "valid"),
        (inclusion(leaf_hash=ZERO), INVALID, "invalid"),
        ({}, MALFORMED, "malformed"),
    ]:
        out = io.StringIO()
        assert run_check(io.BytesIO(json.dumps(statement).encode()), out) == expected
        assert out.getvalue().startswith(f"{word}: ")
        out = io.StringIO()
        assert run_check(io.BytesIO(json.dumps(statement).encode()), out, as_json=True) == expected
        assert json.loads(out.getvalue())["result"] == word


def test_a_wrong_call_is_not_mistaken_for_a_verdict(capsys):
    assert main(["chekc"]) == 64
    assert main([]) == 64
    assert main(["check", "file"]) == 64
    assert "usage" in capsys.readouterr().err


def test_it_runs_alone_and_without_django():
    program = (
        "import sys; from baohe.cli.log import main; code = main(['check']);"
        "assert 'django' not in sys.modules; sys.exit(code)"
    )
    for statement, expected in [(inclusion(), 0), (consistency(size1=0), 1), ([], 2)]:
        done = subprocess.run(
            [sys.executable, "-c", program], input=json.dumps(statement).encode(), capture_output=True, check=False
        )
        assert done.returncode == expected, done.stderr


def test_the_reason_is_a_sentence():
    assert examine(b"{}")[1] == "kind must be inclusion or consistency"
