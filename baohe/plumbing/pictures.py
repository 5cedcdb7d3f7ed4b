"""Pictures from outside, made safe: what a stranger sent is decoded once and written anew, nothing of it is kept.

A picture is known by its first bytes, never by its name or declared type. Its size and its scans are weighed before a
decoder sees it (`picture_heads`), it is decoded by exactly one decoder, turned upright, and saved as a plain JPEG
without metadata. A file that is also a ZIP, a script or a page loses that half of itself here; the place where it was
taken (EXIF GPS) is gone too. One picture at a time takes less than 256 MB and a few seconds, whatever it is.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from baohe.kernel.errors import BaoheError
from baohe.plumbing import picture_heads, picture_traces
from baohe.plumbing.picture_heads import Head
from baohe.plumbing.picture_traces import Traces

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
"""Of a JPEG that is decoded row by row: more than any telephone's camera by default."""

MAX_PIXELS_WHOLE = {"JPEG": 24_000_000, "PNG": 16_000_000, "WEBP": 12_000_000}
"""Of a picture whose decoder holds it as a whole, with what that decoder holds beside it."""

MOST_SCANS = 32
"""A camera's progressive JPEG has ten; each further scan is decoded over all pixels and shows nothing."""

_FULL_SIZE = 12_000_000
"""Above, a JPEG that needs its memory as a whole is decoded at half size; one read row by row, above twice this."""

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
    zh = "暂不支持 HEIC、AVIF 照片"
    en = "HEIC and AVIF photographs are not supported yet"
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
    """A JPEG the platform wrote itself. Upright, without metadata, sides in pixels. `traces` are what the original
    said of itself: for sealed places only, never beside the picture that is served."""

    jpeg: bytes
    width: int
    height: int
    traces: Traces = picture_traces.NONE


def refuse_oversize(size: int | None) -> None:
    """Raises `PictureTooLarge` for a declared size over `MAX_BYTES`."""
    if size is not None and size > MAX_BYTES:
        raise PictureTooLarge(limit="10 MB")


