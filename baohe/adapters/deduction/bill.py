"""The settlement file of a day: fetched to the disk, proven, and read line by line. Memory does not grow with it.

The reply to a file request carries the zip in `fileContent`, deflated and in base64, under the same signature as any
other field. So the reply is cut into its fields as it lies on the disk, and the digest is made from there.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO

import httpx
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.conf import settings

from baohe.adapters.deduction import lines, protocol
from baohe.adapters.deduction.client import NetworkClient
from baohe.adapters.providers.port import BillBroken, BillLine, BillNotReady
from baohe.kernel.dates import SHANGHAI
from baohe.kernel.ids import uuid7

_CHUNK = 64 * 1024
_LONGEST_FIELD = 4096
_MOST_BYTES = 2 * 1024**3
_CONTENT = "fileContent"
_UNREADABLE = (zipfile.BadZipFile, UnicodeDecodeError, zlib.error, EOFError)


@contextmanager
def of_day(network: NetworkClient, day: date) -> Iterator[Iterator[BillLine]]:
    """Every movement of the day. Raises `BillNotReady` and `BillBroken`, both before the first line."""
    folder = Path(settings.BAOHE_DATA) / "bills"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        reply, content, archive = (Path(place) / name for name in ("reply", "content", "archive.zip"))
        _fetch(network, day, reply)
        _prove_reply(reply, content, network, day)
        _unpack(content, archive)
        with _opened(archive, day, network.mer_id) as (file, said):
            _prove_lines(file, said)
            file.seek(0)
            yield _read(file)


def _fetch(network: NetworkClient, day: date, target: Path) -> None:
    words = {"settleDate": f"{day:%m%d}", "fileType": "00"}
    try:
        network.download(_request_number(day), words, target)
    except (httpx.HTTPError, protocol.BadWords) as failure:
        raise BillNotReady(f"{type(failure).__name__}: {failure}"[:200]) from failure


def _request_number(day: date) -> str:
    """A file request is no order, but the protocol numbers it like one: the same for a day, however often asked."""
    noon = datetime.combine(day + timedelta(days=1), datetime.min.time(), SHANGHAI) + timedelta(hours=12)
    mark = hashlib.sha256(day.isoformat().encode()).digest()[:8]
    return uuid7(noon, mark).hex


def _prove_reply(reply: Path, content: Path, network: NetworkClient, day: date) -> None:
    """Raises `BillNotReady` when it is no file yet, `BillBroken` when it is not the network's or of another day."""
    words = _cut(reply, content)
    if "signature" not in words or "respCode" not in words:
        raise BillNotReady("the reply is not the network's")
    if not _is_signed(words, content, network.network_key):
        raise BillBroken("the signature of the file does not hold")
    if words["respCode"] != protocol.OK:
        raise BillNotReady(words["respCode"])
    if (words.get("merId"), words.get("settleDate")) != (network.mer_id, f"{day:%m%d}"):
        raise BillBroken("the file of another merchant or day")


def _cut(reply: Path, content: Path) -> dict[str, str]:
    """The small fields of a reply; `fileContent` goes to a file of its own. Raises `BillNotReady`."""
    words: dict[str, str] = {}
    with reply.open("rb") as raw, content.open("wb") as big:
        held, rest = b"", True
        while rest:
            chunk = raw.read(_CHUNK)
            rest = bool(chunk)
            held += chunk
            while b"&" in held or (not rest and held):
                field, _, held = held.partition(b"&")
                name, _, value = field.decode("utf-8", "replace").partition("=")
                if name in words or len(words) > 100 or len(value) > _LONGEST_FIELD and name != _CONTENT:
                    raise BillNotReady("the reply is not the network's")
                words[name] = "" if name == _CONTENT else value
                if name == _CONTENT:
                    big.write(value.encode())
            if held.startswith(f"{_CONTENT}=".encode()):
                held = _spill(raw, held.partition(b"=")[2], big)
                words[_CONTENT] = ""
            elif len(held) > _LONGEST_FIELD:
                raise BillNotReady("the reply is not the network's")
    return words


def _spill(raw: IO[bytes], begin: bytes, big: IO[bytes]) -> bytes:
    """Write the value that began until the next `&`; gives what follows it."""
    part = begin
    while part:
        value, found, rest = part.partition(b"&")
        big.write(value)
        if found:
            return rest
        part = raw.read(_CHUNK)
    return b""


def _is_signed(words: dict[str, str], content: Path, key: RSAPublicKey) -> bool:
    digest = hashlib.sha256()
    for place, name in enumerate(sorted(name for name in words if name != "signature")):
        digest.update(("&" if place else "").encode() + f"{name}={words[name]}".encode())
        if name == _CONTENT:
            with content.open("rb") as file:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
    return protocol.digest_is_signed(digest.hexdigest(), words["signature"], key)


def _unpack(content: Path, archive: Path) -> None:
    """base64, then deflate; a file that would fill the disk is not one of ours. Raises `BillBroken`."""
    inflate, size = zlib.decompressobj(), 0
    try:
        with content.open("rb") as packed, archive.open("wb") as file:
            while chunk := packed.read(_CHUNK):  # a multiple of four: base64 may be read in such pieces
                data = inflate.decompress(base64.b64decode(chunk, validate=True), _CHUNK * 16)
                while data:
                    size += len(data)
                    if size > _MOST_BYTES:
                        raise BillBroken("the file is too large")
                    file.write(data)
                    data = inflate.decompress(inflate.unconsumed_tail, _CHUNK * 16)
            file.write(inflate.flush())
    except (binascii.Error, zlib.error) as unreadable:
        raise BillBroken("the file cannot be unpacked") from unreadable
    if not inflate.eof:
        raise BillBroken("the file was cut off")


@contextmanager
def _opened(archive: Path, day: date, mer_id: str) -> Iterator[tuple[IO[bytes], lines.Totals]]:
    """The lines of the archive and what its totals say. Raises `BillBroken`."""
    with ExitStack() as open_files:
        try:
            packed = open_files.enter_context(zipfile.ZipFile(archive))
            detail, totals = (packed.getinfo(name(day, mer_id)) for name in (lines.detail_name, lines.totals_name))
            if detail.file_size > _MOST_BYTES or totals.file_size > _LONGEST_FIELD:
                raise BillBroken("the file is too large")
            said = lines.read_totals(packed.read(totals).decode("ascii"))
            file = open_files.enter_context(packed.open(detail))
        except (*_UNREADABLE, KeyError) as unreadable:
            raise BillBroken("the archive does not hold the file of the day") from unreadable
        yield file, said


def _prove_lines(file: IO[bytes], said: lines.Totals) -> None:
    """A file that was cut, edited or doubled does not add up to its own totals. Raises `BillBroken`."""
    found: lines.Totals = {}
    for line in _read(file):
        lines.count(found, line)
    if found != {kind: total for kind, total in said.items() if total != (0, 0)}:
        raise BillBroken(f"the lines do not add up to the totals: {said} against {found}")


def _read(file: IO[bytes]) -> Iterator[BillLine]:
    """Raises `BillBroken` when the archive lies about what it holds."""
    while True:
        try:
            text = file.readline(lines.WIDTH + 2).decode("ascii")
        except _UNREADABLE as unreadable:
            raise BillBroken("the file cannot be read") from unreadable
        if not text:
            return
        yield lines.read_line(text.rstrip("\r\n"))
