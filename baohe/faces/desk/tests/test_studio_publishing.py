"""From a draft to a product in the shop, under two names; and how a sale ends."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from baohe.faces.desk.tests import studio_world as world
from baohe.faces.desk.tests.desk_world import everything
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.models import ProductVersionRow, StopSale
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.studio.models import Draft, StudioEvent

VERSION = f"{world.CODE}@{world.NEW}"


@pytest.mark.rule("PUB-2")
def test_a_version_is_published_under_two_names_and_is_sold_from_its_first_day(gu: Client, wen: Client) -> None:
    draft_id = world.submitted(gu)
    assert world.step(wen, "studio-approve", draft_id) == 302
    assert world.step(gu, "studio-number", draft_id) == 302
    assert world.step(gu, "studio-publish", draft_id) == 302

    row = ProductVersionRow.objects.get(id=VERSION)
    assert (world.state(draft_id), row.filing_number) == ("published", world.NUMBER)
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
    draft_id = world.submitted(gu)
    before = everything()
    for name in ("studio-approve", "studio-return"):
        assert world.step(gu, name, draft_id) == 403
    assert everything() == before
    assert world.state(draft_id) == "submitted"


def test_the_database_itself_refuses_one_person_twice(gu: Client) -> None:
    draft_id = world.submitted(gu)
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
    world.submitted(gu)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("name", ["studio-save", "studio-replace", "studio-submit", "studio-withdraw"])
def test_a_submitted_draft_is_closed(gu: Client, wen: Client, name: str) -> None:
    draft_id = world.submitted(gu)
    before = everything()
    assert world.step(wen, name, draft_id) == 409
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

    assert world.step(gu, "studio-submit", draft_id) == 422
    assert world.state(draft_id) == "draft"


def test_a_draft_comes_back_with_a_reason_and_goes_again(gu: Client, wen: Client) -> None:
    draft_id = world.submitted(gu)
    assert world.step(wen, "studio-return", draft_id, note="等待期写错了") == 302
    assert "等待期写错了" in gu.get(world.page("studio-draft", draft_id)).content.decode()
    assert world.step(gu, "studio-submit", draft_id) == 302
    row = Draft.objects.get(id=draft_id)
    assert (row.state, row.checker_id, row.note) == ("submitted", None, "")
    assert world.step(wen, "studio-return", draft_id, note="") == 422


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
    draft_id = world.submitted(gu)
    assert world.step(wen, "studio-approve", draft_id) == 302
    before = everything()
    assert world.step(gu, "studio-publish", draft_id) == 422  # the number of the filing is missing
    assert world.step(gu, "studio-number", draft_id, filing_number="待备案") == 422
    assert everything() == before
    assert world.step(gu, "studio-number", draft_id) == 302
    before = everything()
    with clock.travel(clock.now() + timedelta(days=60)):
        assert world.step(gu, "studio-publish", draft_id) == 422  # its first day has passed
    assert everything() == before
