"""The model on invented claims: what it may look at, what it says, and its file."""

from __future__ import annotations

import json
import os
import random
from dataclasses import replace
from pathlib import Path

import pytest

from baohe.rooms.fraud import model, model_file, table
from baohe.rooms.fraud.errors import ColumnsMissing, ModelMissing, ModelUnreadable, TableUnreadable
from baohe.rooms.fraud.rules.vehicle import FEATURES, PROTECTED
from baohe.rooms.fraud.tests import invented

FAST = replace(model.SETTINGS, rounds=15, seeds=1, rate=0.2)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invented.write(tmp_path_factory.mktemp("claims") / "claims.csv", invented.rows(2_000))


@pytest.fixture(scope="module")
def made(data: Path) -> model.Model:
    return model.train(data, FAST)


def test_it_trains_on_the_first_year_and_measures_on_the_last(made: model.Model) -> None:
    assert (made.trained_years, made.trained_rows) == ((1994,), 1_000)
    assert made.measured is not None
    assert (made.measured.year, made.measured.rows) == (1995, 1_000)
    assert made.measured.auc > 0.75
    assert made.measured.precision_at_top > 2 * made.measured.base_rate


def test_the_last_year_teaches_nothing(tmp_path: Path, data: Path, made: model.Model) -> None:
    """All labels of 1995 turned round: the same trees."""
    turned = [
        {**row, "FraudFound_P": str(1 - int(row["FraudFound_P"]))} if row["Year"] == "1995" else row
        for row in table.read(data).rows
    ]
    assert model.train(invented.write(tmp_path / "turned.csv", turned), FAST).forest == made.forest


@pytest.mark.rule("DATA-3")
@pytest.mark.parametrize("column", [*PROTECTED, "PolicyNumber", "RepNumber", "Month"])
def test_what_is_not_looked_at_changes_no_score(tmp_path: Path, data: Path, made: model.Model, column: str) -> None:
    rows = [dict(row) for row in table.read(data).rows]
    values = [row[column] for row in rows]
    random.Random(5).shuffle(values)
    shuffled = [{**row, column: value} for row, value in zip(rows, values, strict=True)]
    again = model.train(invented.write(tmp_path / "shuffled.csv", shuffled), FAST)
    assert again.forest == made.forest
    assert model.score(again, shuffled[:200]) == model.score(made, rows[:200])


def test_no_protected_column_is_a_feature() -> None:
    assert not {feature.name for feature in FEATURES} & {*PROTECTED, "PolicyNumber", "RepNumber", "Year", "Month"}


def test_scores_come_in_the_rows_order_with_what_moved_them(data: Path, made: model.Model) -> None:
    rows = table.read(data).rows
    scored = model.score(made, rows)
    assert [one.row for one in scored] == list(range(1, 2_001))
    assert all(0 <= one.score <= 1 for one in scored)
    highest = max(scored, key=lambda one: one.score)
    assert highest.look
    by_feature = {moving.feature: moving for moving in highest.reasons}
    assert by_feature["Fault"].log_odds > 0
    assert by_feature["Fault"].text.zh.startswith("事故责任方：投保人一方，几率升到")
    assert by_feature["Fault"].text.en.startswith("fault: policy holder, odds ×")


def test_long_files_are_scored_in_parts_without_a_seam(made: model.Model, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = invented.rows(25)
    whole = model.score(made, rows)
    monkeypatch.setattr(model, "_BATCH", 10)
    assert model.score(made, rows) == whole


def test_a_value_never_seen_is_named_and_scored(made: model.Model) -> None:
    [row] = invented.rows(1)
    [one] = model.score(made, [{**row, "Make": "Hongqi", "VehiclePrice": "a fortune"}])
    assert one.unknown == ("Make", "VehiclePrice")
    assert 0 < one.score < 1


def test_numbers_written_as_decimals_are_the_same_numbers(made: model.Model) -> None:
    [row] = invented.rows(1)
    [plain], [decimal] = model.score(made, [row]), model.score(made, [{**row, "Deductible": f" {row['Deductible']}.0"}])
    assert plain.score == decimal.score


def test_the_file_opens_as_it_was_saved(tmp_path: Path, made: model.Model) -> None:
    path = tmp_path / "deep" / "model.json"
    version = model_file.save(made, path)
    opened, same = model_file.load(path)
    assert (opened, same) == (made, version)
    assert json.loads(path.read_text())["trained"]["sha256"] == made.data_sha256


@pytest.mark.parametrize(
    "change",
    [
        lambda content: {**content, "base": content["base"] + 1},
        lambda content: {**content, "format": 2},
        lambda content: [],
    ],
)
def test_a_changed_file_is_refused(tmp_path: Path, made: model.Model, change) -> None:
    path = tmp_path / "model.json"
    model_file.save(made, path)
    path.write_text(json.dumps(change(json.loads(path.read_text()))))
    with pytest.raises(ModelUnreadable):
        model_file.load(path)


def test_a_tree_that_walks_in_a_circle_is_refused(tmp_path: Path, made: model.Model) -> None:
    path = tmp_path / "model.json"
    model_file.save(made, path)
    content = json.loads(path.read_text())
    content["trees"][0]["yes"][0] = 0
    path.write_text(json.dumps({**content, "version": model_file.version_of(content)}))
    with pytest.raises(ModelUnreadable):
        model_file.load(path)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing) as refused:
        model_file.load(tmp_path / "none.json")
    assert "train" in refused.value.next_en


