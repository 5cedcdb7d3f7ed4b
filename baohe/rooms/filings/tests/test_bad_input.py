"""Bad input gets one error with its place and reason in both languages, and nothing stays behind."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from baohe.cli.product import app
from baohe.rooms.filings import facade
from baohe.rooms.filings.errors import DraftExists, FilingHasFaults, FilingUnreadable
from baohe.rooms.filings.rules import source
from baohe.rooms.filings.tests.test_tricks import table

AGES = list(range(20, 32))


def rates(*rows: str, unit: str = "单位：人民币元") -> bytes:
    return f"# 示例费率表\n\n（每1000元基本保险金额）\n\n{unit}\n\n{table(*rows)}\n".encode()


def good(ages: list[int] = AGES) -> list[str]:
    return ["年龄 | 男 | 女", *[f"{a} | {a * 9} | {a * 8}" for a in ages]]


def sheet(*rows: list[object], macro: bool = False) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    if macro:
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("xl/vbaProject.bin", b"macro")
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO(sheet(["年龄", "男"], [20, 1]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/huge.xml", b"0" * (70 * 1024 * 1024))
    return out.getvalue()


def declared() -> bytes:
    out = io.BytesIO(sheet(["年龄", "男"], [20, 1]))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/extra.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    return out.getvalue()


_rows = good()
FAULTS = {
    "a missing age": ({"flbe.md": rates(*good([a for a in AGES if a != 25]))}, "missing_key", "行6"),
    "two cells for one key": ({"flbe.md": rates(*good([*AGES[:5], *AGES[4:]]))}, "duplicate_key", "行5"),
    "text for a number": ({"flbe.md": rates(*[*_rows[:4], "23 | 面议 | 184", *_rows[5:]])}, "not_a_number", "行4 列1"),
    "another unit than the statement": (
        {"flbe.md": rates(*_rows), "sms.md": "# 说明书\n\n费率以每10000元基本保险金额计。".encode()}, "unit", "行1"),
    "another currency than the statement": (
        {"flbe.md": rates(*_rows), "sms.md": "# 产品说明书\n\n金额单位：美元".encode()}, "unit", "行1"),
    "a heading that spans wrongly": (
        {"flbe.md": rates("性别 | 男 [2] | 女 [1]", "交费期间年龄 | 3年交 | 5年交 | 3年交 | 5年交",
                          *[f"{a} | 9 | 8 | 7 | 6" for a in AGES])}, "spans", "行2 列1"),
    "a file in GBK": ({"rates.csv": "年龄,男,女\n20,1,2\n21,2,3\n22,3,4\n".encode("gbk")}, "encoding", "rates.csv"),
    "an unreadable age": ({"flbe.md": rates(*[*_rows[:4], " | 99 | 88", *_rows[5:]])}, "unreadable_key", "行4 列0"),
    "a formula": ({"rates.xlsx": sheet(["年龄", "男"], [20, 1], [21, "=B2*2"], [22, 3])}, "formula", "行2 列1"),
    "a date": ({"rates.csv": "年龄,男\n20,1\n21,2026-01-02\n22,3\n23,4\n".encode()}, "not_a_number", "行2 列1"),
    "rows by the thousand": (
        {"flbe.md": rates(*good(list(range(1200))))}, "key_order", "行132"),
}  # fmt: skip

REFUSED = {
    "macros": ({"rates.xlsx": sheet(["年龄", "男"], [20, 1], macro=True)}, "宏"),
    "a macro workbook": ({"rates.xlsm": b"PK"}, "宏"),
    "an old workbook": ({"rates.xls": b"\xd0\xcf\x11\xe0"}, "旧版"),
    "an old workbook under a new name": ({"rates.xlsx": b"\xd0\xcf\x11\xe0" + b"0" * 100}, "旧版"),
    "a bomb": ({"rates.xlsx": bomb()}, "解压后过大"),
    "a declared document type": ({"rates.xlsx": declared()}, "文档类型"),
    "a broken workbook": ({"rates.xlsx": b"PK\x03\x04 nothing"}, "XLSX"),
    "neither UTF-8 nor GBK": ({"flbe.md": b"# x\n\xff\xff\xff\n"}, "第 2 行"),
    "a workbook named csv": ({"rates.csv": b"PK\x03\x04"}, "不是文字"),
    "a file too large": ({"flbe.md": b"x" * (source.LARGEST_FILE + 1)}, "上限 16 MB"),
    "rows past the limit": (
        {"rates.csv": ("年龄,男\n" + "20,1\n" * (source.MOST_ROWS + 10_000)).encode()}, "20,000 行"),
    "an open quotation": ({"rates.csv": '年龄,男\n20,"1\n'.encode()}, "第 "),
}  # fmt: skip


def folder_of(tmp_path: Path, files: dict[str, bytes]) -> Path:
    filing = tmp_path / "filing"
    filing.mkdir()
    for name, content in files.items():
        (filing / name).write_bytes(content)
    return filing


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_stops_the_import_with_its_place(case, tmp_path) -> None:
    files, kind, place = FAULTS[case]
    filing, draft = folder_of(tmp_path, files), tmp_path / "deep" / "draft"
    book = facade.read(filing)
    assert book.faults[0].kind == kind, book.faults[:3]
    with pytest.raises(FilingHasFaults):
        facade.package_of(book)
    ran = CliRunner().invoke(app, ["import", str(filing), "--into", str(draft)])
    assert ran.exit_code == 1
    assert place in ran.stderr and re.search(r"[a-z]{4}", ran.stderr)
    assert not draft.exists() and not draft.parent.exists()


@pytest.mark.parametrize("case", REFUSED)
def test_an_unreadable_file_is_refused_with_its_reason(case, tmp_path) -> None:
    files, reason = REFUSED[case]
    filing, draft = folder_of(tmp_path, files), tmp_path / "draft"
    with pytest.raises(FilingUnreadable) as refusal:
        facade.read(filing)
    assert reason in refusal.value.message_zh and refusal.value.problem()["next"]["en"]
    for arguments in (["import", str(filing), "--into", str(draft)], ["rates", str(filing), "--json"]):
        ran = CliRunner().invoke(app, arguments)
        assert ran.exit_code == 2 and ran.stdout == ""
        assert next(iter(files)) in ran.stderr
    assert not draft.exists()


def test_hidden_cells_and_formulas_are_not_quoted() -> None:
    book = openpyxl.Workbook()
    for row in (["年龄", "男", "女"], [20, 1, 2], [21, 2, 3], [22, 3, 4], [23, 4, 5]):
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["C"].hidden = True
    out = io.BytesIO()
    book.save(out)
    read = facade.read({"rates.xlsx": out.getvalue()})
    assert [(c.row, c.column) for c in read.cells] == [(1, 1), (3, 1), (4, 1)]
    assert {p.kind for p in read.problems} == {"hidden"}


def test_a_draft_is_written_whole_and_never_over_another(tmp_path) -> None:
    filing = folder_of(
        tmp_path, {"flbe.md": rates(*good()), "tk.md": "# 示例寿险条款\n\n# 1.1 合同\n本合同。".encode()}
    )
    into = tmp_path / "example-life" / "2026-11-01"
    ran = CliRunner().invoke(app, ["import", str(filing), "--into", str(into)])
    assert ran.exit_code == 0, ran.stderr
    written = {str(p.relative_to(into)) for p in into.rglob("*") if p.is_file()}
    assert {
        "product.yaml",
        "formula.yaml",
        "clauses.md",
        "rates/premium.csv",
        "sources/premium.csv",
        "report.json",
    } < written
    rows = (into / "rates/premium.csv").read_text().splitlines()
    places = (into / "sources/premium.csv").read_text().splitlines()
    assert len(rows) == len(places) == 1 + 2 * len(AGES)
    assert rows[:2] == ["age_from,age_to,sex,value", "20,20,male,180"] and places[1].startswith("2,flbe.md,0,1,1,180,")
    assert json.loads((into / "report.json").read_text())["exact_match"] == "100.00%"
    with pytest.raises(DraftExists):
        facade.write_draft(facade.package_of(facade.read(filing)), into)
    assert [p.name for p in into.parent.iterdir()] == ["2026-11-01"]


def test_the_check_names_the_gaps_of_a_draft(tmp_path) -> None:
    filing = folder_of(tmp_path, {"flbe.md": rates(*good())})
    into = tmp_path / "example-life" / "2026-11-01"
    facade.write_draft(facade.package_of(facade.read(filing)), into)
    ran = CliRunner().invoke(app, ["check", str(into)])
    assert ran.exit_code == 1
    assert "product.name" in ran.stdout and "没有填写" in ran.stdout


def test_gaps_can_be_taken_on_and_are_marked(tmp_path) -> None:
    files, _, _ = FAULTS["an unreadable age"]
    draft = facade.package_of(facade.read(files), with_gaps=True)
    assert draft.quoted == 2 * (len(AGES) - 1)
    assert "行4 列0" in draft.files["gaps.md"].decode()


def test_earlier_versions_below_are_not_read(tmp_path) -> None:
    filing = folder_of(tmp_path, {"flbe.md": rates(*good())})
    (filing / "history" / "version1").mkdir(parents=True)
    (filing / "history" / "version1" / "flbe.md").write_bytes(rates(*good([1, 2, 3, 4])))
    assert len(facade.read(filing).cells) == 2 * len(AGES)
