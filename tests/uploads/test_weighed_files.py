"""Whatever is handed in is refused with its own sentence, or becomes a plain picture without what it hid, within five
seconds and 256 MB: a process that takes more is ended by its limits, and the test fails (see `weighing.py`)."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from PIL import Image

from tests.uploads import hostile
from tests.uploads import strangers as odd

ROOT = Path(__file__).resolve().parents[2]
UNKNOWN, TORN, LARGE = "picture_kind_unknown", "picture_unreadable", "picture_too_large"
TWO, INFECTED, CONVERT, PDF = "upload_is_two_things", "upload_infected", "picture_needs_conversion", "pdf_refused"
TAKEN = "taken"
SECRETS = (odd.SCRIPT, odd.PHP, odd.SECRET, b"EICAR", b"MZ\x90\x00", b"PK\x03\x04", b"Exif", b"http://ns.adobe.com")


def _jpeg() -> bytes:
    return hostile.picture("JPEG")


def _svg(inside: bytes) -> bytes:
    return b"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>" + inside + b"</svg>"


def _of_noise(kind: str, size: tuple[int, int], **more: object) -> bytes:
    out = io.BytesIO()
    grey = Image.effect_noise((200, 200), 30).resize(size, Image.Resampling.NEAREST)
    Image.merge("RGB", (grey, grey, grey)).save(out, kind, **more)
    return out.getvalue()


FILES: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    # what is no photograph
    "nothing": (UNKNOWN, lambda: b""),
    "one byte": (UNKNOWN, lambda: b"\xff"),
    "zeroes": (UNKNOWN, lambda: b"\0" * 4_096),
    "wrong magic": (UNKNOWN, lambda: b"\xff\xd8\x00" + _jpeg()[3:]),
    "gif": (UNKNOWN, lambda: odd.saved("GIF")),
    "gif and script": (UNKNOWN, lambda: b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)"),
    "gif of many frames": (UNKNOWN, lambda: odd.moving("GIF", 200)),
    "bmp": (UNKNOWN, lambda: odd.saved("BMP")),
    "ico": (UNKNOWN, lambda: odd.saved("ICO")),
    "psd": (UNKNOWN, lambda: b"8BPS\0\1" + b"\0" * 600),
    "tiff": (UNKNOWN, lambda: odd.saved("TIFF")),
    "big tiff": (UNKNOWN, lambda: b"II+\x00\x08\0\0\0" + b"\xff" * 600),
    "wmf": (UNKNOWN, lambda: b"\xd7\xcd\xc6\x9a" + b"\0" * 600),
    "eps": (UNKNOWN, lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) run\n"),
    "jpeg 2000": (UNKNOWN, lambda: odd.saved("JPEG2000")),
    "svg with script": (UNKNOWN, lambda: _svg(odd.SCRIPT)),
    "svg with a link": (UNKNOWN, lambda: _svg(b"<image xlink:href='file:///etc/passwd'/>")),
    "svg with a page": (UNKNOWN, lambda: _svg(b"<foreignObject><iframe src='//evil'/></foreignObject>")),
    "xml that reads files": (
        UNKNOWN,
        lambda: b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
    ),
    "billion laughs": (UNKNOWN, odd.laughs),
    "page": (UNKNOWN, lambda: b"<!DOCTYPE html><html>" + odd.SCRIPT),
    "page behind a mark": (UNKNOWN, lambda: b"\xef\xbb\xbf<html>" + odd.SCRIPT),
    "program": (UNKNOWN, lambda: b"MZ\x90\x00" + b"\0" * 600),
    "program and jpeg": (UNKNOWN, lambda: b"MZ\x90\x00" + _jpeg()),
    "elf": (UNKNOWN, lambda: b"\x7fELF\2\1\1" + b"\0" * 600),
    "php": (UNKNOWN, lambda: odd.PHP),
    "zip": (UNKNOWN, hostile.archive),
    "zip in zip in zip": (UNKNOWN, lambda: odd.packed(6)),
    "zip bomb": (UNKNOWN, lambda: odd.packed(1, b"\0" * 50_000_000)),
    "eicar in a zip": (UNKNOWN, lambda: odd.packed(1, hostile.EICAR)),
    "gzip": (UNKNOWN, lambda: b"\x1f\x8b\x08" + b"\0" * 600),
    "rar": (UNKNOWN, lambda: b"Rar!\x1a\x07\x01\0" + b"\0" * 600),
    "7z": (UNKNOWN, lambda: b"7z\xbc\xaf\x27\x1c" + b"\0" * 600),
    "heic": (CONVERT, lambda: b"\0\0\0\x18ftypheic" + b"\0" * 600),
    "heif": (CONVERT, lambda: b"\0\0\0\x18ftypmif1" + b"\0" * 600),
    "avif": (CONVERT, lambda: odd.saved("AVIF")),
    # two things at once, or infected
    "jpeg and zip": (TWO, lambda: _jpeg() + hostile.archive()),
    "png and zip": (TWO, lambda: hostile.picture("PNG") + hostile.archive()),
    "webp and zip": (TWO, lambda: odd.saved("WEBP") + hostile.archive()),
    "png and pdf": (TWO, hostile.png_and_pdf),
    "jpeg and pdf": (TWO, lambda: odd.jpeg_with(0xFE, hostile.with_script())),
    "pdf and zip": (TWO, lambda: hostile.pdf() + hostile.archive()),
    "pdf and page": (TWO, lambda: hostile.pdf() + odd.SCRIPT),
    "eicar": (INFECTED, lambda: hostile.EICAR),
    "eicar in a png's text": (INFECTED, lambda: odd.png_with(odd.chunk(b"tEXt", b"Comment\0" + hostile.EICAR))),
    "eicar in exif": (INFECTED, lambda: odd.exif_of(0x010E, hostile.EICAR.decode())),
    "eicar behind a jpeg": (INFECTED, lambda: _jpeg() + hostile.EICAR),
    # promises that no machine should keep
    "60 MB": (LARGE, lambda: _jpeg() + b"\0" * 60_000_000),
    "png of 60,000 by 60,000": (LARGE, lambda: odd.png_head(60_000, 60_000)),
    "grey png of one bit, huge": (LARGE, lambda: odd.png_head(100_000, 100_000, 1, 0)),
    "png just above": (LARGE, lambda: odd.png_head(4_001, 4_000)),
    "jpeg of 65,000 by 65,000": (LARGE, lambda: odd.jpeg_promising(65_000, 65_000)),
    "webp of 16,383 by 16,383": (LARGE, lambda: odd.webp_promising(16_383)),
    "jpeg of a thousand scans": (LARGE, lambda: odd.jpeg_of_scans(1_000)),
    "progressive jpeg of 36 MP": (LARGE, lambda: odd.saved("JPEG", "RGB", (6_000, 6_000), progressive=True)),
    "animated png, huge": (
        LARGE,
        lambda: odd.png_head(30_000, 30_000)[:33] + odd.chunk(b"acTL", b"\0\0\xff\xff\0\0\0\0"),
    ),
    # torn, thin, or filled with air
    "thin": (TORN, lambda: odd.saved("PNG", "RGB", (1, 20_000))),
    "flat": (TORN, lambda: odd.saved("PNG", "RGB", (20_000, 1))),
    "half a jpeg": (TORN, lambda: _jpeg()[: len(_jpeg()) // 2]),
    "half a png": (TORN, lambda: hostile.picture("PNG")[:-40]),
    "half a webp": (TORN, lambda: _of_noise("WEBP", (400, 300))[:200]),
    "jpeg's head and a page": (TORN, lambda: b"\xff\xd8\xff\xe0" + odd.SCRIPT),
    "png without pixels": (TORN, lambda: odd.png_head(300, 300)),
    "text that unpacks to 200 MB": (TORN, lambda: odd.png_with(odd.chunk(b"zTXt", b"a\0\0" + zlib_of(200)))),
    "profile that unpacks to 200 MB": (TORN, lambda: odd.png_with(odd.chunk(b"iCCP", b"a\0\0" + zlib_of(200)))),
    # taken, without what they hid
    "page in a jpeg's comment": (TAKEN, lambda: odd.jpeg_with(0xFE, b"<html>" + odd.SCRIPT)),
    "phar": (TAKEN, lambda: odd.jpeg_with(0xFE, odd.PHP) + b"PHAR"),
    "script in exif": (TAKEN, lambda: odd.exif_of(0x8298, odd.SCRIPT.decode())),
    "script in xmp": (TAKEN, lambda: odd.jpeg_with(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + odd.SCRIPT)),
    "words behind a jpeg": (TAKEN, lambda: _jpeg() + odd.SECRET),
    "words behind a png": (TAKEN, lambda: hostile.picture("PNG") + odd.SECRET),
    "program behind a jpeg": (TAKEN, lambda: _jpeg() + b"MZ\x90\x00" * 40),
    "eicar packed in a png's text": (
        TAKEN,
        lambda: odd.png_with(odd.chunk(b"zTXt", b"a\0\0" + zlib_of(0, hostile.EICAR))),
    ),
    "broken profile": (TAKEN, lambda: odd.jpeg_with(0xE2, b"ICC_PROFILE\0\1\1" + b"\xff" * 4_000)),
    "exif that goes in a circle": (TAKEN, odd.exif_loop),
    "exif of noise": (TAKEN, lambda: odd.jpeg_with(0xE1, b"Exif\0\0" + bytes(range(256)) * 20)),
    "cmyk": (TAKEN, lambda: odd.saved("JPEG", "CMYK")),
    "16 bits": (TAKEN, lambda: odd.saved("PNG", "I;16")),
    "palette": (TAKEN, lambda: odd.saved("PNG", "P")),
    "one bit": (TAKEN, lambda: odd.saved("PNG", "1")),
    "transparent": (TAKEN, lambda: odd.saved("PNG", "RGBA")),
    "grey and transparent": (TAKEN, lambda: odd.saved("PNG", "LA")),
    "several pictures": (TAKEN, lambda: odd.moving("MPO", 5)),
    "animated png": (TAKEN, lambda: odd.moving("PNG", 40)),
    "animated webp": (TAKEN, lambda: odd.moving("WEBP", 40)),
    "30 MP by row": (TAKEN, lambda: _of_noise("JPEG", (6_300, 4_800), quality=40)),
    "12 MP progressive": (TAKEN, lambda: _of_noise("JPEG", (4_000, 3_000), progressive=True, quality=60)),
    "22 MP progressive": (TAKEN, lambda: odd.saved("JPEG", "RGB", (5_500, 4_000), progressive=True)),
    "16 MP transparent": (TAKEN, lambda: odd.saved("PNG", "RGBA", (4_000, 4_000))),
    "11 MP webp": (TAKEN, lambda: odd.saved("WEBP", "RGB", (3_900, 2_900), lossless=True)),
    # documents
    "pdf with script": (PDF, hostile.with_script),
    "pdf with a hidden script": (PDF, hostile.with_hidden_script),
    "pdf that starts a program": (PDF, hostile.with_launch),
    "pdf with a file": (PDF, hostile.with_attachment),
    "pdf with a password": (PDF, hostile.encrypted),
    "pdf of 10,000 pages": (PDF, lambda: hostile.pdf(pages=10_000)),
    "pdf that is its own page": (PDF, odd.pdf_of_endless_references),
    "pdf as wide as a street": (PDF, odd.pdf_as_wide_as_a_street),
    "pdf of which the end is missing": (PDF, lambda: hostile.pdf()[:200]),
}


def zlib_of(megabytes: int, content: bytes = b"") -> bytes:
    packer = zlib.compressobj(9)
    return (
        b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(megabytes))
        + packer.compress(content)
        + packer.flush()
    )


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, object]]:
    folder = tmp_path_factory.mktemp("uploads")
    for name, (_, build) in FILES.items():
        (folder / f"{name}.upload").write_bytes(build())
        (folder / f"{name}.secrets").write_bytes(b"\n".join(SECRETS))
    done = subprocess.run(
        [sys.executable, "-m", "tests.uploads.weighing", str(folder)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return {said["name"]: said for said in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", FILES)
def test_every_file_ends_in_its_sentence_or_as_a_plain_picture(name: str, answers) -> None:
    expected, _ = FILES[name]

    assert answers[name]["code"] == expected
    assert answers[name]["leaks"] == []


def test_there_are_at_least_sixty_kinds() -> None:
    assert len(FILES) >= 60
