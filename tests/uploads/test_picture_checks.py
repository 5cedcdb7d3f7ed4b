"""What is told of clear and of spoilt photographs; the limits are measured on many more (`bench/picture_alarms.py`)."""

from __future__ import annotations

import pytest
from PIL import Image

from baohe.plumbing import picture_checks, pictures
from tests.uploads import photographed as taken

SEEDS = range(4)


def told(picture: Image.Image, quality: int = 88) -> tuple[str, ...]:
    seen = picture_checks.measured(pictures.make_safe(taken.jpeg(picture, quality)).jpeg)
    nothing = picture_checks.useless(seen)
    return (f"useless: {nothing}",) if nothing else picture_checks.doubts(seen)


def paper(seed: int) -> Image.Image:
    return taken.clear(seed, long_side=1_280)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        pytest.param(lambda picture: picture, (), id="clear"),
        pytest.param(lambda picture: taken.blurred(picture, 1), (), id="slightly soft"),
        pytest.param(lambda picture: taken.lit(picture, 0.5), (), id="half the light"),
        pytest.param(lambda picture: picture.rotate(90, expand=True), (), id="lying"),
        pytest.param(lambda picture: taken.blurred(picture, 2), ("blurred",), id="blurred"),
        pytest.param(lambda picture: taken.lit(picture, 0.25), ("dark",), id="dark"),
        pytest.param(lambda picture: taken.lit(picture, 0.02), ("useless: dark",), id="black"),
        pytest.param(lambda picture: taken.glaring(picture, 0.5), ("glare",), id="glare"),
        pytest.param(lambda picture: picture.resize((500, 400)), ("too_small",), id="small"),
        pytest.param(lambda picture: Image.new("RGB", picture.size, "white"), ("useless: overexposed",), id="white"),
    ],
)
def test_a_photograph_is_told_what_is_wrong_with_it_and_a_clear_one_nothing(seed, spoil, expected) -> None:
    assert told(spoil(paper(seed))) == expected


@pytest.mark.parametrize("seed", SEEDS)
def test_strong_compression_and_screenshots_are_clear(seed) -> None:
    assert told(paper(seed), quality=50) == ()
    assert told(taken.screenshot(seed)) == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_picture_without_print_is_no_paper(seed) -> None:
    assert told(taken.scene(seed)) == ("wrong_kind",)


def test_lines_that_run_over_the_edge_are_cut() -> None:
    assert told(taken.cut(taken.clear(2, "letter", 1_280), 0.5)) == ("cropped",)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hash_stays_near_when_a_picture_is_scaled_compressed_and_brightened(seed) -> None:
    picture = paper(seed)
    again = taken.lit(picture.resize((picture.width // 2, picture.height // 2)), 1.04)
    hashes = [pictures.perceptual_hash(pictures.make_safe(taken.jpeg(one, 70)).jpeg) for one in (picture, again)]
    other = pictures.perceptual_hash(pictures.make_safe(taken.jpeg(paper(seed + 1))).jpeg)

    assert (hashes[0] ^ hashes[1]).bit_count() <= 6
    assert (hashes[0] ^ other).bit_count() > 12
    assert 0 <= hashes[0] < 2**64
