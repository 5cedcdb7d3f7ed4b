"""Inputs as whole numbers: each dimension of a tariff becomes positions 0 … n−1 of an array's axis.

A choice is coded by its place in the list; a number by the band it falls into. Pure and exact: the same coding
serves one person and a million.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from baohe.kernel.errors import InvalidInput
from baohe.rooms.catalog.contracts import RatingInput

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension of one table. `starts` are the first values of its bands (with an end marker; a range where
    every number is a band of its own), or empty for a choice; `values` are the choices in order; `position` of a value
    is its place along the axis."""

    input: str
    starts: tuple[int, ...] | range
    values: tuple[str, ...]

    @property
    def size(self) -> int:
        return len(self.starts) - 1 if self.starts else len(self.values)

    def position(self, number: int) -> int:
        """Place of a value already read by `number_of`; −1 outside the bands."""
        if not self.starts:
            return number
        if isinstance(self.starts, range):
            place = number - self.starts.start
        else:
            place = bisect_right(self.starts, number) - 1
        return place if 0 <= place < len(self.starts) - 1 else -1

    def positions(self, numbers: Ints) -> Ints:
        """`position` for a column."""
        if not self.starts:
            return numbers
        if isinstance(self.starts, range):
            places = numbers - self.starts[0]
            return np.where((places >= 0) & (places < len(self.starts) - 1), places, -1)
        places = np.searchsorted(np.asarray(self.starts, dtype=np.int64), numbers, side="right") - 1
        return np.where(places < len(self.starts) - 1, places, -1).astype(np.int64)

    def words(self, place: int) -> str:
        """The band as filed: "31–35"; the choice's value otherwise."""
        if not self.starts:
            return self.values[place]
        first, last = self.starts[place], self.starts[place + 1] - 1
        return str(first) if first == last else f"{first}–{last}"


def number_of(item: RatingInput, text: str | None) -> int:
    """Read one input: the number itself, or the place of the choice. Raises `InvalidInput` with what is allowed."""
    if item.kind == "choice":
        for place, choice in enumerate(item.choices):
            if choice.value == text:
                return place
        raise wrong_choice(item)
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 12:
        raise out_of_range(item)
    number = int(text)
    if not (item.minimum or 0) <= number <= (item.maximum or 0) or (number - (item.minimum or 0)) % item.step:
        raise out_of_range(item)
    return number


def numbers_of(item: RatingInput, column: NDArray[np.generic] | None) -> Ints:
    """`number_of` for a column: texts, or whole numbers (for a choice: its place in the filed list)."""
    if column is None or column.ndim != 1:
        raise wrong_choice(item) if item.kind == "choice" else out_of_range(item)
    if column.dtype.kind not in "iu":
        return _read_texts(item, column.astype(str))
    numbers = column.astype(np.int64, copy=False)
    lowest, highest = (0, len(item.choices) - 1) if item.kind == "choice" else (item.minimum or 0, item.maximum or 0)
    if numbers.size and (int(numbers.min()) < lowest or int(numbers.max()) > highest):
        raise wrong_choice(item) if item.kind == "choice" else out_of_range(item)
    if item.step > 1 and ((numbers - lowest) % item.step).any():
        raise out_of_range(item)
    return numbers


def _read_texts(item: RatingInput, column: NDArray[np.str_]) -> Ints:
    """Each different text is read once; there are few of them in a long column."""
    texts, back = np.unique(column, return_inverse=True)
    return np.asarray([number_of(item, str(text)) for text in texts], dtype=np.int64)[back]


def wrong_choice(item: RatingInput) -> InvalidInput:
    allowed_zh = "、".join(f"{c.value}（{c.label.zh}）" for c in item.choices)
    allowed_en = ", ".join(f"{c.value} ({c.label.en})" for c in item.choices)
    return InvalidInput(
        field=item.code,
        reason_zh=f"{item.name.zh}可选：{allowed_zh}",
        reason_en=f"{item.name.en} is one of: {allowed_en}",
        allowed=[c.value for c in item.choices],
    )


def out_of_range(item: RatingInput) -> InvalidInput:
    low, high = item.minimum or 0, item.maximum or 0
    stepped = item.step > 1
    return InvalidInput(
        field=item.code,
        reason_zh=f"{item.name.zh}应为 {low} 到 {high} 之间的整数" + (f"，每 {item.step} 一档" if stepped else ""),
        reason_en=f"{item.name.en} is a whole number from {low} to {high}"
        + (f" in steps of {item.step}" if stepped else ""),
        minimum=low,
        maximum=high,
        **({"step": item.step} if stepped else {}),
    )
