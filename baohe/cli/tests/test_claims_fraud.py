"""`baohe claims fraud` as a person types it, on an invented file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from baohe.cli.claims import app
from baohe.rooms.fraud.tests import invented


def run(*arguments: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["fraud", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invented.write(tmp_path_factory.mktemp("claims") / "claims.csv", invented.rows(1_200))


@pytest.fixture(scope="module")
def model(claims: Path) -> Path:
    path = claims.parent / "model.json"
    assert run("train", claims, "--out", path)[0] == 0
    return path


def test_training_prints_what_it_measured(tmp_path: Path, claims: Path) -> None:
    code, said, _ = run("train", claims, "--out", tmp_path / "model.json")
    assert code == 0
    for word in ("1994", "1995", "AUC", "average precision", "precision at top 1 %", "base rate"):
        assert word in said
    code, said, _ = run("train", claims, "--out", tmp_path / "again.json", "--json")
    told = json.loads(said)
    assert (tmp_path / "again.json").exists()
    assert told["measured"]["year"] == 1995
    assert 0 < told["measured"]["auc"] <= 1


def test_one_year_alone_is_trained_and_said_to_be_unmeasured(tmp_path: Path) -> None:
    data = invented.write(tmp_path / "claims.csv", invented.rows(400, years=(1994,)))
    code, said, _ = run("train", data, "--out", tmp_path / "model.json")
    assert code == 0
    assert "rows of one year only" in said
    assert json.loads(run("train", data, "--out", tmp_path / "model.json", "--json")[1])["measured"] is None


def test_scores_are_one_object_a_row_with_and_without_the_label(tmp_path: Path, claims: Path, model: Path) -> None:
    rows = invented.rows(30, seed=9)
    with_label = invented.write(tmp_path / "with.csv", rows)
    without = invented.write(tmp_path / "without.csv", rows, without=["FraudFound_P", "PolicyNumber", "Year"])
    code, said, _ = run("score", with_label, "--json", "--model", model)
    assert code == 0
    lines = [json.loads(line) for line in said.splitlines()]
    assert [line["row"] for line in lines] == list(range(1, 31))
    assert all(0 <= line["score"] <= 1 and line["reasons"] for line in lines)
    assert run("score", without, "--json", "--model", model)[1] == said


def test_a_missing_column_is_a_sentence_and_no_traceback(tmp_path: Path, model: Path) -> None:
    data = invented.write(tmp_path / "claims.csv", invented.rows(3), without=["Fault", "Make"])
    code, said, refused = run("score", data, "--json", "--model", model)
    assert (code, said) == (1, "")
    assert "Make" in refused
    assert "Fault" in refused
    assert "Traceback" not in refused


def test_without_a_model_it_says_what_to_run(settings, tmp_path: Path, claims: Path) -> None:
    settings.BAOHE_DATA = tmp_path
    code, _, refused = run("score", claims)
    assert code == 1
    assert "baohe claims fraud train" in refused


def test_drift_is_told_and_kept_for_the_desk(settings, tmp_path: Path, claims: Path) -> None:
    settings.BAOHE_DATA = tmp_path
    assert run("train", claims)[0] == 0
    moved = invented.write(tmp_path / "moved.csv", [{**row, "Fault": "Third Party"} for row in invented.rows(100)])
    code, said, _ = run("drift", moved, "--json")
    assert code == 0
    told = json.loads(said)
    assert told["moved"][0]["name"] == "score"
    assert next(one["band"] for one in told["moved"] if one["name"] == "Fault") == "far"
    assert json.loads((tmp_path / "fraud" / "drift.json").read_text())["version"] == told["version"]
    assert "moved far" in run("drift", moved)[1]


@pytest.mark.parametrize(
    ("command", "content", "said"),
    [
        (command, content, said)
        for command in ("train", "score", "drift")
        for content, said in (
            (b"", "文件是空的 · The table cannot be read: the file is empty"),
            (b"PK\x03\x04", "Excel 工作簿"),
            (b"Make;Fault\n", "分号"),
            ("品牌\n本田\n".encode("gb18030"), "GBK"),
            (b"a,b\n1,2\n", "第一行不是车险理赔表的列名：a、b"),
        )
    ],
)
def test_a_wrong_file_is_named_by_each_command(
    tmp_path: Path, model: Path, command: str, content: bytes, said: str
) -> None:
    data = tmp_path / "wrong.csv"
    data.write_bytes(content)
    with_model = ("--out", tmp_path / "new.json") if command == "train" else ("--model", model)
    code, printed, refused = run(command, data, *with_model, "--json")
    assert (code, printed) == (1, "")
    assert said in refused
    assert not (tmp_path / "new.json").exists()


def test_a_label_that_is_none_stops_training_by_its_row(tmp_path: Path) -> None:
    rows = invented.rows(20)
    rows[4]["FraudFound_P"] = "maybe"
    data = invented.write(tmp_path / "claims.csv", rows)
    code, _, refused = run("train", data, "--out", tmp_path / "model.json")
    assert code == 1
    assert "record 5 has 'maybe' in FraudFound_P" in refused


def test_a_row_answers_with_its_number_score_and_reasons(tmp_path: Path, model: Path) -> None:
    data = invented.write(tmp_path / "one.csv", invented.rows(1))
    [line] = run("score", data, "--json", "--model", model)[1].splitlines()
    assert {"row", "score", "reasons"} <= set(json.loads(line))