HEAD = ",".join(feature.name for feature in FEATURES)


@pytest.mark.parametrize(
    ("content", "refusal", "said"),
    [
        ("Make,Fault\nHonda,Third Party\n", ColumnsMissing, "VehiclePrice"),
        (b"", TableUnreadable, "empty"),
        (b"\xef\xbb\xbf \n", TableUnreadable, "empty"),
        (HEAD, TableUnreadable, "no records"),
        (b"\xff\xfe\x00", TableUnreadable, "UTF-16"),
        ((HEAD + "\n本田\n").encode("gb18030"), TableUnreadable, "line 2 is not UTF-8; it looks like GBK"),
        (HEAD.encode() + b"\n\n\xff\xff\xff", TableUnreadable, "line 3 is not UTF-8."),
        (b"PK\x03\x04...", TableUnreadable, "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1", TableUnreadable, "old workbook"),
        (b"%PDF-1.7", TableUnreadable, "PDF"),
        (b"abc\x00def", TableUnreadable, "not a text file"),
        ('{"row": 1}\n', TableUnreadable, '{"row": 1}'),
        (HEAD.replace(",", ";") + "\n", TableUnreadable, "semicolons"),
        (HEAD.replace(",", "\t") + "\n", TableUnreadable, "tabs"),
        (HEAD + ",Make\n", TableUnreadable, "Make is there more than once"),
        (HEAD + '\n"Honda\n', TableUnreadable, "quotes do not match"),
    ],
)
def test_a_table_that_is_none_is_refused(tmp_path: Path, content: str | bytes, refusal, said: str) -> None:
    path = tmp_path / "claims.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(refusal) as refused:
        table.read(path)
    assert said in refused.value.message_en


@pytest.mark.parametrize(
    "change",
    [{"FraudFound_P": "maybe"}, {"FraudFound_P": "2"}, {"Year": "MCMXCIV"}],
    ids=["no label", "no such label", "no year"],
)
def test_a_wrong_cell_is_named_with_its_row(tmp_path: Path, change: dict[str, str]) -> None:
    rows = invented.rows(20)
    rows[6] |= change
    with pytest.raises(TableUnreadable, match="record 7"):
        model.train(invented.write(tmp_path / "claims.csv", rows), FAST)


def test_a_row_cut_short_is_named(tmp_path: Path) -> None:
    path = invented.write(tmp_path / "claims.csv", invented.rows(3))
    path.write_text(path.read_text() + "Honda,Urban\n")
    with pytest.raises(TableUnreadable, match="record 4"):
        table.read(path)


def test_training_needs_both_kinds(tmp_path: Path) -> None:
    honest = [{**row, "FraudFound_P": "0"} for row in invented.rows(50)]
    with pytest.raises(TableUnreadable, match="both kinds"):
        model.train(invented.write(tmp_path / "claims.csv", honest), FAST)


def test_drift_tells_the_feature_that_moved(data: Path, made: model.Model) -> None:
    rows = [{**row, "Fault": "Third Party"} for row in table.read(data).rows]
    found = {one.name: one for one in model.drift(made, rows)}
    assert found["Fault"].band == "far"
    assert found["score"].band == "far"
    assert found["Make"].band == "steady"


def test_a_file_that_is_too_large_or_absent_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(TableUnreadable, match="No such file"):
        table.read(tmp_path / "absent.csv")
    huge = tmp_path / "huge.csv"
    huge.write_bytes(b"Make\n")
    os.truncate(huge, 65 * 1024 * 1024)
    with pytest.raises(TableUnreadable, match="64 MB"):
        table.read(huge)
