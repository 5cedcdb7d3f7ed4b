"""Pictures from outside, made safe: what a stranger sent is decoded once and written anew, nothing of it is kept.

A picture is known by its first bytes, never by its name or declared type. It is decoded by exactly one decoder, held
to a size before a pixel is touched, turned upright, and saved as a plain JPEG without metadata. A file that is also
a ZIP, a script or a page loses that half of itself here; the place where it was taken (EXIF GPS) is gone too.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageOps

from baohe.kernel.errors import BaoheError

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
"""More than any telephone's camera by default; decoded it takes about 160 MB."""

KEPT_SIDE = 3_200
"""Longest side kept, in pixels: small print of an invoice stays readable."""

_LEAST_SIDE = 32
_QUALITY = 88


class PictureTooLarge(BaoheError):
    code = "picture_too_large"
    status = 413
    zh = "图片太大（最多 {limit}）"
    en = "The picture is too large (at most {limit})"
    next_zh = "请用手机相机重拍，或裁剪后再传；填过的内容都还在"
    next_en = "Take it again with the phone's camera, or crop it; what you typed is kept"


class PictureKindUnknown(BaoheError):
    code = "picture_kind_unknown"
    status = 415
    zh = "这不是照片：只收 JPEG、PNG 和 WebP（收到的像是{found}）"
    en = "This is not a photograph: JPEG, PNG and WebP are accepted (this looks like {found})"
    next_zh = "请直接拍照，或把文件截图后上传"
    next_en = "Take a photograph, or upload a screenshot of the file"


class PictureNeedsConversion(BaoheError):
    code = "picture_needs_conversion"
    status = 415
    zh = "暂不支持 HEIC 照片"
    en = "HEIC photographs are not supported yet"
    next_zh = "请在手机“设置 → 相机 → 格式”选“兼容性最佳”后重拍，或截图上传"
    next_en = "Choose “Most Compatible” under Settings → Camera → Formats, or upload a screenshot"


class PictureUnreadable(BaoheError):
    code = "picture_unreadable"
    status = 422
    zh = "照片打不开，可能没有传完整"
    en = "The picture cannot be opened; it may be incomplete"
    next_zh = "请重新拍一张再传"
    next_en = "Take the picture again and upload it"


@dataclass(frozen=True, slots=True)
class SafePicture:
    """A JPEG the platform wrote itself. Upright, without metadata, sides in pixels."""

    jpeg: bytes
    width: int
    height: int


def refuse_oversize(size: int | None) -> None:
    """Raises `PictureTooLarge` for a declared size over `MAX_BYTES`."""
    if size is not None and size > MAX_BYTES:
        raise PictureTooLarge(limit="10 MB")


def make_safe(content: bytes) -> SafePicture:
    """Decode and write anew. Raises `PictureTooLarge`, `PictureKindUnknown`, `PictureNeedsConversion`,
    `PictureUnreadable`."""
    refuse_oversize(len(content))
    kind = _kind_of(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _write_anew(content, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooLarge(limit=_megapixels()) from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as broken:
        # Pillow's decoders report damage in all of these ways; each means "not a whole picture".
        raise PictureUnreadable() from broken


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height in pixels of a picture that `make_safe` accepts, upright as its EXIF says."""
    with Image.open(io.BytesIO(content), formats=(_kind_of(content),)) as picture:
        width, height = picture.size
        turned = picture.getexif().get(ExifTags.Base.Orientation, 1) >= 5
    return (height, width) if turned else (width, height)


def grey_square(jpeg: bytes, side: int) -> NDArray[np.uint8]:
    """A picture of ours in `side` × `side` shades of grey, its proportions given up. Raises `PictureUnreadable`."""
    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
            picture.draft("L", (8 * side, 8 * side))  # decoded small at once: the rest would be thrown away
            return np.asarray(picture.convert("L").resize((side, side), Image.Resampling.LANCZOS), dtype=np.uint8)
    except (OSError, ValueError, SyntaxError) as broken:
        raise PictureUnreadable() from broken


def _write_anew(content: bytes, kind: str) -> SafePicture:
    with Image.open(io.BytesIO(content), formats=(kind,)) as picture:
        width, height = picture.size
        if width * height > MAX_PIXELS:
            raise PictureTooLarge(limit=_megapixels())
        if min(width, height) < _LEAST_SIDE:
            raise PictureUnreadable()
        picture.draft("RGB", (KEPT_SIDE, KEPT_SIDE))  # a JPEG may be decoded at half size at once
        picture.load()
        upright = _on_white(ImageOps.exif_transpose(picture))
    upright.thumbnail((KEPT_SIDE, KEPT_SIDE), Image.Resampling.LANCZOS)
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)  # a new canvas has no metadata to carry over
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY)
    return SafePicture(out.getvalue(), *bare.size)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "RGB":
        return picture
    layered = picture.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    paper.alpha_composite(layered)
    return paper.convert("RGB")


def _kind_of(content: bytes) -> str:
    head = content[:32]
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1"):
        raise PictureNeedsConversion()
    raise PictureKindUnknown(found=_best_guess(head))


def _best_guess(head: bytes) -> str:
    for magic, name in (
        (b"%PDF", "PDF"),
        (b"GIF8", "GIF"),
        (b"PK\x03\x04", "ZIP"),
        (b"BM", "BMP"),
        (b"II*\x00", "TIFF"),
        (b"MM\x00*", "TIFF"),
        (b"MZ", "EXE"),
    ):
        if head.startswith(magic):
            return name
    text = head.lstrip().lower()
    if text.startswith((b"<svg", b"<?xml", b"<!doctype", b"<html")):
        return "SVG / HTML"
    return "未知 / unknown"


def _megapixels() -> str:
    return f"{MAX_PIXELS // 1_000_000} MP"
