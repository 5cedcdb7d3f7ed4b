"""What strangers send instead of photographs."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from baohe.plumbing import pictures
from baohe.plumbing.pictures import (
    PictureKindUnknown,
    PictureNeedsConversion,
    PictureTooLarge,
    PictureUnreadable,
    make_safe,
)

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SCRIPT = b"<html><script>alert(document.cookie)</script></html>"


def picture(kind="JPEG", size=(320, 240), mode="RGB", **more):
    out = io.BytesIO()
    Image.new(mode, size, "white" if mode != "RGBA" else (0, 0, 0, 0)).save(out, kind, **more)
    return out.getvalue()


def png_claiming(width, height):
    """A PNG whose header promises a size that its few bytes do not hold."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_becomes_a_plain_jpeg(kind):
    safe = make_safe(picture(kind))
    with Image.open(io.BytesIO(safe.jpeg)) as result:
        assert (result.format, result.size, result.mode) == ("JPEG", (320, 240), "RGB")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", PictureKindUnknown),
        (EICAR, PictureKindUnknown),
        (SCRIPT, PictureKindUnknown),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", PictureKindUnknown),
        (b"%PDF-1.7\n1 0 obj", PictureKindUnknown),
        (picture("GIF", mode="P"), PictureKindUnknown),
        (picture("BMP"), PictureKindUnknown),
        (picture("TIFF"), PictureKindUnknown),
        (b"PK\x03\x04 a zip", PictureKindUnknown),
        (b"\0\0\0\x18ftypheic\0\0\0\0", PictureNeedsConversion),
        (picture()[:400], PictureUnreadable),
        (picture("PNG")[:-30], PictureUnreadable),
        (b"\xff\xd8\xff" + SCRIPT, PictureUnreadable),
        (b"\xff\xd8\xff", PictureUnreadable),
        (b"RIFF\x10\0\0\0WEBPVP8 ", PictureUnreadable),
        (picture(size=(8, 8)), PictureUnreadable),
        (png_claiming(8_000, 8_000), PictureTooLarge),
        (png_claiming(60_000, 60_000), PictureTooLarge),
        (png_claiming(300, 300), PictureUnreadable),
        (picture() + b"\0" * pictures.MAX_BYTES, PictureTooLarge),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else repr(value[:12]),
)
def test_what_is_no_photograph_is_refused_by_name(content, error):
    with pytest.raises(error) as refusal:
        make_safe(content)
    assert set(refusal.value.problem()["message"]) == {"zh", "en"}


def test_a_file_that_is_also_a_page_or_an_archive_loses_that_half():
    two_faced = picture() + SCRIPT + b"PK\x03\x04" + EICAR
    safe = make_safe(two_faced).jpeg
    assert not any(part in safe for part in (b"<script", b"PK\x03\x04", b"EICAR"))


@pytest.mark.rule("DATA-1")
def test_where_a_picture_was_taken_is_forgotten_and_it_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # the phone was held upright: turn by 90 degrees
    exif[0x010F] = "Camera of Chen"
    exif.get_ifd(0x8825).update({1: "N", 2: (39.0, 54.0, 0.0), 3: "E", 4: (116.0, 24.0, 0.0)})
    safe = make_safe(picture(size=(400, 200), exif=exif))
    with Image.open(io.BytesIO(safe.jpeg)) as result:
        assert not result.getexif()
        assert result.size == (200, 400)
    assert b"Exif" not in safe.jpeg
    assert b"Camera" not in safe.jpeg


def test_the_same_picture_with_other_metadata_is_the_same_picture():
    exif = Image.Exif()
    exif[0x010F] = "Another"
    assert make_safe(picture()).jpeg == make_safe(picture(exif=exif)).jpeg


def test_a_large_photograph_is_kept_at_a_readable_size():
    safe = make_safe(picture(size=(6_400, 4_000)))
    assert (safe.width, safe.height) == (3_200, 2_000)


def test_what_is_transparent_becomes_white():
    with Image.open(io.BytesIO(make_safe(picture("PNG", mode="RGBA")).jpeg)) as result:
        assert result.getpixel((5, 5)) == (255, 255, 255)
