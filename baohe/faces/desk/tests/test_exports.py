"""Files for a spreadsheet: whatever a cell holds the file is made, and a long one needs no memory."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from openpyxl import load_workbook

from baohe.faces.desk.money.exports import KINDS, download


def content(kind: str, rows) -> bytes:
    return b"".join(download(kind, "table", ("数", "字"), rows).streaming_content)


@pytest.mark.parametrize("kind", KINDS)
def test_a_character_that_no_sheet_takes_does_not_cost_the_file(kind: str):
    told = content(kind, [(1, "退\x0b回\x00汇款人"), (2, "=1+1")])

    if kind == "csv":
        assert told.decode("utf-8-sig").splitlines() == ["数,字", "1,退 回 汇款人", "2,'=1+1"]
    else:
        sheet = load_workbook(io.BytesIO(told)).active
        assert [row[1].value for row in sheet.iter_rows()] == ["字", "退 回 汇款人", "=1+1"]
        assert sheet["B3"].data_type == "s"


def test_a_long_table_is_not_held_in_memory():
    tracemalloc.start()
    try:
        made = download("csv", "table", ("数", "字"), ((n, "一行" * 20) for n in range(50_000)))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 2 * 1024 * 1024
    assert sum(len(part) for part in made.streaming_content) > 5 * 1024 * 1024
