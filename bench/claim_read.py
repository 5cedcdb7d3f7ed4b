"""`claim.read`: seconds to read one photographed paper of a claim — kind and every field — beside the bare OCR engine.

Ours makes the picture safe, turns it upright, levels it, tells its kind, finds and checks its fields. The reference is
the same engine, as it comes, on the same bytes in memory: what is left above one is the price of everything else; below
one, the copy that the detector sees has paid for it. The engine is warm for both. Fields that come out wrong fail the
measure: speed without them says nothing.
"""

from __future__ import annotations

import io
import statistics
import sys
import time
from datetime import date
from pathlib import Path

import numpy as np
from PIL import Image
from rapidocr import RapidOCR

from baohe.adapters.ocr import paper
from baohe.cli.bench import Measure
from baohe.plumbing.pictures import make_safe

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.claims.sample_papers import Sample, by_hand, medical, vat_of_today, vat_with_code  # noqa: E402 - test samples

DAY = date(2026, 11, 22)
ROUNDS = 3


def measure() -> Measure:
    """Seconds, the median over three invoices, `ROUNDS` photographs each, the two in turns."""
    bare = RapidOCR(
        params={
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )
    ours, reference = [], []
    _read(by_hand(medical(), 0))
    bare(_pixels(medical().jpeg()))
    for draw in (medical, vat_of_today, vat_with_code):
        for seed in range(ROUNDS):
            sample = by_hand(draw(), seed)
            ours.append(_read(sample))
            pixels = _pixels(sample.jpeg())
            begin = time.perf_counter()
            bare(pixels)
            reference.append(time.perf_counter() - begin)
    return Measure(statistics.median(ours), "s", statistics.median(reference))


def _read(sample: Sample) -> float:
    content = sample.jpeg()
    begin = time.perf_counter()
    reading = paper.read_paper(make_safe(content).jpeg, DAY)
    seconds = time.perf_counter() - begin
    wrong = {code: reading.value(code) for code, value in sample.truth.items() if reading.value(code) != value}
    if wrong:
        raise AssertionError(f"misread: {wrong}")
    return seconds


def _pixels(jpeg: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(jpeg)) as picture:
        return np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])
