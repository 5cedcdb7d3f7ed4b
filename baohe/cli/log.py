"""`baohe log …`: the evidence log from outside.

`check` needs neither the installation nor Django: an auditor runs it on a machine of their own. It imports only the
standard library and the tree, so that it starts at once.

What counts as what:
- malformed (2): not one JSON object in UTF-8; a repeated key anywhere; NaN or Infinity; a missing key; a `kind` we do
  not know; a number that is not an integer (true is not 1, 1.0 is not 1) or is negative or ≥ 2^64 (a tree size is a
  uint64 in RFC 9162); a hash that is not strict base64 of exactly 32 bytes; a proof that is not a list; more input
  after the object. Extra keys are let pass: a proof may carry its own remarks.
- invalid (1): well formed, but the statement is false or the RFC gives it no meaning: an index outside of the tree, a
  tree of size 0, a first size of 0 or beyond the second, missing or surplus nodes, a root that does not come out.
- valid (0).
"""

from __future__ import annotations

import base64
import binascii
import json
import sys
from collections.abc import Sequence
from typing import IO, Any

from baohe.kernel.merkle import HASH_BYTES, verify_consistency, verify_inclusion

VALID, INVALID, MALFORMED = 0, 1, 2

_MAX_INPUT = 64 * 1024 * 1024
_UINT64 = 1 << 64
_LONGEST_NUMBER = 20
"""Decimal digits of 2^64. Longer literals never become an int: converting millions of digits takes minutes."""


class Malformed(ValueError):
    """The input is not a statement at all."""


def check(raw: bytes) -> int:
    """0 valid, 1 invalid, 2 malformed, for one JSON object."""
    return examine(raw)[0]


def examine(raw: bytes) -> tuple[int, str]:
    """The exit code and one sentence saying why."""
    try:
        holds = _judge(_read(raw))
    except Malformed as problem:
        return MALFORMED, str(problem)
    return (VALID, "the proof holds") if holds else (INVALID, "the proof does not hold")


def _judge(statement: dict[str, Any]) -> bool:
    kind = statement.get("kind")
    if kind == "inclusion":
        return verify_inclusion(
            _number(statement, "leaf_index"),
            _number(statement, "tree_size"),
            _hash(statement, "leaf_hash"),
            _proof(statement),
            _hash(statement, "root_hash"),
        )
    if kind == "consistency":
        return verify_consistency(
            _number(statement, "size1"),
            _number(statement, "size2"),
            _hash(statement, "root1"),
            _hash(statement, "root2"),
            _proof(statement),
        )
    raise Malformed("kind must be inclusion or consistency")


def _read(raw: bytes) -> dict[str, Any]:
    if len(raw) > _MAX_INPUT:
        raise Malformed("larger than 64 MiB")
    try:
        statement = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
            parse_int=_bounded_int,
            parse_float=_no_float,
        )
    except UnicodeDecodeError:
        raise Malformed("not UTF-8") from None
    except json.JSONDecodeError as problem:
        raise Malformed(f"not JSON: {problem.msg} at character {problem.pos}") from None
    except RecursionError:
        raise Malformed("nested too deep") from None
    if not isinstance(statement, dict):
        raise Malformed("not a JSON object")
    return statement


class _NotAnInteger:
    """Stands for a number that no field accepts, so that an unread extra key may still hold one."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise Malformed("a key appears twice")
    return result


def _no_constant(literal: str) -> Any:
    raise Malformed(f"{literal} is not JSON")


def _no_float(literal: str) -> _NotAnInteger:
    return _NotAnInteger()


def _bounded_int(literal: str) -> int | _NotAnInteger:
    return int(literal) if len(literal) <= _LONGEST_NUMBER else _NotAnInteger()


def _field(statement: dict[str, Any], key: str) -> Any:
    if key not in statement:
        raise Malformed(f"{key} is missing")
    return statement[key]


def _number(statement: dict[str, Any], key: str) -> int:
    value = _field(statement, key)
    if type(value) is not int:  # bool is a subclass of int
        raise Malformed(f"{key} is not an integer below 2^64")
    if not 0 <= value < _UINT64:
        raise Malformed(f"{key} is not an integer from 0 to 2^64 - 1")
    return value


def _hash(statement: dict[str, Any], key: str) -> bytes:
    return _decoded(_field(statement, key), key)


def _proof(statement: dict[str, Any]) -> Sequence[bytes]:
    value = _field(statement, "proof")
    if not isinstance(value, list):
        raise Malformed("proof is not a list")
    return [_decoded(item, f"proof[{position}]") for position, item in enumerate(value)]


def _decoded(value: Any, name: str) -> bytes:
    if not isinstance(value, str):
        raise Malformed(f"{name} is not text")
    try:
        plain = base64.b64decode(value.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise Malformed(f"{name} is not base64") from None
    # Round trip: the decoder forgives stray bits in the last character and padding in odd places.
    if len(plain) != HASH_BYTES or base64.b64encode(plain).decode() != value:
        raise Malformed(f"{name} is not the base64 of {HASH_BYTES} bytes")
    return plain


def run_check(stdin: IO[bytes], stdout: IO[str], as_json: bool = False) -> int:
    """Read the statement, print the verdict, return the exit code."""
    code, sentence = examine(stdin.read(_MAX_INPUT + 1))
    if as_json:
        word = ("valid", "invalid", "malformed")[code]
        print(json.dumps({"result": word, "why": sentence}), file=stdout)
    else:
        print(("valid: ", "invalid: ", "malformed: ")[code] + sentence, file=stdout)
    return code


_USAGE = """usage: baohe log check [--json] < PROOF.json
       baohe log key | checkpoint | integrate | audit
"""


def main(arguments: Sequence[str]) -> int:
    """`baohe log …`; the arguments after `log`. Returns the exit code (64 for a wrong call)."""
    command, *rest = arguments or [""]
    if command == "check" and set(rest) <= {"--json"}:
        return run_check(sys.stdin.buffer, sys.stdout, as_json="--json" in rest)
    if command in ("key", "checkpoint", "integrate", "audit") and not rest:
        from baohe.cli.log_of_installation import run

        return run(command)
    print(_USAGE, end="", file=sys.stdout if command in ("--help", "-h") else sys.stderr)
    return 0 if command in ("--help", "-h") else 64


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
