"""What a draft's pages show: differences, prices, chart and preview."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from baohe.faces.desk.tests import studio_world as world
from baohe.rooms.studio.models import Draft


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
