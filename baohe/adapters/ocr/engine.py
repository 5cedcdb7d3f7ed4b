"""The OCR engine: one a process, loaded at its first picture, one picture at a time.

Two at once would only halve each other's speed and double the memory; a worker that waits here is the queue's bound.
The detector sees a small copy, which costs a third of the time; letters are cut from the whole picture.
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

from baohe.adapters.ocr import light, qr, report, upright
from baohe.adapters.ocr.contracts import Line, Page, ReportReading
from baohe.adapters.ocr.glare import pale_letters

if TYPE_CHECKING:
    from rapidocr import RapidOCR

_ONE_AT_A_TIME = threading.Lock()
_MOST_PIXELS = 1_400_000
"""Of the detector's copy; more finds no more print and takes longer in proportion."""
_CLEARLY = 0.05
_LEAST_SIDE = 736
"""A till slip of 460 pixels is enlarged: its small print would run together otherwise."""


def read_report(jpeg: bytes, today: date) -> ReportReading:
    """Read a page of a medical report that `plumbing.pictures` made. Seconds of work; never inside a transaction."""
    return report.read_report(read_lines(jpeg), today)


def read_lines(jpeg: bytes) -> tuple[Line, ...]:
    """Every line of print, top to bottom as the engine found them, boxes as in the picture."""
    page = read_page(jpeg)
    return tuple(Line(line.text, line.score, page.in_picture(line.box), line.faint) for line in page.lines)


def read_page(jpeg: bytes) -> Page:
    """Every line of print, whichever way the paper lies. Seconds of work; never inside a database transaction."""
    pixels = _pixels(jpeg)
    with _ONE_AT_A_TIME:
        corners = _detect(pixels)
        if not len(corners):
            return Page((), 0, (pixels.shape[1], pixels.shape[0]), code=qr.text_of(pixels))
        turn = upright.quarter_turn(corners, pixels, _upside_down)
        pixels, corners = upright.turned(pixels, corners, turn)
        read = _recognise(pixels, corners)
    height, width = pixels.shape[:2]
    found = [(corners[at], text, score) for at, (text, score) in enumerate(read) if text.strip() and score >= 0.5]
    page = Page((), turn, (width, height), upright.tilt([one for one, _, _ in found], (width, height)))
    grey = np.asarray(Image.fromarray(pixels).convert("L"))
    lines = tuple(_line(one, text, score, grey, page) for one, text, score in found)
    return Page(lines, turn, page.sides, page.tilt, qr.text_of(pixels))


def _pixels(jpeg: bytes) -> np.ndarray:
    """Blue, green, red, as the models were taught."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
        pixels = np.asarray(picture.convert("RGB"))[:, :, ::-1]
    return light.without_seals(light.with_contrast(np.ascontiguousarray(pixels)))


def _detect(pixels: np.ndarray) -> np.ndarray:
    """Corners of each line in pixels: (lines, 4, 2)."""
    height, width = pixels.shape[:2]
    scale = min(max(1.0, _LEAST_SIDE / min(height, width)), (_MOST_PIXELS / (height * width)) ** 0.5)
    small = Image.fromarray(pixels).resize((round(width * scale), round(height * scale)), Image.Resampling.BILINEAR)
    seen: Any = _engine()(np.asarray(small), use_det=True, use_cls=False, use_rec=False)
    if seen.boxes is None:
        return np.zeros((0, 4, 2), dtype=np.float32)
    return np.asarray(seen.boxes, dtype=np.float32) / np.float32(scale)


def _recognise(pixels: np.ndarray, corners: np.ndarray) -> list[tuple[str, float]]:
    return _read(_engine().crop_text_regions(pixels, corners))


def _read(crops: Sequence[np.ndarray]) -> list[tuple[str, float]]:
    read: Any = _engine().recognize_txt(list(crops))
    return [(text, min(1.0, max(0.0, float(score)))) for text, score in zip(read.txts, read.scores, strict=True)]


def _upside_down(pixels: np.ndarray, corners: np.ndarray) -> bool:
    """Whether lines stand on their heads: the small classifier's word; where that is not unanimous, both ways are read
    and the one that reads better counts."""
    engine = _engine()
    crops = engine.crop_text_regions(pixels, corners)
    votes: Any = engine.cls_and_rotate(crops)[1].cls_res
    if all(label == "0" for label, _ in votes):
        return False
    read = _read([*crops, *(np.ascontiguousarray(crop[::-1, ::-1]) for crop in crops)])
    scores = [score if text.strip() else 0.0 for text, score in read]
    return float(np.mean(scores[len(crops) :])) > float(np.mean(scores[: len(crops)])) + _CLEARLY


def _line(corners: Sequence[Sequence[Any]], text: str, score: float, grey: np.ndarray, page: Page) -> Line:
    height, width = grey.shape
    left, right = _span([corner[0] for corner in corners], width)
    top, bottom = _span([corner[1] for corner in corners], height)
    pale = pale_letters(grey[top:bottom, left:right], text)
    return Line(text, round(score * 100), upright.level(corners, page), pale)


def _span(values: Sequence[Any], size: int) -> tuple[int, int]:
    first = min(max(int(min(values)), 0), size - 1)
    return first, min(max(int(max(values)), first + 1), size)


@functools.lru_cache(maxsize=1)
def _engine() -> RapidOCR:
    from rapidocr import RapidOCR  # half a second and 100 MB that a process without pictures never pays

    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.max_side_len": 4_000,  # `_detect` has already made its copy
            "Det.limit_type": "max",
            "Det.limit_side_len": 4_000,
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "EngineConfig.onnxruntime.enable_cpu_mem_arena": True,
        }
    )