def make_safe(content: bytes) -> SafePicture:
    """Decode and write anew. Raises `PictureTooLarge`, `PictureKindUnknown`, `PictureNeedsConversion`,
    `PictureUnreadable`."""
    refuse_oversize(len(content))
    head = _weighed(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _write_anew(content, head)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PictureTooLarge(limit=_megapixels(head)) from None
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as broken:
        # Pillow's decoders report damage in all of these ways; each means "not a whole picture".
        raise PictureUnreadable() from broken


def size_of(content: bytes) -> tuple[int, int]:
    """Width and height in pixels of a picture that `make_safe` accepts, upright as its EXIF says."""
    head = _weighed(content)
    with Image.open(io.BytesIO(content), formats=(head.kind,)) as picture:
        turned = picture_traces.orientation_of(picture) >= 5
    return (head.height, head.width) if turned else (head.width, head.height)


def perceptual_hash(jpeg: bytes) -> int | None:
    """64 bits that stay nearly the same when a picture is scaled, compressed or brightened: whether each of its 64
    slowest waves is above their median. Compare by the number of bits that differ. Of pictures made by `make_safe`.

    None for a picture without contrast: a blank page is like every other blank page, and that says nothing. Two papers
    of one form differ little: a small distance is a question, never an answer. Raises `PictureUnreadable`.
    """
    grey = _grey_square(jpeg)
    if grey.std() < _LEAST_CONTRAST:
        return None
    waves = (_WAVES @ grey @ _WAVES.T)[1:9, 1:9].ravel()
    return int.from_bytes(np.packbits(waves > np.median(waves)).tobytes(), "big")


def _grey_square(jpeg: bytes) -> NDArray[np.float64]:
    """A picture of ours in _HASHED × _HASHED shades of grey, its proportions given up."""
    try:
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
            picture.draft("L", (8 * _HASHED, 8 * _HASHED))  # decoded small at once: the rest would be thrown away
            square = picture.convert("L").resize((_HASHED, _HASHED), Image.Resampling.LANCZOS)
            return np.asarray(square, dtype=np.float64)
    except (OSError, ValueError, SyntaxError) as broken:
        raise PictureUnreadable() from broken


def alike(first: bytes, second: bytes) -> bool:
    """Whether two pictures made by `make_safe` are one photograph, scaled or compressed again. Another sheet of the
    same form is another picture: its figures differ somewhere."""
    one, other = (_plain(jpeg) for jpeg in (first, second))
    if one.shape != other.shape:
        return False
    apart = np.abs((one - one.mean()) - (other - other.mean()))
    rows, columns = (side // _CELL for side in one.shape)
    cells = apart[: rows * _CELL, : columns * _CELL].reshape(rows, _CELL, columns, _CELL).mean(axis=(1, 3))
    return float(cells.max()) < _APART


def _plain(jpeg: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
        grey = picture.convert("L")
    scale = _COMPARED / max(grey.size)
    size = max(_CELL, round(grey.width * scale)), max(_CELL, round(grey.height * scale))
    return np.asarray(grey.resize(size, Image.Resampling.LANCZOS), dtype=np.float32)


_COMPARED = 640
"""Pixels of the longest side of the copies that are compared."""

_CELL = 12
"""Pixels of such a copy: the size of a letter."""

_APART = 7.0
"""Levels by which a letter's place may differ, on average, and still be the same letter."""

_HASHED = 32
"""Pixels of the side of the square that is hashed."""

_LEAST_CONTRAST = 4.0
_WAVES = np.cos(np.pi / _HASHED * np.outer(np.arange(_HASHED), np.arange(_HASHED) + 0.5))


def _weighed(content: bytes) -> Head:
    """The file's promise, within what we decode."""
    if picture_heads.needs_conversion(content):
        raise PictureNeedsConversion()
    try:
        head = picture_heads.head_of(content)
    except ValueError as torn:
        raise PictureUnreadable() from torn
    if head is None:
        raise PictureKindUnknown(found=picture_heads.best_guess(content))
    if head.pixels > _most_pixels(head) or head.scans > MOST_SCANS:
        raise PictureTooLarge(limit=_megapixels(head))
    if min(head.width, head.height) < _LEAST_SIDE:
        raise PictureUnreadable()
    return head


def _write_anew(content: bytes, head: Head) -> SafePicture:
    with Image.open(io.BytesIO(content), formats=(head.kind,)) as picture:
        if picture.size[0] * picture.size[1] > head.pixels:
            raise ValueError("the decoder sees more pixels than the file's head promised")
        traces, turn = picture_traces.traces_of(picture), picture_traces.orientation_of(picture)
        if head.pixels > (_FULL_SIZE if head.buffered else 2 * _FULL_SIZE):
            picture.draft("RGB", (picture.width // 2, picture.height // 2))
        picture.load()
        small = _small(picture)
    upright = small.transpose(_TURNS[turn]) if turn in _TURNS else small
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)  # a new canvas has no metadata to carry over
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=_QUALITY)
    return SafePicture(out.getvalue(), *bare.size, traces)


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _small(picture: Image.Image) -> Image.Image:
    """At most `KEPT_SIDE`, red-green-blue on white. Made small first: each step after it takes a copy."""
    if picture.mode.startswith(("I", "F")):
        picture = picture.point(lambda level: level / 256).convert("L")  # 16 bits; a plain conversion only clips
    if picture.mode in ("P", "1", "PA"):
        picture = picture.convert("RGBA")
    scale = KEPT_SIDE / max(picture.size)
    if scale < 1:
        size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    return _on_white(picture)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGB", "L", "CMYK", "YCbCr") and "transparency" not in picture.info:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    paper.alpha_composite(layered)
    return paper.convert("RGB")


def _most_pixels(head: Head) -> int:
    return MAX_PIXELS_WHOLE[head.kind] if head.buffered else MAX_PIXELS


def _megapixels(head: Head) -> str:
    return f"{_most_pixels(head) // 1_000_000} MP"
