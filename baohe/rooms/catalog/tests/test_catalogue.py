"""Versions on sale, lists and search."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.catalog import facade
from baohe.rooms.catalog.errors import NotOnSale, PublishedVersionChanged
from baohe.rooms.catalog.models import ProductVersionRow
from baohe.rooms.catalog.rules.package import Raw
from baohe.rooms.catalog.tests.conftest import MEDICAL

TODAY = date(2026, 11, 22)
PACKAGES = len(facade.packages_below(Path(settings.BAOHE_PRODUCTS)))
PRODUCTS = len({path.parent for path in facade.packages_below(Path(settings.BAOHE_PRODUCTS))})
pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture(autouse=True)
def _day():
    with clock.travel(datetime(2026, 11, 22, 4, tzinfo=UTC)):
        yield


def test_publishing_again_changes_nothing(published: list[str], raw: Raw) -> None:
    assert len(published) == PACKAGES
    assert facade.publish([raw]) == []


def test_a_published_version_cannot_be_replaced(raw: Raw) -> None:
    raw["product"]["promise"]["zh"] = "另一句话"

    with pytest.raises(PublishedVersionChanged):
        facade.publish([raw])

    assert facade.card(MEDICAL, TODAY).promise.zh != "另一句话"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE catalog_productversion SET sale_ends = '2026-12-31'",
        "DELETE FROM catalog_productversion",
        "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE catalog_productversion CASCADE",
    ],
)
def test_the_database_refuses_to_change_a_published_version(statement: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert ProductVersionRow.objects.count() == PACKAGES


@pytest.mark.rule("PUB-2")
def test_before_the_filed_window_nothing_is_sold() -> None:
    with pytest.raises(NotOnSale) as refusal:
        facade.current(MEDICAL, date(2026, 2, 28))

    assert "2026-03-01" in refusal.value.message_zh
    assert facade.current(MEDICAL, date(2026, 3, 1)).version == "2026-03-01"


@pytest.mark.rule("PUB-2")
def test_a_newer_version_is_sold_from_its_own_day(raw: Raw) -> None:
    newer = copy.deepcopy(raw)
    newer["version"], newer["product"]["effective_from"] = "2027-02-01", "2027-02-01"
    facade.publish([newer])

    assert facade.current(MEDICAL, date(2027, 1, 31)).version == "2026-03-01"
    assert facade.current(MEDICAL, date(2027, 2, 1)).version == "2027-02-01"
    assert facade.version(f"{MEDICAL}@2026-03-01").version == "2026-03-01"


@pytest.mark.rule("PUB-2")
def test_a_stop_of_sale_is_never_back_dated() -> None:
    with pytest.raises(InvalidInput):
        facade.stop_sale(f"{MEDICAL}@2026-03-01", date(2026, 11, 21))

    assert facade.current(MEDICAL, TODAY).on_sale(TODAY)


@pytest.mark.rule("PUB-2")
def test_a_stop_of_sale_ends_the_sale_after_its_last_day() -> None:
    facade.stop_sale(f"{MEDICAL}@2026-03-01", TODAY)

    assert facade.current(MEDICAL, TODAY).product_code == MEDICAL
    with pytest.raises(NotOnSale):
        facade.current(MEDICAL, date(2026, 11, 23))


@pytest.mark.rule("PUB-4")
def test_the_feed_lists_every_version_ever_sold(raw: Raw) -> None:
    newer = copy.deepcopy(raw)
    newer["version"], newer["product"]["effective_from"] = "2026-06-01", "2026-06-01"
    facade.publish([newer])

    entries = [(e.product_code, e.version) for e in facade.feed()[0]]

    assert len(entries) == PACKAGES + 1
    assert [entry for entry in entries if entry[0] == MEDICAL] == [(MEDICAL, "2026-06-01"), (MEDICAL, "2026-03-01")]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("百万医疗", [MEDICAL]),
        ("bwyl", [MEDICAL]),
        ("dingqi", ["yunshan-term-life"]),
        ("Term Life", ["yunshan-term-life"]),
        ("意外 门诊", ["haijia-medical-a", "songtao-accident"]),
        ("退件", ["yizhan-freight-return"]),
        ("没有这种东西", []),
        ("100%_", []),
    ],
)
def test_search_finds_names_pinyin_and_wording(words: str, codes: list[str]) -> None:
    found = {card.code for card in facade.search(q=words, size=50).items}
    assert set(codes) <= found if codes else not found


def test_filters_combine() -> None:
    medical = facade.search(scene="medical", size=50).items
    assert MEDICAL in {card.code for card in medical}
    assert all("medical" in card.scenes for card in medical)
    found = facade.search(line="accident", insurer="songtao").items
    assert {c.code for c in found} == {"songtao-accident", "songtao-large-accident"}
    assert [c.code for c in facade.search(line="accident", max_age=66).items] == []
    assert facade.search(scene="medical", line="accident").total == 0


def test_pages_cover_the_list_once() -> None:
    pages = [facade.search(page=number, size=3) for number in range(1, PRODUCTS // 3 + 3)]

    assert [len(page.items) for page in pages] == [max(0, min(3, PRODUCTS - 3 * n)) for n in range(len(pages))]
    assert {page.total for page in pages} == {PRODUCTS}
    assert len({card.code for page in pages for card in page.items}) == PRODUCTS


def test_a_list_needs_one_query_whatever_its_length(django_assert_num_queries) -> None:
    facade.search(q="保险")
    with django_assert_num_queries(1):
        facade.search(q="保险")


def test_unknown_codes_are_not_found_even_with_strange_characters() -> None:
    for code in ("nothing", "a\x00b", "../etc", "x" * 400):
        with pytest.raises(NotFound):
            facade.current(code, TODAY)


def test_scenes_count_products_on_sale() -> None:
    counts = {scene.code: scene.products for scene in facade.scenes()}

    assert all(count == facade.search(scene=code).total for code, count in counts.items())
    assert counts["medical"] >= 1


def test_occupations_are_found_by_name_and_pinyin() -> None:
    assert facade.occupations(TODAY, "外卖")[0].risk_class == 4
    assert facade.occupations(TODAY, "wmqs")[0].name.zh == "外卖骑手"
    assert facade.occupation("080107", TODAY).risk_class == 9
    assert facade.occupation("999999", TODAY) is None
    assert all(item.risk_class in (1, 2, 3, 4, 5, 6, 9) for item in facade.occupations(TODAY, limit=500))


def test_cover_periods_follow_the_filed_terms() -> None:
    life = facade.current("yunshan-term-life", TODAY)
    start, birth = date(2026, 11, 23), date(1992, 5, 1)

    assert life.cover_period(start, birth, {"term": "20y"}).end == date(2046, 11, 23)
    assert life.cover_period(start, birth, {"term": "to60"}).end == date(2052, 5, 1)
    with pytest.raises(InvalidInput):
        life.cover_period(start, birth, {"term": "5y"})
    assert facade.current(MEDICAL, TODAY).cover_period(date(2028, 2, 29), birth, {}).end == date(2029, 2, 28)
