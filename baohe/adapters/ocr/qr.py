"""The QR code of a Chinese tax invoice: `01,kind,code,number,amount without tax,day,check code,…`, in plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

_LONGEST_SIDE = 1_400
"""A larger copy takes the decoder longer than the whole invoice may; a code is large print."""
_DAY = re.compile(r"(20\d{2})(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class InvoiceCode:
    """What the code says; a part is empty where the code leaves it out."""

    code: str
    number: str
    amount: str
    day: str


def text_of(pixels: np.ndarray) -> str:
    """The text of the picture's QR code; empty where there is none or it cannot be read."""
    import cv2  # comes with the OCR engine

    small = pixels
    if max(pixels.shape[:2]) > _LONGEST_SIDE:
        scale = _LONGEST_SIDE / max(pixels.shape[:2])
        small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    try:
        text, _, _ = cv2.QRCodeDetector().detectAndDecode(small)
    except cv2.error:  # the decoder stumbles over some patterns; the print is read all the same
        return ""
    return str(text)


def invoice_code(text: str) -> InvoiceCode | None:
    """The parts of an invoice's code; None for the code of something else."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) < 6 or parts[0] != "01" or not parts[3].isdigit():
        return None
    day = _DAY.fullmatch(parts[5])
    amount = parts[4] if re.fullmatch(r"\d{1,9}(\.\d{1,2})?", parts[4]) else ""
    return InvoiceCode(parts[2], parts[3], amount, "-".join(day.groups()) if day else "")
