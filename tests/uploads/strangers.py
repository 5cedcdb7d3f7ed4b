"""More of what people should not be able to hand in: pictures that are something else too, promise too much, or hide
something. Each builder gives the file's bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image

from tests.uploads import hostile

SCRIPT = b"<script>alert(document.cookie)</script>"
PHP = b"<?php __HALT_COMPILER(); ?>"
SECRET = b"meet-me-at-the-old-pier-at-nine"


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_with(*chunks: bytes, size: tuple[int, int] = (320, 240)) -> bytes:
    """A whole PNG with more chunks behind its head."""
    whole = hostile.picture("PNG", size)
    return whole[:33] + b"".join(chunks) + whole[33:]


def png_head(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    """A head that promises; hardly a pixel behind it."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg_with(mark: int, body: bytes) -> bytes:
    """A JPEG with one more segment at its start: 0xFE is a comment, 0xE1 holds EXIF or XMP, 0xE2 a colour profile."""
    whole = hostile.picture("JPEG")
    return whole[:2] + b"\xff" + bytes((mark,)) + struct.pack(">H", len(body) + 2) + body + whole[2:]


def jpeg_promising(width: int, height: int) -> bytes:
    whole = hostile.picture("JPEG")
    place = whole.index(b"\xff\xc0") + 5
    return whole[:place] + struct.pack(">HH", height, width) + whole[place + 4 :]


def jpeg_of_scans(count: int) -> bytes:
    """Progressive, its last scan again and again: each is decoded over all pixels."""
    out = io.BytesIO()
    Image.new("L", (4_000, 3_000), 90).save(out, "JPEG", progressive=True, quality=60)
    whole = out.getvalue()
    last = whole.rindex(b"\xff\xda")
    return whole[:-2] + whole[last:-2] * count + b"\xff\xd9"


def exif_loop() -> bytes:
    """A directory whose next directory, and whose EXIF directory, is itself."""
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8)
    return jpeg_with(0xE1, b"Exif\0\0" + b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 1) + entry + b"\x08\0\0\0")


def exif_of(tag: int, text: str) -> bytes:
    exif, out = Image.Exif(), io.BytesIO()
    exif[tag] = text
    Image.new("RGB", (320, 240), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


def saved(kind: str, mode: str = "RGB", size: tuple[int, int] = (320, 240), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **more)
    return out.getvalue()


def moving(kind: str, frames: int = 30, size: tuple[int, int] = (320, 240), **more: object) -> bytes:
    shades = [Image.new("RGB", size, (shade % 256, 90, 200)) for shade in range(frames)]
    out = io.BytesIO()
    shades[0].save(out, kind, save_all=True, append_images=shades[1:], **more)
    return out.getvalue()


def webp_promising(side: int) -> bytes:
    body = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + (side - 1).to_bytes(3, "little") * 2
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def packed(depth: int, inner: bytes = b"\0" * 1_000_000) -> bytes:
    """A bag in a bag in a bag."""
    for _ in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bag:
            bag.writestr("inside", inner)
        inner = out.getvalue()
    return inner


def laughs() -> bytes:
    names = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{names}]><x>&l9;</x>'.encode()


def pdf_of_endless_references() -> bytes:
    """Pages whose kids are the pages themselves."""
    return hostile.written([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>"])


def pdf_with_broken_table() -> bytes:
    whole = hostile.pdf()
    return whole.replace(b"0000000000 65535 f", b"9999999999 00000 n")


def pdf_that_does_not_end() -> bytes:
    return hostile.pdf()[:-40] + b"5 0 obj<</Length 99999999>>stream\n" + b"A" * 5_000


def pdf_as_wide_as_a_street() -> bytes:
    return hostile.pdf().replace(b"[0 0 595 842]", b"[0 0 9999999 1]")
