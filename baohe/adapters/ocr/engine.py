"""The OCR engine: one a process, loaded at its first picture, one picture at a time.

Two at once would only halve each other's speed and double the memory; a worker that waits here is the queue's bound.
"""

from __future__ import annotations

import functools
import io
import threading
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from baohe.adapters.ocr import report
from baohe.adapters.ocr.contracts import InvoiceReading, Line, ReportReading
from baohe.adapters.ocr.glare import pale_letters
from baohe.adapters.ocr.parse import read_fields

if TYPE_CHECKING:
    from rapidocr import RapidOCR

_ONE_AT_A_TIME = threading.Lock()
_WHOLE = 10_000


def read_invoice(jpeg: bytes, today: date) -> InvoiceReading:
    """Read a picture that `plumbing.pictures` made. Seconds of work; never inside a database transaction."""
    return read_fields(read_lines(jpeg), today)


def read_report(jpeg: bytes, today: date) -> ReportReading:
    """Read a page of a medical report. Like `read_invoice` in every other way."""
    return report.read_report(read_lines(jpeg), today)


def read_lines(jpeg: bytes) -> tuple[Line, ...]:
    """Every line of print, top to bottom as the engine found them."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
        pixels = np.asarray(picture.convert("RGB"))
    with _ONE_AT_A_TIME:
        seen: Any = _engine()(np.ascontiguousarray(pixels[:, :, ::-1]))
    if seen.txts is None:
        return ()
    grey = pixels.mean(axis=2)
    return tuple(
        _line(corners, text, score, grey)
        for corners, text, score in zip(seen.boxes, seen.txts, seen.scores, strict=True)
    )


def _line(corners: Sequence[Sequence[Any]], text: str, score: Any, grey: np.ndarray) -> Line:
    height, width = grey.shape
    left, right = _span([corner[0] for corner in corners], width)
    top, bottom = _span([corner[1] for corner in corners], height)
    pale = pale_letters(grey[top:bottom, left:right], text)
    box = (
        left * _WHOLE // width,
        top * _WHOLE // height,
        (right - left) * _WHOLE // width,
        (bottom - top) * _WHOLE // height,
    )
    return Line(text, int(round(min(1.0, max(0.0, float(score))) * 100)), box, pale)


def _span(values: Sequence[Any], size: int) -> tuple[int, int]:
    first = min(max(int(min(values)), 0), size - 1)
    return first, min(max(int(max(values)), first + 1), size)


@functools.lru_cache(maxsize=1)
def _engine() -> RapidOCR:
    from rapidocr import RapidOCR  # half a second and 100 MB that a process without pictures never pays

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
