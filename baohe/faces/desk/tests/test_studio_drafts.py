"""A draft is uploaded, read from papers and saved; what is wrong is told and nothing is lost."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baohe.faces.desk.tests import studio_world as world
from baohe.faces.desk.tests.desk_world import everything
from baohe.rooms.studio.models import Draft, DraftSave


def test_the_second_save_of_two_is_told_and_keeps_what_was_typed(gu: Client, wen: Client) -> None:
    draft_id = world.uploaded(gu)
    assert world.step(gu, "studio-save", draft_id, text="## 1 甲改的\n") == 302

    answer = wen.post(
        world.page("studio-save", draft_id), world.said("studio-save", draft_id) | {"text": "## 1 乙改的\n"}
    )

    assert answer.status_code == 409
    assert "## 1 乙改的" in answer.content.decode()
    row = Draft.objects.get(id=draft_id)
    assert (row.files["clauses.md"], row.revision) == ("## 1 甲改的\n", 2)
    assert DraftSave.objects.get(draft=row, revision=2).changed == {"clauses.md": "## 1 甲改的\n"}


def test_what_is_wrong_is_shown_with_its_file_and_line(gu: Client) -> None:
    draft_id = world.uploaded(gu)
    product = world.package()["product.yaml"].replace("waiting_days: 30", "waiting_days: x")
    assert world.step(gu, "studio-save", draft_id, file="product.yaml", text=product) == 302

    line = product[: product.index("waiting_days")].count("\n") + 1
    overview = gu.get(world.page("studio-draft", draft_id)).content.decode()
    assert f"?file=product.yaml#L{line}" in overview
    for name in ("studio-preview", "studio-cases", "studio-what-if", "studio-chart"):
        assert "product.yaml" in gu.get(world.page(name, draft_id)).content.decode()


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("package.zip", b"PK torn"),
        SimpleUploadedFile("tool.exe", b"MZ"),
        world.zipped({"product.yaml": "a: 1", "evil.py": "x"}),
        world.zipped({"../../../product.yaml": "a: 1"}),
        SimpleUploadedFile("product.yaml", "name: 医疗".encode("gbk")),
    ],
    ids=["torn", "a program", "a stray file", "out of the folder", "gbk"],
)
def test_a_bad_upload_leaves_nothing_behind(gu: Client, file: SimpleUploadedFile) -> None:
    before = everything()
    file.seek(0)

    answer = gu.post(
        world.page("studio-upload", UUID(int=0)), {"files": file, "product_code": "a", "version": "2027-01-01"}
    )

    assert answer.status_code == 422
    assert answer.content.decode().count('class="said error"') == 1
    assert everything() == before


@pytest.mark.parametrize(
    "said", [{"product_code": "A B"}, {"version": "soon"}, {"product_code": "../x"}, {"version": world.OLD}]
)
def test_a_version_needs_a_name_that_is_free(gu: Client, said: dict[str, str]) -> None:
    answer = gu.post(world.page("studio-upload", UUID(int=0)), {"files": world.zipped(world.package())} | said)

    assert answer.status_code in (409, 422)
    assert not Draft.objects.exists()


def test_one_draft_a_version(gu: Client, wen: Client) -> None:
    draft_id = world.uploaded(gu)
    again = wen.post(world.page("studio-upload", draft_id), {"files": world.zipped(world.package())})
    assert again.status_code == 409
    assert world.step(gu, "studio-withdraw", draft_id) == 302
    world.uploaded(wen)


RATES = """# 费率表

单位：元/每10000元基本保险金额

<table><tr><td rowspan="2">投保年龄</td><td colspan="2">男</td><td colspan="2">女</td></tr>
<tr><td>10年交</td><td>20年交</td><td>10年交</td><td>20年交</td></tr>
<tr><td>18</td><td>154</td><td>96</td><td>149</td><td>91</td></tr>
<tr><td>19</td><td>157</td><td>98</td><td>15O</td><td>93</td></tr>
<tr><td>20</td><td>160</td><td>100</td><td>155</td><td>95</td></tr></table>
"""


def test_papers_become_a_draft_and_what_cannot_be_read_is_shown_beside_its_cell(gu: Client) -> None:
    paper = SimpleUploadedFile("flbe.md", RATES.encode())
    said = {"files": paper, "product_code": "lanjiang-new", "version": "2027-02-01"}
    assert gu.post(world.page("studio-upload", UUID(int=0)), said).status_code == 302

    draft = Draft.objects.get()
    shown = gu.get(world.page("studio-source", draft.id)).content.decode()
    assert "11 格读准" in shown and "1 处待定" in shown
    assert '<td id="cD4" class=" doubt"><b class="k">1</b>15O</td>' in shown
    assert "rates/premium.csv" in shown
    assert draft.files["rates/premium.csv"].count("\n") == 12
    assert ",15O" not in draft.files["rates/premium.csv"]
    for name in ("studio-draft", "studio-edit", "studio-preview", "studio-what-if", "studio-chart", "studio-diff"):
        assert gu.get(world.page(name, draft.id)).status_code == 200


def test_papers_that_cannot_be_read_leave_nothing_behind(gu: Client) -> None:
    before = everything()
    for paper in (SimpleUploadedFile("费率.xlsm", b"PK\x03\x04"), SimpleUploadedFile("readme.md", b"# nothing here\n")):
        said = {"files": paper, "product_code": "lanjiang-new", "version": "2027-02-01"}
        assert gu.post(world.page("studio-upload", UUID(int=0)), said).status_code == 422
    assert everything() == before
