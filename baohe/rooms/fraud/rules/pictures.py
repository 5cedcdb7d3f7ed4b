"""Pictures as 64 bits (`plumbing.pictures.perceptual_hash`): the same photograph sent again, smaller or compressed
anew, is found by index. Pure.

The hash sees light and dark in broad strokes only. Two photographs of damage differ; two invoices printed on one form
do not (measured: 0 to 4 bits), so printed forms must never be compared by it.
"""

from __future__ import annotations

from itertools import combinations

NEAR = 5
"""Differing bits up to which two pictures are taken for the same. At most `BANDS * (FLIPS + 1) - 1` bits are found
for certain; a picture cropped by 2 % is about 8 away and is not."""

BANDS, BAND_BITS, FLIPS = 4, 16, 1


def distance(one: int, other: int) -> int:
    return (one ^ other).bit_count()


def bands(picture: int) -> tuple[int, ...]:
    """The hash in BANDS parts of BAND_BITS bits, each stored in an indexed column."""
    return tuple(picture >> BAND_BITS * place & (1 << BAND_BITS) - 1 for place in range(BANDS))


def probes(band: int) -> tuple[int, ...]:
    """The band's value and every value with up to FLIPS bits flipped.

    Seven differing bits in four bands leave one band with at most one: whoever looks up all probes of all bands finds
    every hash within seven bits, by index, in 68 values instead of a scan.
    """
    flips = [0]
    for count in range(1, FLIPS + 1):
        flips += [sum(1 << bit for bit in some) for some in combinations(range(BAND_BITS), count)]
    return tuple(band ^ flip for flip in flips)
