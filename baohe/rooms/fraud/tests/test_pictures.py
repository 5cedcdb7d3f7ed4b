"""The fingerprint of a picture, and that looking it up by bands misses nothing that is near."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from baohe.plumbing.pictures import PictureUnreadable, perceptual_hash
from baohe.rooms.fraud.rules.pictures import BANDS, FLIPS, NEAR, bands, distance, probes

_BITS = st.integers(0, 2**64 - 1)
_FOUND_FOR_CERTAIN = BANDS * (FLIPS + 1) - 1


@given(_BITS, st.sets(st.integers(0, 63), max_size=_FOUND_FOR_CERTAIN))
def test_whatever_is_near_shares_a_probe(picture: int, flipped: set[int]) -> None:
    other = picture
    for bit in flipped:
        other ^= 1 << bit
    assert distance(picture, other) == len(flipped)
    stored = bands(other)
    assert any(stored[place] in probes(band) for place, band in enumerate(bands(picture)))


def test_the_limit_lies_within_what_the_index_finds() -> None:
    assert NEAR <= _FOUND_FOR_CERTAIN
    assert len(set(probes(7))) == 17


@given(_BITS)
def test_bands_keep_every_bit(picture: int) -> None:
    assert sum(band << 16 * place for place, band in enumerate(bands(picture))) == picture


def _photograph(seed: int) -> Image.Image:
    """Blurred patches, as light and dark lie in a photograph."""
    patches = np.random.default_rng(seed).integers(0, 255, (9, 12), dtype=np.uint8)
    return Image.fromarray(patches).resize((640, 480), Image.Resampling.BICUBIC)


def _hash(picture: Image.Image, quality: int = 90) -> int | None:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return perceptual_hash(out.getvalue())


@pytest.mark.parametrize("seed", range(5))
def test_the_same_photograph_smaller_and_compressed_is_near_and_another_is_not(seed: int) -> None:
    first, again = _hash(_photograph(seed)), _hash(_photograph(seed).resize((320, 240)), quality=40)
    other = _hash(_photograph(seed + 100))
    assert first is not None
    assert again is not None
    assert other is not None
    assert distance(first, again) <= NEAR
    assert distance(first, other) > 3 * NEAR


def test_a_blank_page_has_no_fingerprint() -> None:
    assert _hash(Image.new("L", (320, 240), 230)) is None


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(PictureUnreadable):
        perceptual_hash(b"\xff\xd8\xff broken")
