"""`baohe claims read` as a person at a terminal, or a program, meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from typer.testing import CliRunner

from baohe.cli import claims, main
from tests.claims.sample_papers import shop_slip


@pytest.fixture(scope="module")
def slip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("papers") / "slip.jpg"
    path.write_bytes(shop_slip().jpeg())
    return path


def run(*arguments: str):
    return CliRunner().invoke(claims.app, ["read", *arguments])


def test_one_picture_is_one_object_with_boxes_in_its_pixels(slip: Path) -> None:
    answer = run(str(slip), "--json")

    told = json.loads(answer.stdout)
    assert answer.exit_code == 0
    assert set(told) == {"kind", "fields"}
    assert told["kind"] == "receipt"
    assert {name: field["value"] for name, field in told["fields"].items()} == dict(shop_slip().truth)
    total = told["fields"]["total"]
    assert set(total) == {"value", "confidence", "box"}
    assert 0.85 <= total["confidence"] <= 1
    x, y, width, height = total["box"]
    assert y < 490 < y + height  # printed at (440, 490)
    assert x < 445 < x + width


def test_a_picture_that_its_camera_turned_is_read_upright_and_boxes_are_upright(slip: Path, tmp_path: Path) -> None:
    turned, exif = tmp_path / "turned.jpg", Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    with Image.open(slip) as picture:
        picture.rotate(90, expand=True).save(turned, exif=exif)

    first, second = (json.loads(run(str(path), "--json").stdout)["fields"]["total"]["box"] for path in (slip, turned))

    assert all(abs(a - b) <= 12 for a, b in zip(first, second, strict=True))


def test_several_pictures_are_a_line_each_and_a_bad_one_stops_none(slip: Path, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("no picture")

    answer = run(str(text), str(slip), "--json")

    lines = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [line["file"] for line in lines] == [str(slip)]
    assert answer.exit_code == 3
    assert "notes.txt" in answer.stderr


@pytest.mark.parametrize(
    ("content", "exit_code", "word"),
    [(b"%PDF-1.7", 3, "PDF"), (b"\xff\xd8\xff" + b"\0" * 11_000_000, 4, "10 MB")],
)
def test_what_cannot_be_read_is_one_sentence_and_an_exit_code(tmp_path: Path, content, exit_code, word) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    answer = run(str(path), "--json")
    assert (answer.exit_code, answer.stdout) == (exit_code, "")
    assert word in answer.stderr


def test_a_black_picture_is_illegible(tmp_path: Path) -> None:
    Image.new("RGB", (640, 480)).save(tmp_path / "black.png")
    assert run(str(tmp_path / "black.png")).exit_code == 5


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    answer = run(str(tmp_path / "gone.jpg"))
    assert answer.exit_code == 2
    assert "gone.jpg" in answer.stderr


def test_a_person_sees_a_table(slip: Path) -> None:
    answer = run(str(slip))
    assert "家家福便利店" in answer.stdout
    assert "29.00" in answer.stdout


def test_the_command_is_listed() -> None:
    assert "claims" in main.COMMANDS
