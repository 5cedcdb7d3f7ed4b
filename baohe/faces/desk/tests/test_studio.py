"""From a package on a disk to a product in the shop, under two names; and every way in which that must not happen."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client

from baohe.faces.desk.tests import studio_world as world
from baohe.faces.desk.tests.desk_world import browser, everything, member
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.models import ProductVersionRow, StopSale
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.studio.models import Draft, DraftSave, StudioEvent

VERSION = f"{world.CODE}@{world.NEW}"


@pytest.fixture
def gu(on_sale: None) -> Client:
    return browser(member("product_manager", name="顾言"))


@pytest.fixture
def wen(on_sale: None) -> Client:
    return browser(member("actuary", name="温岚"))


def step(client: Client, name: str, draft_id: UUID, **more: object) -> int:
    return client.post(world.page(name, draft_id), world.said(name, draft_id) | more).status_code


def submitted(client: Client) -> UUID:
    draft_id = world.uploaded(client)
    assert step(client, "studio-submit", draft_id) == 302
    return draft_id


def state(draft_id: UUID) -> str:
    return Draft.objects.get(id=draft_id).state


@pytest.mark.rule("PUB-2")
def test_a_version_is_published_under_two_names_and_is_sold_from_its_first_day(gu: Client, wen: Client) -> None:
    draft_id = submitted(gu)
    assert step(wen, "studio-approve", draft_id) == 302
    assert step(gu, "studio-number", draft_id) == 302
    assert step(gu, "studio-publish", draft_id) == 302

    row = ProductVersionRow.objects.get(id=VERSION)
    assert (state(draft_id), row.filing_number) == ("published", world.NUMBER)
    assert EvidenceLeaf.objects.filter(kind="product_published", subject=VERSION).count() == 1
    told = StudioEvent.objects.filter(draft_id=draft_id).order_by("id").values_list("action", "actor_name")
    assert list(told) == [
        ("started", "顾言"),
        ("submitted", "顾言"),
        ("approved", "温岚"),
        ("filed", "顾言"),
        ("published", "顾言"),
    ]
    shop = Client()
    assert shop.get(f"/api/shop/v1/products/{world.CODE}").json()["version"] == world.OLD
    with clock.travel(clock.now() + timedelta(days=60)):
        assert shop.get(f"/api/shop/v1/products/{world.CODE}").json()["version"] == world.NEW
        price = {"product": world.CODE, "inputs": {"age": "28"}}
        answer = shop.post("/api/shop/v1/price", price, content_type="application/json")
        assert answer.json()["premium_fen"] == 30_000
        shelf = gu.get(world.page("studio", draft_id), {"page": 1}).content.decode()
        assert "2026-03-01 – 2026-12-31" in shelf and "新版接替" in shelf
        card = shop.get("/api/shop/v1/products", {"q": "百万医疗"}).json()["items"][0]
        assert (card["code"], card["version"]) == (world.CODE, world.NEW)


def test_whoever_submitted_cannot_decide_and_nothing_happens(gu: Client) -> None:
    draft_id = submitted(gu)
    before = everything()
    for name in ("studio-approve", "studio-return"):
        assert step(gu, name, draft_id) == 403
    assert everything() == before
    assert state(draft_id) == "submitted"


def test_the_database_itself_refuses_one_person_twice(gu: Client) -> None:
    draft_id = submitted(gu)
    row = Draft.objects.get(id=draft_id)
    row.state, row.checker_id, row.decided_at = "approved", row.submitter_id, clock.now()
    with pytest.raises(IntegrityError, match="draft_two_people"), transaction.atomic():
        row.save()
    row.refresh_from_db()
    row.state, row.decided_at = "approved", clock.now()
    with pytest.raises(IntegrityError, match="draft_approved_by_name"), transaction.atomic():
        row.save()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE studio_draft SET files = '{}'",
        "UPDATE studio_draft SET state = 'published', filing_number = 'x', published_at = now()",
        "UPDATE studio_draft SET maker_id = gen_random_uuid()",
        "DELETE FROM studio_draft",
        "UPDATE studio_draftsave SET changed = '{}'",
        "DELETE FROM studio_studioevent",
        "TRUNCATE studio_studioevent",
    ],
)
def test_what_was_submitted_stays_as_it_was(gu: Client, sql: str) -> None:
    submitted(gu)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("name", ["studio-save", "studio-replace", "studio-submit", "studio-withdraw"])
def test_a_submitted_draft_is_closed(gu: Client, wen: Client, name: str) -> None:
    draft_id = submitted(gu)
    before = everything()
    assert step(wen, name, draft_id) == 409
    assert everything() == before


def test_a_draft_with_a_failing_case_is_not_submitted(gu: Client) -> None:
    files = world.package()
    files["rates/premium.csv"] = files["rates/premium.csv"].replace("31,35,yes,10000,312.00", "31,35,yes,10000,324.00")
    draft_id = world.uploaded(gu, files)
    before = everything()

    answer = gu.post(world.page("studio-submit", draft_id), {"revision": "1"})

    assert answer.status_code == 422
    assert "34 岁有医保计划一" in answer.content.decode()
    assert everything() == before


def test_a_sale_cannot_begin_in_the_past(gu: Client) -> None:
    files = world.package()
    files["product.yaml"] = files["product.yaml"].replace("effective_from: 2027-01-01", "effective_from: 2026-11-01")
    draft_id = world.uploaded(gu, files)

    assert step(gu, "studio-submit", draft_id) == 422
    assert state(draft_id) == "draft"


def test_a_draft_comes_back_with_a_reason_and_goes_again(gu: Client, wen: Client) -> None:
    draft_id = submitted(gu)
    assert step(wen, "studio-return", draft_id, note="等待期写错了") == 302
    assert "等待期写错了" in gu.get(world.page("studio-draft", draft_id)).content.decode()
    assert step(gu, "studio-submit", draft_id) == 302
    row = Draft.objects.get(id=draft_id)
    assert (row.state, row.checker_id, row.note) == ("submitted", None, "")
    assert step(wen, "studio-return", draft_id, note="") == 422


def test_the_second_save_of_two_is_told_and_keeps_what_was_typed(gu: Client, wen: Client) -> None:
    draft_id = world.uploaded(gu)
    assert step(gu, "studio-save", draft_id, text="## 1 甲改的\n") == 302

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
    assert step(gu, "studio-save", draft_id, file="product.yaml", text=product) == 302

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
    assert step(gu, "studio-withdraw", draft_id) == 302
    world.uploaded(wen)


def test_a_draft_from_a_version_differs_in_nothing(gu: Client) -> None:
    answer = gu.post(world.page("studio-draft-from", UUID(int=0)), {"version": "2028-01-01"})
    assert answer.status_code == 302
    draft = Draft.objects.get()
    shown = gu.get(world.page("studio-diff", draft.id)).content.decode()
    assert "两个版本一样" in shown


def test_the_difference_is_shown_in_words_and_in_percent(gu: Client) -> None:
    shown = gu.get(world.page("studio-diff", world.uploaded(gu))).content.decode()
    assert "<del>二</del><ins>三</ins>" in shown
    assert "<del>288.00</del>" in shown and "<ins>300.00</ins>" in shown
    assert "+4.2%" in shown


def test_what_if_prices_and_refuses_in_words(gu: Client) -> None:
    page = world.page("studio-what-if", world.uploaded(gu))
    assert "456.00" in gu.get(page, {"age": "38"}).content.decode()
    assert "0 到 60" in gu.get(page, {"age": "61"}).content.decode()
    assert gu.get(page, {"age": "\x00", "region": "zz", "other": "1"}).status_code == 200


@pytest.mark.rule("PUB-2")
def test_a_region_outside_of_the_sale_is_refused_by_name(gu: Client) -> None:
    files = world.package()
    files["product.yaml"] = files["product.yaml"].replace(
        "scenes: [medical]", 'scenes: [medical]\nregions: ["31", "320000"]'
    )
    page = world.page("studio-what-if", world.uploaded(gu, files))
    assert "312.00" in gu.get(page, {"region": "32"}).content.decode()
    refused = gu.get(page, {"region": "44"}).content.decode()
    assert "广东省不在销售区域内" in refused and "上海市、江苏省" in refused


def test_the_chart_has_its_numbers_behind_it(gu: Client) -> None:
    shown = gu.get(world.page("studio-chart", world.uploaded(gu))).content.decode()
    assert shown.count('<svg class="chart') == 2
    assert "style=" not in shown
    assert "1,824.00" in shown


@pytest.mark.rule("PUB-1")
def test_the_preview_says_what_the_shop_says(gu: Client) -> None:
    draft_id = world.uploaded(gu)
    preview = gu.get(world.page("studio-preview", draft_id)).content.decode()
    shop = Client().get(f"/api/shop/v1/products/{world.CODE}").json()
    for text in [shop["promise"]["zh"], *(item["title"]["zh"] for item in shop["not_covered"])]:
        assert text in preview
    assert "待备案" in preview


@pytest.mark.rule("PUB-2")
def test_a_stop_of_sale_is_told_once_and_never_back_dated(gu: Client) -> None:
    stop = world.page("studio-stop", UUID(int=0))
    before = everything()
    assert gu.post(stop, {"last_day": "2026-11-21"}).status_code == 422
    assert gu.post(stop, {"last_day": "soon"}).status_code == 422
    assert everything() == before

    assert gu.post(stop, {"last_day": "2026-11-30"}).status_code == 302
    assert StopSale.objects.get().last_day.isoformat() == "2026-11-30"
    assert EvidenceLeaf.objects.filter(kind="product_stopped").count() == 1
    assert gu.post(stop, {"last_day": "2026-12-30"}).status_code == 409
    shop = Client()
    with clock.travel(clock.now() + timedelta(days=8)):  # the last day itself
        assert shop.get(f"/api/shop/v1/products/{world.CODE}").status_code == 200
    with clock.travel(clock.now() + timedelta(days=9)):
        assert shop.get(f"/api/shop/v1/products/{world.CODE}").status_code == 409
    assert catalog.version(f"{world.CODE}@{world.OLD}").version == world.OLD


def test_nothing_is_published_when_the_last_step_fails(gu: Client, wen: Client) -> None:
    draft_id = submitted(gu)
    assert step(wen, "studio-approve", draft_id) == 302
    before = everything()
    assert step(gu, "studio-publish", draft_id) == 422  # the number of the filing is missing
    assert step(gu, "studio-number", draft_id, filing_number="待备案") == 422
    assert everything() == before
    assert step(gu, "studio-number", draft_id) == 302
    before = everything()
    with clock.travel(clock.now() + timedelta(days=60)):
        assert step(gu, "studio-publish", draft_id) == 422  # its first day has passed
    assert everything() == before


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
