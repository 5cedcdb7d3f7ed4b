"""Each reason not to start: its exit code, one sentence in both languages, and the data left whole."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from baohe.launch import data_folder, door, environment
from baohe.launch.data_folder import DataFolder
from baohe.launch.postgres import binaries, identity
from baohe.launch.refusals import DiskFull, PortInUse
from tests.launch.conftest import Platform, free_port

Start = Callable[..., Platform]


def test_port_in_use(tmp_path: Path, start: Start) -> None:
    # given somebody else behind the door
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        # when the platform starts there
        code, said = start(tmp_path / "data", port).refusal()
    # then it says so, and has made nothing
    assert code == 10
    assert f"端口 {port}" in said
    assert f"Port {port} is used" in said
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(("place", "whose"), [(1, "钱包"), (2, "代扣"), (3, "转账")])
def test_a_simulators_port_in_use(place: int, whose: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # given somebody else where a simulator belongs, and a caller who names no provider of their own
    for name in ("BAOHE_DEMO", *(f"BAOHE_{name.upper()}" for name in environment.SIMULATED)):
        monkeypatch.delenv(name, raising=False)
    port = free_port()
    with socket.socket() as other:
        other.bind(("127.0.0.1", port + place))
        other.listen()
        # when the door is looked at
        with pytest.raises(PortInUse) as refused:
            door.check_all_free("127.0.0.1", port, environment.simulated(port))
    # then the sentence names that port, who needs it, and a door whose neighbours are others
    assert f"端口 {port + place} " in refused.value.sentence()
    assert whose in refused.value.sentence()
    assert f"PORT={port + 10}" in refused.value.sentence()
    door.check_all_free("127.0.0.1", port, environment.simulated(port))


def test_second_instance_is_told_where_the_first_is(prepared: Path, start: Start) -> None:
    # given a running platform
    first = start(prepared).wait_until_ready()
    # when another starts on the same folder
    code, said = start(prepared).refusal()
    # then it names the process and the address, and the first goes on
    assert code == 11
    assert str(first.process.pid) in said
    assert f"http://127.0.0.1:{first.port}" in said
    assert first.answers()


def test_newer_data_folder(tmp_path: Path, start: Start) -> None:
    # given a folder of a later version
    (tmp_path / "format").write_text("2\n")
    # when this version starts on it
    code, said = start(tmp_path).refusal()
    # then it refuses and writes nothing
    assert code == 12
    assert "newer version" in said
    assert _names(tmp_path) == {"format", "output0.txt"}


@pytest.mark.parametrize(
    ("name", "content"), [("format", b"\xff\x00nonsense"), ("postgres/PG_VERSION", b"18\n"), ("format", b"")]
)
def test_damaged_data_folder(tmp_path: Path, start: Start, name: str, content: bytes) -> None:
    # given a folder with a damaged or missing part
    data = tmp_path / "data"
    (data / name).parent.mkdir(parents=True)
    (data / name).write_bytes(content)
    # when the platform starts on it
    code, said = start(data).refusal()
    # then it refuses and leaves what is there
    assert code == 13
    assert "broken or unreadable" in said
    assert (data / name).read_bytes() == content


def test_cluster_without_its_control_file(prepared: Path, start: Start) -> None:
    # given a cluster that lost a file
    control = prepared / "postgres" / "global" / "pg_control"
    with _moved_away(control):
        # when the platform starts
        code, said = start(prepared).refusal()
    # then it names the file, and does not make a new cluster over the old data
    assert code == 13
    assert "pg_control is missing" in said


def test_file_in_place_of_the_folder(tmp_path: Path, start: Start) -> None:
    # given a file where the folder should be
    (tmp_path / "data").write_text("mine")
    # when the platform starts
    code, said = start(tmp_path / "data").refusal()
    # then it refuses and keeps the file
    assert code == 13
    assert "it is not a folder" in said
    assert (tmp_path / "data").read_text() == "mine"


@pytest.mark.parametrize("setting", ["fsync", "full_page_writes", "synchronous_commit"])
def test_unsafe_durability(prepared: Path, start: Start, setting: str) -> None:
    # given a cluster that somebody made fast instead of safe
    with _appended(prepared / "postgres" / "postgresql.conf", f"\n{setting} = off\n"):
        # when the platform starts
        platform = start(prepared)
        code, said = platform.refusal()
    # then it refuses, and stops the database again
    assert code == 17
    assert f"{setting} = off" in said
    assert platform.family() == []


def test_missing_checksums(prepared: Path, start: Start) -> None:
    # given a cluster without data checksums
    _pg_checksums(prepared, "--disable")
    try:
        # when the platform starts
        code, said = start(prepared).refusal()
    finally:
        _pg_checksums(prepared, "--enable")
    # then it refuses
    assert code == 17
    assert "data_checksums = off" in said


def test_named_server_is_checked_too(tmp_path: Path, start: Start) -> None:
    # given a server at BAOHE_DATABASE_URL whose connections do not wait for the disk
    address = os.environ["BAOHE_DATABASE_URL"]
    unsafe = f"{address}{'&' if '?' in address else '?'}options=-c%20synchronous_commit%3Doff"
    # when the platform starts
    code, said = start(tmp_path / "data", BAOHE_DATABASE_URL=unsafe).refusal()
    # then it refuses
    assert code == 17
    assert "synchronous_commit = off" in said


def test_server_that_is_not_there(tmp_path: Path, start: Start) -> None:
    # given an address without a server
    address = f"postgresql://nobody@127.0.0.1:{free_port()}/none"
    # when the platform starts
    code, said = start(tmp_path / "data", BAOHE_DATABASE_URL=address).refusal()
    # then one sentence, no trace
    assert code == 16
    assert "Traceback" not in said


def test_full_disk(tmp_path: Path) -> None:
    # given a disk with 100 MB left
    def almost_full(path: Path) -> SimpleNamespace:
        return SimpleNamespace(f_bavail=25_600, f_frsize=4096)

    # when the folder is checked, then it is refused with both sums, and was not made
    with pytest.raises(DiskFull) as refused:
        data_folder.check(tmp_path / "data", statvfs=almost_full)  # type: ignore[arg-type]
    assert refused.value.facts["free_mb"] == 100
    assert refused.value.exit_code == 14
    assert not (tmp_path / "data").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_full_disk_for_real(tmp_path: Path, start: Start) -> None:
    # given a data folder on a disk of 8 MB
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)], capture_output=True).returncode:
        pytest.skip("mounts are not allowed here")
    try:
        # when the platform starts there
        code, said = start(disk / "data").refusal()
        # then it refuses, and the disk stays empty
        assert code == 14
        assert "The disk is almost full" in said
        assert _names(disk) == set()
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@contextmanager
def _moved_away(path: Path) -> Iterator[None]:
    aside = path.with_name("aside")
    path.rename(aside)
    try:
        yield
    finally:
        aside.rename(path)


@contextmanager
def _appended(path: Path, text: str) -> Iterator[None]:
    kept = path.with_name("kept")
    shutil.copy2(path, kept)
    with path.open("a") as stream:
        stream.write(text)
    try:
        yield
    finally:
        path.write_bytes(kept.read_bytes())
        kept.unlink()


def _pg_checksums(data: Path, change: str) -> None:
    programs = binaries.find()
    who = identity.choose(DataFolder(data).path, programs.folder)
    subprocess.run(
        [programs.program("pg_checksums"), change, "-D", str(data / "postgres")],
        preexec_fn=who.prepare,
        cwd="/",
        check=True,
        capture_output=True,
    )
