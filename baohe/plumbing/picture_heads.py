"""What a picture's first bytes promise, read before any decoder: its kind, its size, and how much work it asks for.

A decoder believes its file: it takes memory for the promised pixels, and decodes every scan that a progressive JPEG
holds, a thousand if there are a thousand. So the promise is read here, byte by byte, and weighed first. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_JPEG_MARK = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)
_FRAMES = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))
_PROGRESSIVE = frozenset((0xC2, 0xC6, 0xCA, 0xCE))
_ISO_FAMILY = (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1", b"avif", b"avis")
_MAGIC = (
    (b"%PDF", "PDF"),
    (b"GIF8", "GIF"),
    (b"PK\x03\x04", "ZIP"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"II+\x00", "TIFF"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "EXE"),
    (b"8BPS", "PSD"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"\xd7\xcd\xc6\x9a", "WMF"),
    (b"%!PS", "EPS"),
    (b"\xc5\xd0\xd3\xc6", "EPS"),
    (b"\x1f\x8b", "GZIP"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
)


@dataclass(frozen=True, slots=True)
class Head:
    """`scans`: passes over a JPEG. `buffered`: it is decoded as a whole, not row by row (progressive, or in parts)."""

    kind: str
    width: int
    height: int
    scans: int = 1
    buffered: bool = False

    @property
    def pixels(self) -> int:
        return self.width * self.height


def head_of(content: bytes) -> Head | None:
    """The promise of a JPEG, PNG or WebP; None for anything else. Raises `ValueError` for a torn one."""
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _png(content)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _webp(content)
    return None


def needs_conversion(content: bytes) -> bool:
    """A photograph of a kind that telephones take and we do not decode: HEIC, AVIF."""
    return content[4:8] == b"ftyp" and content[8:12] in _ISO_FAMILY


def best_guess(content: bytes) -> str:
    """What a file that is no photograph looks like, for the sentence that says so."""
    for magic, name in _MAGIC:
        if content.startswith(magic):
            return name
    text = content[:64].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if text.startswith((b"<svg", b"<?xml", b"<!doctype", b"<html")):
        return "SVG / HTML"
    return "未知 / unknown"


def _jpeg(content: bytes) -> Head:
    width = height = scans = 0
    buffered, parts, place = False, 0, 2
    while (found := _JPEG_MARK.search(content, place)) is not None:
        mark, body = content[found.start() + 1], found.end()
        if mark == 0xD9:
            break
        if mark in (0x01, 0xD8):
            place = body
            continue
        length = int.from_bytes(content[body : body + 2], "big")
        if length < 2:
            raise ValueError("a segment of a JPEG that has no length")
        if mark in _FRAMES:
            height = max(height, int.from_bytes(content[body + 3 : body + 5], "big"))
            width = max(width, int.from_bytes(content[body + 5 : body + 7], "big"))
            parts = content[body + 7] if body + 7 < len(content) else 0
            buffered = buffered or mark in _PROGRESSIVE
        elif mark == 0xDA:
            scans += 1
            buffered = buffered or (body + 2 < len(content) and content[body + 2] < parts)
        place = body + length
    return _promised(Head("JPEG", width, height, scans, buffered))


def _png(content: bytes) -> Head:
    size = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    return _promised(Head("PNG", *size, buffered=True))


def _webp(content: bytes) -> Head:
    chunk = content[12:16]
    if chunk == b"VP8X":
        size = 1 + int.from_bytes(content[24:27], "little"), 1 + int.from_bytes(content[27:30], "little")
    elif chunk == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        size = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    else:
        size = (
            int.from_bytes(content[26:28], "little") & 0x3FFF,
            int.from_bytes(content[28:30], "little") & 0x3FFF,
        )
    return _promised(Head("WEBP", *size, buffered=True))


def _promised(head: Head) -> Head:
    if not (head.width and head.height and head.scans):
        raise ValueError(f"a {head.kind} without a size or a scan")
    return head
