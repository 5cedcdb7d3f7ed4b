"""A published version in the studio: the pages of a draft, read from the catalogue, with nothing to change."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from baohe.faces.desk.tests import studio_world as world
from baohe.faces.desk.tests.desk_world import browser, everything, member
from baohe.plumbing import clock
from baohe.rooms.studio.models import Draft

NOBODY = UUID(int=0)
TABS = ("preview", "cases", "what-if", "chart", "diff")


def shown(client: Client, tab: str, **said: str) -> str:
    return client.get(world.page(f"studio-version-{tab}", NOBODY), said).content.decode()


def published(gu: Client) -> str:
    """The next version, through all its steps; its address in the studio."""
    wen = browser(member("actuary", name="温岚"))
    draft_id = world.submitted(gu)
    for client, name in ((wen, "approve"), (gu, "number"), (gu, "publish")):
        assert world.step(client, f"studio-{name}", draft_id) == 302
    return f"/desk/studio/versions/{world.CODE}@{world.NEW}/"


def test_a_version_has_its_tabs_and_nothing_to_change(gu: Client) -> None:
    for tab in TABS:
        text = shown(gu, tab)
        for other in TABS:
            assert f'href="{world.page(f"studio-version-{other}", NOBODY)}"' in text
        assert 'method="post"' not in text.partition("<main")[2]
        assert re.search(f'{world.page(f"studio-version-{tab}", NOBODY)}"\\s+aria-current="page"', text)
        assert "style=" not in text


@pytest.mark.rule("PUB-1")
def test_the_preview_says_what_the_shop_says(gu: Client) -> None:
    text = shown(gu, "preview")
    shop = Client().get(f"/api/shop/v1/products/{world.CODE}").json()
    for said in [shop["promise"]["zh"], shop["filing_number"], *(item["title"]["zh"] for item in shop["not_covered"])]:
        assert said in text


def test_its_cases_are_run(gu: Client) -> None:
    text = shown(gu, "cases")
    assert "34 岁有医保计划一" in text and "全部相符" in text


def test_what_if_prices_by_its_own_rates(gu: Client) -> None:
    assert "288.00" in shown(gu, "what-if", age="28")
    assert "0 到 60" in shown(gu, "what-if", age="61")
    page = f"{published(gu)}what-if/"
    assert "300.00" in gu.get(page, {"age": "28"}).content.decode()
    assert "288.00" in shown(gu, "what-if", age="28")


def test_the_chart_has_its_numbers_behind_it(gu: Client) -> None:
    text = shown(gu, "chart")
    assert text.count('<svg class="chart') == 2
    assert "1,824.00" in text


def test_the_difference_is_to_the_version_before_or_the_chosen_one(gu: Client) -> None:
    assert "第一个版本" in shown(gu, "diff")
    page = published(gu)
    text = gu.get(f"{page}diff/").content.decode()
    assert "<del>288.00</del>" in text and "<ins>300.00</ins>" in text
    assert "最早的版本" in shown(gu, "diff")
    assert "<ins>288.00</ins>" in shown(gu, "diff", against=f"{world.CODE}@{world.NEW}")


def test_an_unknown_version_is_not_there(gu: Client) -> None:
    for tab in TABS:
        for name in (f"{world.CODE}@1999-01-01", "yunshan\x00"):
            page = world.page(f"studio-version-{tab}", NOBODY).replace(f"{world.CODE}@{world.OLD}", name)
            assert gu.get(page).status_code == 404, (tab, name)


@pytest.mark.rule("PUB-2")
def test_the_demo_has_a_draft_in_work_that_is_ready_to_be_submitted(gu: Client) -> None:
    from baohe.demo import next_version
    from baohe.rooms.people import facade as people

    maker = next(staff for staff in people.staff_with_role("product_manager"))
    assert next_version.build(maker.username)
    draft = Draft.objects.get()
    assert (draft.state, draft.maker_id, draft.version, draft.revision) == ("draft", maker.id, world.NEW, 2)
    changes = gu.get(world.page("studio-diff", draft.id)).content.decode()
    assert "<ins>964.08</ins>" in changes and "+3.0%" in changes and "急诊抢救" in changes

    before = everything()
    assert not next_version.build(maker.username)
    assert everything() == before
    assert gu.post(world.page("studio-submit", draft.id), {"revision": "2"}).status_code == 302
    with clock.travel(clock.now() + timedelta(days=1)):
        assert not next_version.build(maker.username)
