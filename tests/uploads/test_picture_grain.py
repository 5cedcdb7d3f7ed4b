"""What the grain of a photograph tells of a place that was meddled with; how often is measured on many more
(`bench/picture_meddled.py`)."""

from __future__ import annotations

import io
import random

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from baohe.plumbing import picture_grain, pictures, uploads
from baohe.plumbing.picture_grain import NO_GRAIN, SAME_GRAIN
from tests.uploads import photographed as taken

WORD = (335, 320, 170, 40)


def photograph(grain: float = 5.0, seed: int = 1) -> Image.Image:
    """A sheet of amounts in even light; `grain` in levels."""
    chance = random.Random(seed)
    picture = Image.new("RGB", (1_100, 800), (214, 212, 206))
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(30)
    for row in range(8):
        for column in range(4):
            text = f"{chance.randint(1_000, 99_999) / 100:.2f}"
            pen.text((80 + 255 * column, 80 + 80 * row), text, font=font, fill=(50, 50, 54))
    noise = np.random.default_rng(seed).normal(0, grain, (picture.height, picture.width, 1))
    return Image.fromarray((np.asarray(picture) + noise).clip(0, 255).astype(np.uint8))


def written_over(picture: Image.Image) -> Image.Image:
    done = picture.copy()
    pen, (x, y, wide, high) = ImageDraw.Draw(done), WORD
    pen.rectangle((x - 6, y - 6, x + wide, y + high), fill=(214, 212, 206))
    pen.text((x, y), "9 8 6 5 . 0 0", font=ImageFont.load_default(30), fill=(50, 50, 54))
    return done


def copied(picture: Image.Image) -> tuple[Image.Image, tuple[int, int, int, int]]:
    done, at = picture.copy(), (640, 640)
    patch = picture.crop((74, 72, 200, 120))
    done.paste(patch, at)
    return done, (*at, *patch.size)


def places(picture: Image.Image, quality: int = 94, **more: object):
    return picture_grain.odd_places(taken.jpeg(picture, quality, **more))


def touches(box, of: tuple[int, int, int, int], sides: tuple[int, int]) -> bool:
    x, y, wide, high = (part * side / 10_000 for part, side in zip(box, sides * 2, strict=True))
    return x < of[0] + of[2] and of[0] < x + wide and y < of[1] + of[3] and of[1] < y + high


@pytest.mark.parametrize("quality", [75, 85, 94])
@pytest.mark.parametrize("seed", range(4))
def test_an_honest_photograph_has_no_odd_place(seed: int, quality: int) -> None:
    assert places(photograph(seed=seed), quality) == ()


@pytest.mark.parametrize("seed", range(4))
def test_honest_photographs_of_papers_screens_and_without_print_have_none(seed: int) -> None:
    for picture in (taken.clear(seed, long_side=1_280), taken.screenshot(seed), taken.scene(seed)):
        assert places(picture, 88) == ()


@pytest.mark.parametrize("seed", range(4))
def test_print_without_grain_in_a_grainy_photograph_is_found_where_it_is(seed: int) -> None:
    picture = written_over(photograph(seed=seed))
    [place, *_] = found = places(picture)
    assert {one.code for one in found} == {NO_GRAIN}
    assert touches(place.box, WORD, picture.size)
    assert place.share < picture_grain.GRAIN_SHARE


@pytest.mark.parametrize("seed", range(4))
def test_a_copied_amount_is_found_with_where_it_came_from(seed: int) -> None:
    picture, target = copied(photograph(seed=seed))
    found = [one for one in places(picture) if one.code == SAME_GRAIN]
    assert found
    assert all(touches(one.box, target, picture.size) or touches(one.twin, target, picture.size) for one in found)
    assert len(found) <= picture_grain.MOST


def test_equal_print_on_a_screen_is_no_copy() -> None:
    assert places(photograph(grain=0)) == ()
    assert places(copied(photograph(grain=0))[0]) == ()


@pytest.mark.parametrize("turn", range(1, 9))
def test_boxes_are_of_the_upright_picture(turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    content = taken.jpeg(written_over(photograph()), 94, exif=exif)
    [place, *_] = picture_grain.odd_places(content)
    safe = pictures.make_safe(content)
    with Image.open(io.BytesIO(safe.jpeg)) as upright:
        left, top, wide, high = (side * part / 10_000 for side, part in zip(upright.size * 2, place.box, strict=True))
        part = np.asarray(upright.convert("L").crop((left, top, left + wide, top + high)))
    paper = part[part > 190].astype(int)
    assert (part < 90).mean() > 0.1  # the print
    assert np.median(np.abs(paper - 212)) <= 2  # on paper without grain; with it, 3 and more


def test_a_pdf_has_no_photograph_to_look_at() -> None:
    assert uploads.odd_places(b"%PDF-1.7 ...") == ()
