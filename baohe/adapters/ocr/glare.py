"""Letters that light has nearly washed out. The engine reads them with full confidence; a person would not."""

from __future__ import annotations

import numpy as np

_PALE = 0.45
"""A letter with less than this part of the usual contrast of its line is pale."""


def pale_letters(grey: np.ndarray, text: str) -> tuple[int, ...]:
    """Places of pale letters in `text`, given the grey pixels (0–255) of its line. Pure.

    Only lines of digits are judged: their letters have equal widths and enough ink each.
    """
    letters = [place for place, letter in enumerate(text) if letter.isdigit()]
    if len(letters) < 3 or len(letters) + text.count(".") < len(text) or grey.size == 0:
        return ()
    spans = _columns(grey, text)
    contrast = {place: _contrast(grey[:, spans[place][0] : spans[place][1]]) for place in letters}
    usual = float(np.median(list(contrast.values())))
    if usual <= 0:
        return ()
    return tuple(place for place in letters if contrast[place] < _PALE * usual)


def _columns(grey: np.ndarray, text: str) -> list[tuple[int, int]]:
    """Equal columns, a full stop counting half, inside the margins that the detector adds."""
    margin = grey.shape[0] // 6
    left, right = margin, max(margin + 1, grey.shape[1] - margin)
    weights = [1 if letter == "." else 2 for letter in text]
    edges = np.cumsum([0, *weights]) * (right - left) / sum(weights) + left
    return [(int(edges[i]), max(int(edges[i]) + 1, int(edges[i + 1]))) for i in range(len(text))]


def _contrast(cell: np.ndarray) -> float:
    if cell.size == 0:
        return 0.0
    light, dark = np.percentile(cell, (90, 8))
    return float(light - dark)
