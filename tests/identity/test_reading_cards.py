"""Reading an identity card: lines to fields by rules, and pictures taken by hand by the real engine."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from baohe.adapters.ocr.contracts import CardReading, Line
from baohe.adapters.ocr.id_card import read_card, read_side
from baohe.plumbing.pictures import make_safe
from baohe.rooms.people.regions import regions
from tests.identity.sample_card import Card, card, draw_back, draw_front, printed

TODAY = date(2026, 11, 22)
TRUTH = card(4)


def front(**changes: str) -> CardReading:
    """Lines as the engine gives them for a sample; `changes` replaces the text of one."""
    cells = {
        "name": ("姓名 陆岚", (1000, 1000, 2000, 600)),
        "sex": ("性别女", (1000, 2500, 900, 600)),
        "nation": ("民族回", (3000, 2500, 1500, 600)),
        "born": ("出生", (1000, 4000, 700, 500)),
        "birth": ("1965年5月4日", (2000, 4000, 3000, 600)),
        "address": ("住址北京市东城区样本街道青石巷", (1000, 5000, 4500, 600)),
        "address2": ("9号1幢1745室", (2286, 5700, 1500, 600)),
        "mark": ("样本", (7000, 4600, 1200, 1000)),
        "label": ("公民身份号码", (1000, 7600, 1700, 600)),
        "number": (TRUTH.number, (3500, 7500, 3800, 700)),
    }
    for code, text in changes.items():
        cells[code] = (text, cells[code][1])
    lines = [Line(text, 99, box) for text, box in cells.values() if text]
    return read_side(lines, "front", regions(), TODAY)


def test_a_front_is_read_with_its_sex_taken_from_the_number() -> None:
    reading = front(sex="性别")
    assert reading.problem == ""
    assert {field.code: field.value for field in reading.fields} == {
        "name": "陆岚",
        "sex": TRUTH.sex,
        "nation": "回",
        "birth": TRUTH.birth.isoformat(),
        "address": "北京市东城区样本街道青石巷9号1幢1745室",
        "number": TRUTH.number,
    }
    assert all(field.box for field in reading.fields)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"birth": "1966年5月4日"}, "mismatch"),
        ({"number": TRUTH.number[:-1] + ("1" if TRUTH.number[-1] != "1" else "2")}, "unclear"),
        ({"number": ""}, "unclear"),
        ({"name": ""}, "unclear"),
    ],
)
def test_a_front_that_contradicts_itself_or_hides_a_line_is_not_taken(changes: dict[str, str], problem: str) -> None:
    assert front(**changes).problem == problem


def test_an_expired_card_says_so_and_a_long_term_one_never_expires() -> None:
    def back(period: str) -> str:
        cells = (
            ("中华人民共和国", 1000),
            ("居民身份证", 2500),
            ("签发机关样本分局", 6000),
            (f"有效期限{period}", 7500),
        )
        lines = [Line(text, 99, (1000, y, 4000, 600)) for text, y in cells]
        return read_side(lines, "back", regions(), TODAY).problem

    assert back("2006.11.21-2026.11.21") == "expired"
    assert back("2006.11.22-2026.11.22") == ""
    assert back("1999.01.01-长期") == ""


@pytest.mark.parametrize("seed", range(4))
def test_pictures_taken_by_hand_are_read_whole(tmp_path: Path, seed: int) -> None:
    truth = card(seed)
    assert _wrong(truth, _read(draw_front(tmp_path / "f.jpg", truth, seed), "front")) == []
    assert _wrong(truth, _read(draw_back(tmp_path / "b.jpg", truth, seed), "back")) == []


@pytest.mark.parametrize("damage", ["blurred", "glare", "cropped"])
def test_what_cannot_be_read_is_named_so_that_the_person_can_mend_it(tmp_path: Path, damage: str) -> None:
    picture = draw_front(tmp_path / "f.jpg", TRUTH, 4, **{damage: True})
    reading = _read(picture, "front")
    assert (reading.problem, reading.value("number")) == (damage, "")


def test_the_other_side_is_recognised_as_such(tmp_path: Path) -> None:
    assert _read(draw_back(tmp_path / "b.jpg", TRUTH, 4), "front").problem == "wrong_side"


def _read(picture: Path, side: str) -> CardReading:
    return read_card(make_safe(picture.read_bytes()).jpeg, side, regions(), TODAY)


def _wrong(truth: Card, reading: CardReading) -> list[str]:
    """The codes of the fields that differ from what was printed."""
    told = printed(truth, reading.side)
    return [code for code, value in told.items() if reading.value(code) != value]
