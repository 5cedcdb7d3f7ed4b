"""Signed notes and checkpoints: the specification's own example, the sample log, and everything that is neither."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from baohe.adapters.signing.notes import (
    Checkpoint,
    NoteRefused,
    NoteSigner,
    checkpoint_text,
    open_checkpoint,
    open_note,
    parse_vkey,
)
from baohe.kernel import merkle
from baohe.kernel.tlog import tile_number, tile_path
from baohe.rooms.evidence.rules import subtree_reader
from tests.trust import naive_tree

EXAMPLE_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE_NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)

SIGNER = NoteSigner("baohe.example/log", Ed25519PrivateKey.generate())
HEAD = Checkpoint("baohe.example/log", 5, bytes(range(32)))
NOTE = SIGNER.sign(checkpoint_text(HEAD))


def shared() -> Path:
    return Path(os.environ.get("BAOHE_SHARED", Path(__file__).resolve().parents[3] / "shared")) / "data" / "tlog"


def test_the_example_of_the_specification_verifies():
    assert open_note(EXAMPLE_NOTE, parse_vkey(EXAMPLE_KEY)) == "This is an example message.\n"
    assert parse_vkey(EXAMPLE_KEY).vkey() == EXAMPLE_KEY


def test_a_checkpoint_comes_back_as_it_was_signed():
    assert open_checkpoint(NOTE, SIGNER.verifier) == HEAD
    assert parse_vkey(SIGNER.verifier.vkey()) == SIGNER.verifier


def test_signatures_of_unknown_keys_are_passed_over():
    witness = NoteSigner("witness.example/w", Ed25519PrivateKey.generate()).sign(checkpoint_text(HEAD))
    both = NOTE + witness.rpartition("\n\n")[2]
    assert open_checkpoint(both, SIGNER.verifier) == HEAD
    assert open_checkpoint(NOTE.replace("\n\n", "\n\n" + witness.rpartition("\n\n")[2], 1), SIGNER.verifier) == HEAD


@pytest.mark.parametrize(
    "note",
    [
        "",
        "text only\n",
        NOTE.replace("\n5\n", "\n6\n"),
        NOTE.replace("\n5\n", "\n05\n"),
        NOTE.rstrip("\n"),
        NOTE.replace("— ", "- "),
        NOTE.replace("— ", "—  "),
        NOTE.replace("\n5\n", "\n5\t\n"),
        NOTE.replace(" ", "\x00 ", 1),
        NOTE + "\n",
        NOTE.partition("\n\n")[0] + "\n\n",
        EXAMPLE_NOTE,
        NoteSigner("baohe.example/log", Ed25519PrivateKey.generate()).sign(checkpoint_text(HEAD)),
        NOTE[:-10] + ("B" if NOTE[-10] == "A" else "A") + NOTE[-9:],
        NOTE[:-4] + "!=\n\n",
    ],
)
def test_any_other_note_is_refused(note):
    with pytest.raises(NoteRefused):
        open_checkpoint(note, SIGNER.verifier)


@pytest.mark.parametrize(
    "text",
    [
        "one line\n",
        "origin\nfive\nroot\n",
        "origin\n-1\n" + "A" * 43 + "=\n",
        "origin\n5\nAAAA\n",
        "origin\n٥\n" + "A" * 43 + "=\n",
        "origin\n" + "9" * 30 + "\n" + "A" * 43 + "=\n",
        "origin\n5\n" + "A" * 42 + "B=\n",
    ],
)
def test_a_signed_text_that_is_no_checkpoint_is_refused(text):
    with pytest.raises(NoteRefused):
        open_checkpoint(SIGNER.sign(text), SIGNER.verifier)


@pytest.mark.parametrize(
    "text", ["", "a+b", "a+b+c", EXAMPLE_KEY[:-4], EXAMPLE_KEY.replace("530d", "530e"), "x" + EXAMPLE_KEY]
)
def test_a_damaged_verifier_key_is_refused(text):
    with pytest.raises(NoteRefused):
        parse_vkey(text)


@pytest.mark.parametrize(
    ("number", "path"), [(0, "000"), (7, "007"), (999, "999"), (1000, "x001/000"), (1234067, "x001/x234/067")]
)
def test_tile_paths(number, path):
    assert tile_path(number) == path
    assert tile_number(path) == number


@pytest.mark.parametrize("path", ["", "7", "0000", "x000/007", "001/007", "x01/007", "x001/x234/x067", "x001/", "٠٠٧"])
def test_other_spellings_of_a_number_are_refused(path):
    assert tile_number(path) is None


def test_the_sample_log_of_the_specification_reproduces():
    folder = shared() / "sample_log"
    if not folder.is_dir():
        pytest.skip(f"no sample log at {folder}: set BAOHE_SHARED to the folder that has data/tlog")
    roots, entries = {}, []
    for size in range(1, 16):
        bundle = (folder / "tile" / "entries" / "000.p" / str(size)).read_bytes()
        entries = list(_entries(bundle))
        tile = (folder / "tile" / "0" / "000.p" / str(size)).read_bytes()
        assert tile == b"".join(merkle.leaf_hash(entry) for entry in entries)
        read = subtree_reader(lambda level, number, tile=tile: tile if (level, number) == (0, 0) else b"")
        roots[size] = merkle.root_of(size, read)
        assert roots[size] == naive_tree.mth(entries)
        text = (folder / f"checkpoint.{size}").read_text()
        assert text.startswith(checkpoint_text(Checkpoint("example.com/log/testdata", size, roots[size])))
        for earlier in range(1, size + 1):
            proof = merkle.consistency_proof(earlier, size, read)
            assert merkle.verify_consistency(earlier, size, roots[earlier], roots[size], proof)
    assert len(entries) == 15


def _entries(bundle: bytes):
    at = 0
    while at < len(bundle):
        length = int.from_bytes(bundle[at : at + 2], "big")
        yield bundle[at + 2 : at + 2 + length]
        at += 2 + length
