"""Search, facets, hints, comparison of wordings and the public feed over HTTP."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog

pytestmark = pytest.mark.django_db
BASE = "/api/shop/v1"
MEDICAL, ACCIDENT, LIFE = "haijia-medical-a", "songtao-accident", "yunshan-term-life"


@pytest.fixture(autouse=True)
def _on_sale(db: None):
    below = catalog.packages_below(Path(settings.BAOHE_PRODUCTS))
    wanted = [package for package in below if package.parent.name in (MEDICAL, ACCIDENT, LIFE)]
    catalog.publish([catalog.read_package(package) for package in wanted])
    with clock.travel(datetime(2026, 11, 22, 4, tzinfo=UTC)):
        yield


def listed(client: Client, **query: Any) -> Any:
    return client.get(f"{BASE}/products", query).json()


def test_a_slip_is_corrected_and_said(client: Client) -> None:
    found = listed(client, q="白万医疗")

    assert found["corrected"] == "百万医疗"
    assert found["items"][0]["code"] == MEDICAL


def test_facets_count_and_narrow(client: Client) -> None:
    facets = {facet["code"]: facet for facet in listed(client)["facets"]}
    lines = {choice["value"]: choice["products"] for choice in facets["line"]["choices"]}

    assert set(facets) == {"line", "scene", "insurer", "age", "term", "waiting"}
    assert lines == {"medical": 1, "accident": 1, "term_life": 1}
    assert [card["code"] for card in listed(client, waiting="none")["items"]] == [ACCIDENT]
    assert [card["code"] for card in listed(client, term="years")["items"]] == [LIFE]
    assert listed(client, term="nonsense")["total"] == 0


def test_nothing_found_teaches_what_to_ask(client: Client) -> None:
    found = listed(client, q="量子纠缠理论")

    assert found["total"] == 0
    assert found["hints"]
    assert all(listed(client, q=hint)["total"] for hint in found["hints"])


def test_typing_is_completed(client: Client) -> None:
    hints = client.get(f"{BASE}/search/hints", {"q": "意"}).json()

    assert ("line", "accident") in [(hint["kind"], hint["value"]) for hint in hints]
    assert client.get(f"{BASE}/search/hints").json() == []


@pytest.mark.rule("PUB-3")
@pytest.mark.parametrize("name", ["order_by", "sort", "sort_by", "order", "rank_by"])
def test_a_list_ranked_by_price_is_refused_by_name(client: Client, name: str) -> None:
    answer = client.get(f"{BASE}/products", {name: "price"})

    assert (answer.status_code, answer.json()["code"]) == (422, "ranking_refused")
    assert "items" not in answer.json()


def test_wordings_stand_side_by_side_with_what_only_one_says(client: Client) -> None:
    body = {"products": [MEDICAL, LIFE]}
    compared = client.post(f"{BASE}/compare", body, content_type="application/json").json()
    rows = {row["code"]: row for row in compared["clauses"]}

    waiting = rows["waiting"]["cells"]
    assert [cell["number"] for cell in waiting] == ["1.6", "1.6"]
    assert all("等待期" in "".join(sentence["text"] for sentence in cell["sentences"]) for cell in waiting)
    assert not rows["waiting"]["same"]
    filed = "".join(sentence["text"] for sentence in rows["excluded"]["cells"][0]["sentences"])
    sections = client.get(f"{BASE}/products/{MEDICAL}/clauses").json()["sections"]
    assert filed.replace(" ", "") in "".join(section["body"] for section in sections).replace("\n", "").replace(" ", "")


@pytest.mark.rule("PUB-4")
def test_the_public_feed_is_paged_names_documents_and_knows_what_is_unchanged(client: Client) -> None:
    first = client.get("/catalogue/versions.json?size=2")
    told = first.json()
    again = client.get("/catalogue/versions.json?size=2", headers={"If-None-Match": first["ETag"]})

    assert (told["total"], len(told["items"]), told["next"]) == (4, 2, "/catalogue/versions.json?page=2&size=2")
    assert client.get(told["next"]).json()["next"] is None
    assert (again.status_code, again.content) == (304, b"")
    life = client.get(told["next"]).json()["items"][0]
    for name in ("clauses_url", "rates_url", "cash_values_url"):
        assert client.get(life[name]).status_code == 200, name
    assert (
        client.get(life["rates_url"], headers={"If-None-Match": client.get(life["rates_url"])["ETag"]}).status_code
        == 304
    )


@pytest.mark.rule("PUB-4")
def test_a_stop_of_sale_changes_the_feed_and_the_page(client: Client) -> None:
    before = client.get("/catalogue/versions.json")
    catalog.stop_sale(f"{MEDICAL}@2026-03-01", date(2026, 11, 30))
    after = client.get("/catalogue/versions.json", headers={"If-None-Match": before["ETag"]})
    told = next(item for item in after.json()["items"] if item["product"] == MEDICAL)

    assert after.status_code == 200
    assert told["sale_ends"] == "2026-11-30"
    with clock.travel(datetime(2026, 12, 2, 4, tzinfo=UTC)):
        page = client.get("/catalogue/").content.decode()
    assert "至 2026-11-30" in page
    assert "已停售" in page


@pytest.mark.parametrize("query", ["page=0", "page=x", "size=501", "size=", "page=%00"])
def test_a_wrong_page_of_the_feed_is_refused(client: Client, query: str) -> None:
    answer = client.get(f"/catalogue/versions.json?{query}")

    assert answer.status_code == 422
    assert answer.json()["field"] in ("page", "size")
    assert client.post("/catalogue/versions.json").status_code == 405
