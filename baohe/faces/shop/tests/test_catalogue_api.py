"""The catalogue, prices, comparison and declarations as the phone asks for them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from baohe.plumbing import clock
from baohe.rooms.people import facade as people
from baohe.rooms.people.tests.people_made import OTHER_PHONE, customer, identity_number, typed
from tests.shelf import put_on_sale

pytestmark = pytest.mark.django_db
BASE = "/api/shop/v1"
MEDICAL = "haijia-medical-a"
CLEAN = {"advised": "no", "stayed": "no", "chronic": "none", "nodule": "none", "severe": "no", "pregnancy": "no"}


@pytest.fixture(autouse=True)
def _on_sale(db: None):
    put_on_sale()
    with clock.travel(datetime(2026, 11, 22, 4, tzinfo=UTC)):
        yield


def post(client: Client, path: str, body: Any) -> Any:
    return client.post(f"{BASE}/{path}", body, content_type="application/json")


@pytest.fixture
def signed_in(client: Client) -> Client:
    from django.contrib.auth import get_user_model

    client.force_login(get_user_model().objects.get(pk=customer()), backend="django.contrib.auth.backends.ModelBackend")
    return client


def a_person(client: Client) -> str:
    return str(people.add_person(customer(), typed(identity_number=identity_number(order=12))).id)


def test_the_list_is_paged_and_filtered(client: Client) -> None:
    page = client.get(f"{BASE}/products?size=3").json()
    medical = client.get(f"{BASE}/products?scene=medical").json()

    by_code = {card["code"]: card for card in medical["items"]}
    assert (len(page["items"]), page["page"], page["size"]) == (3, 1, 3)
    assert page["total"] == len({path.parent.parent for path in settings.BAOHE_PRODUCTS.glob("*/*/product.yaml")})
    assert all("medical" in card["scenes"] for card in medical["items"])
    assert by_code[MEDICAL]["from_fen"] == 2_600
    assert len(by_code[MEDICAL]["figures"]) == 3


def test_freight_return_is_shown_but_not_sold_here(client: Client) -> None:
    cards = {card["code"]: card["sold_here"] for card in client.get(f"{BASE}/products?size=50").json()["items"]}

    assert cards[MEDICAL] and cards["songtao-accident"] and cards["yunshan-term-life"]
    assert not cards["yizhan-freight-return"]


@pytest.mark.rule("PUB-1")
@pytest.mark.parametrize("code", [MEDICAL, "songtao-accident", "yunshan-term-life", "yizhan-freight-return"])
def test_the_detail_page_has_everything(client: Client, code: str) -> None:
    detail = client.get(f"{BASE}/products/{code}").json()

    for field in (
        *("clause_name", "filing_number", "exclusions", "coverages", "renewal", "fees", "surrender", "cash_value"),
        *("untrue_disclosure", "claim_process", "delivery", "insurer_detail", "documents", "rating_inputs"),
    ):
        assert detail[field], field
    assert detail["insurer_detail"]["complaint_phone"]
    assert {"clauses", "rates", "statement"} <= {document["code"] for document in detail["documents"]}
    assert all(e["plain"]["zh"] and e["wording"] for e in detail["exclusions"])


@pytest.mark.rule("PUB-4")
def test_clauses_and_rates_are_public(client: Client) -> None:
    clauses = client.get(f"{BASE}/products/{MEDICAL}/clauses").json()
    rates = client.get(f"{BASE}/products/yunshan-term-life/rates?table=premium&page=2&size=100").json()

    assert [s["number"] for s in clauses["sections"] if s["exclusion"]] == ["3.1"]
    assert rates["total_rows"] == 524
    assert len(rates["rows"]) == 100
    assert rates["columns"] == ["age_from", "age_to", "sex", "term", "pay_period", "value"]
    assert [table["value"] for table in rates["tables"]] == ["premium", "cash_values"]


@pytest.mark.rule("PUB-4")
def test_the_feed_names_every_version_and_its_links_open(client: Client) -> None:
    feed = client.get(f"{BASE}/versions?size=3").json()

    assert feed["total"] == len(list(settings.BAOHE_PRODUCTS.glob("*/*/product.yaml")))
    assert len(feed["items"]) == 3
    for entry in feed["items"]:
        assert client.get(entry["clauses_url"]).status_code == 200
        assert client.get(entry["rates_url"]).status_code == 200


def test_questions_fit_the_person(signed_in: Client) -> None:
    woman = a_person(signed_in)

    everyone = signed_in.get(f"{BASE}/products/{MEDICAL}/questions").json()
    hers = signed_in.get(f"{BASE}/products/{MEDICAL}/questions?person_id={woman}").json()
    accident = signed_in.get(f"{BASE}/products/songtao-accident/questions").json()

    assert [q["id"] for q in everyone["questions"]] == [q["id"] for q in hers["questions"]]
    assert hers["health_consent_needed"]
    assert not accident["health_consent_needed"]
    assert next(q for q in hers["questions"] if q["id"] == "chronic_which")["asked_when"] == {"chronic": ["some"]}


def test_a_price_explains_itself(client: Client) -> None:
    price = post(client, "price", {"product": MEDICAL, "inputs": {"age": "34"}}).json()

    assert price["premium_fen"] == 31_200
    assert price["path_total_fen"] == 2_648_400
    assert price["path_until_age"] == 60
    assert price["instalments"][0]["each_fen"] == 2_600
    assert "31–35" in price["steps"][0]["source"]["zh"]


def test_a_wrong_input_names_the_field(client: Client) -> None:
    answer = post(client, "price", {"product": MEDICAL, "inputs": {"age": "61"}})

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.json()["field"], answer.json()["minimum"], answer.json()["maximum"]) == ("age", 0, 60)


@pytest.mark.rule("PUB-3")
def test_comparison_keeps_the_customers_order_and_refuses_ranking(client: Client) -> None:
    chosen = ["yunshan-term-life", MEDICAL, "songtao-accident"]
    compared = post(client, "compare", {"products": chosen, "inputs": {"age": "34"}})
    ranked = post(client, "compare", {"products": chosen, "order_by": "price"})

    assert [column["code"] for column in compared.json()["columns"]] == chosen
    assert compared.json()["rows"][0]["code"] == "price"
    assert (ranked.status_code, ranked.json()["code"]) == (422, "ranking_refused")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("price", '{"product": "\\ud800", "inputs": {}}'),
        ("price", '{"product": "haijia-medical-a", "inputs": {"\\ud800": "1"}}'),
        ("price", '{"product": "haijia-medical-a", "inputs": {"age": "\\u0000"}}'),
        ("price", '{"product": "haijia-medical-a", "inputs": {"\\u0000": "x"}}'),
        ("price", '{"product": "haijia-medical-a", "inputs": {"age": 34}}'),
        ("price", "[1]"),
        ("compare", '{"products": ["haijia-medical-a", "songtao-accident"], "order_by": "\\ud800"}'),
    ],
)
def test_strange_bodies_are_refused_and_break_nothing(client: Client, path: str, body: str) -> None:
    answer = client.post(f"{BASE}/{path}", body, content_type="application/json")

    assert answer.status_code in (400, 404, 422)
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    [
        "products/nothing",
        "products/%00",
        "products/nothing/clauses",
        f"products/{MEDICAL}/clauses?version=1999-01-01",
        "products/nothing/questions",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, path: str) -> None:
    assert client.get(f"{BASE}/{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "products?page=0",
        "products?size=51",
        "products?max_age=x",
        f"products/{MEDICAL}/rates?table=nothing",
        f"products/{MEDICAL}/clauses?version=a@b",
    ],
)
def test_wrong_parameters_are_named(client: Client, path: str) -> None:
    answer = client.get(f"{BASE}/{path}")

    assert answer.status_code == 422
    assert answer.json()["field"]


def test_strange_search_words_find_nothing_and_break_nothing(client: Client) -> None:
    for words in ("%00", "'; DROP TABLE", "%F0%9F%98%80", "﷽", "_%25"):
        assert client.get(f"{BASE}/products", {"q": words}).status_code == 200
    assert client.get(f"{BASE}/products?q=%00&scene=%00&line=%00&insurer=%00").status_code == 200


def test_comparing_needs_products_that_exist(client: Client) -> None:
    assert post(client, "compare", {"products": [MEDICAL]}).status_code == 422
    assert post(client, "compare", {"products": [MEDICAL, "nothing"]}).status_code == 404


def test_quote_then_declaration(signed_in: Client) -> None:
    person = a_person(signed_in)
    quote = post(signed_in, "quotes", {"product": MEDICAL, "person_id": person, "inputs": {"age": "20"}})
    declared = post(
        signed_in, "declarations", {"quote_id": quote.json()["id"], "answers": CLEAN, "health_consent": True}
    )
    again = signed_in.get(f"{BASE}/declarations/{declared.json()['id']}")

    assert (quote.status_code, quote.json()["price"]["premium_fen"]) == (201, 31_200)
    assert (declared.status_code, declared.json()["outcome"]) == (201, "accept")
    assert again.json() == declared.json()


@pytest.mark.rule("SALE-2")
def test_a_declaration_without_consent_is_refused(signed_in: Client) -> None:
    quote = post(signed_in, "quotes", {"product": MEDICAL, "person_id": a_person(signed_in)}).json()

    answer = post(signed_in, "declarations", {"quote_id": quote["id"], "answers": CLEAN, "health_consent": False})

    assert (answer.status_code, answer.json()["code"]) == (422, "health_consent_missing")


def test_a_referral_tells_who_answers_and_when(signed_in: Client) -> None:
    people.create_staff("shen", "沈宁", ("underwriter",), "a-long-enough-phrase")
    quote = post(signed_in, "quotes", {"product": MEDICAL, "person_id": a_person(signed_in)}).json()
    body = {"quote_id": quote["id"], "answers": {**CLEAN, "severe": "yes"}, "health_consent": True}

    declared = post(signed_in, "declarations", body).json()

    assert declared["outcome"] == "refer"
    assert declared["referral"]["handler"] == "沈宁"
    assert declared["referral"]["reply_by"].startswith("2026-11-24T")


def test_strangers_see_nothing(client: Client, signed_in: Client) -> None:
    quote = post(signed_in, "quotes", {"product": MEDICAL, "person_id": a_person(signed_in)}).json()
    body = {"quote_id": quote["id"], "answers": CLEAN, "health_consent": True}
    declared = post(signed_in, "declarations", body).json()
    stranger = Client()

    assert stranger.get(f"{BASE}/declarations/{declared['id']}").status_code == 401
    assert post(stranger, "declarations", body).status_code == 401
    from django.contrib.auth import get_user_model

    other = get_user_model().objects.get(pk=customer(OTHER_PHONE))
    stranger.force_login(other, backend="django.contrib.auth.backends.ModelBackend")
    assert stranger.get(f"{BASE}/declarations/{declared['id']}").status_code == 404
    assert post(stranger, "declarations", body).status_code == 404
    assert post(stranger, "quotes", {"product": MEDICAL, "person_id": "not-an-id"}).status_code == 422


def test_listing_takes_few_queries(client: Client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(2):
        client.get(f"{BASE}/products")
    client.get(f"{BASE}/products/{MEDICAL}")
    with django_assert_max_num_queries(3):
        client.get(f"{BASE}/products/{MEDICAL}")
