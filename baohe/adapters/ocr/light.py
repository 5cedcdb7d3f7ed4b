"""A photograph made easier to read: dim ones get their contrast back, seals are paled. Pure; blue, green, red."""

from __future__ import annotations

import numpy as np

_DIM = 120
"""A page whose paper and ink lie closer together than this was taken in the dark."""
_RED = 22
"""How much stronger the red of a pixel is than its other colours where a seal was pressed. What is paled by mistake,
brown print or a page in warm light, stays legible."""

_LEAST = 0.0005
"""Share of a page that a small seal covers; less red than that hides nothing."""


def with_contrast(pixels: np.ndarray) -> np.ndarray:
    dark, light = np.percentile(pixels[::8, ::8], (1, 99))
    if not 20 < light - dark < _DIM:
        return pixels
    stretched = (pixels.astype(np.float32) - dark) * (235 / (light - dark)) + 10
    return np.clip(stretched, 0, 255).astype(np.uint8)


def without_seals(pixels: np.ndarray) -> np.ndarray:
    """Red ink halved: the detector otherwise takes print and the seal over it for one thing. Red print stays."""
    if _sealed(pixels[::4, ::4]).mean() < _LEAST:
        return pixels
    sealed, red, paled = _sealed(pixels), pixels[:, :, 2], pixels.copy()
    for channel in (0, 1):
        paled[:, :, channel][sealed] = (pixels[:, :, channel][sealed] >> 1) + (red[sealed] >> 1)
    return paled


def _sealed(pixels: np.ndarray) -> np.ndarray:
    others = np.maximum(pixels[:, :, 0], pixels[:, :, 1])
    return pixels[:, :, 2] > np.minimum(others, 255 - _RED) + np.uint8(_RED)
