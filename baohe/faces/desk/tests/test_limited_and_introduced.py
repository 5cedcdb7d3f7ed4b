"""Limited things and introductions at the desk and in the shop: who may, and what a denial leaves behind (nothing)."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from baohe.faces.desk.tests.desk_world import ROLES, browser, member
from baohe.rooms.allowances import facade as allowances
from baohe.rooms.allowances.models import Redemption
from baohe.rooms.introductions import facade as introductions
from baohe.rooms.introductions.models import Agreement, Introduction
from baohe.rooms.people import facade as people
from tests.races.limited import a_campaign
from tests.sale import world

pytestmark = pytest.mark.django_db

AGREEMENT = {
    "number": "ZJS-2026-01",
    "introducer": "songtao",
    "insurer": "haijia",
    "line": "medical",
    "rate_percent": "5",
    "cap_fen": "1,000.00",
    "buy_days": "30",
    "return_days": "60",
    "first_day": "2026-01-01",
    "last_day": "2026-12-31",
}
CAMPAIGN = {
    "code": "check-up",
    "name_zh": "体检",
    "name_en": "Check",
    "detail_zh": "一次",
    "detail_en": "one",
    "provider_zh": "中心",
    "provider_en": "Centre",
    "limit": "3",
    "per_person": "1",
    "uses": "1",
    "first_day": "2026-11-01",
    "last_day": "2026-12-01",
    "use_by": "2027-01-01",
}


@pytest.fixture(autouse=True)
def world_on_sale(on_sale: None) -> None:
    return None


@pytest.fixture
def cheng() -> Client:
    return browser(member("finance", name="程立"))


@pytest.fixture
def customer() -> tuple[world.Customer, Client]:
    made = world.customer()
    return made, browser(people_row(made))


def people_row(made: world.Customer) -> object:
    from baohe.rooms.people.models import Account

    return Account.objects.get(id=made.id)


def to(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", ROLES)
def test_only_the_duty_opens_a_page_and_a_denial_writes_nothing(role: str) -> None:
    campaign = a_campaign(limit=2)
    coupon = allowances.take(uuid4(), campaign.terms.code, "k")
    someone = browser(member(role))
    reads = {"introductions": ("finance", "auditor"), "allowances": ("finance", "service", "auditor")}
    for name, roles in reads.items():
        assert someone.get(to(name)).status_code == (200 if role in roles else 403)
    if role == "finance":
        return
    for name, data in (("introductions-propose", AGREEMENT), ("allowances-open", CAMPAIGN)):
        assert someone.post(to(name), data).status_code == 403
    someone.post(to("allowances-redeem"), {"code": coupon.code, "reference": "S-1"})
    assert Redemption.objects.count() == (1 if role == "service" else 0)
    assert (Agreement.objects.count(), len(allowances.campaigns()[0])) == (0, 1)


@pytest.mark.rule("DATA-1")
def test_an_agreement_of_two_names_and_a_customers_yes(cheng: Client, customer) -> None:
    made, phone = customer
    assert cheng.post(to("introductions-propose"), AGREEMENT).status_code == 302
    row = Agreement.objects.get()
    assert (row.rate_bp, row.cap_fen, row.first_day) == (500, 100_000, date(2026, 1, 1))
    cheng.post(to("introductions-approve", row.id))
    row.refresh_from_db()
    assert row.approved_at is None
    browser(member("finance", name="许衡")).post(to("introductions-approve", row.id))
    cheng.post(to("introductions-record"), {"agreement": row.id, "reference": "A-17"})
    introduction = Introduction.objects.get()
    assert introduction.token in cheng.get(to("introductions")).content.decode()

    before = len(people.reads(made.id))
    page = cheng.post(to("introductions-contact", introduction.id), follow=True).content.decode()
    assert made.phone not in page
    assert "客户还没有同意" in page
    assert len(people.reads(made.id)) == before

    link = f"/api/shop/v1/introductions/{introduction.token}"
    shown = phone.get(link).json()
    assert shown["state"] == "asked"
    stale = phone.post(link, {"agreed": True, "digest": "0" * 64}, content_type="application/json")
    assert stale.status_code == 409
    told = phone.post(link, {"agreed": True, "digest": shown["digest"]}, content_type="application/json").json()
    assert told["state"] == "agreed"
    assert made.phone in cheng.post(to("introductions-contact", introduction.id)).content.decode()
    assert made.phone not in cheng.get(to("introductions")).content.decode()

    other = browser(people_row(world.customer("13800000009")))
    assert other.get(link).json()["state"] == "answered"
    assert other.post(f"{link}/withdrawal").status_code == 404
    assert phone.post(f"{link}/withdrawal").json()["state"] == "taken_back"
    assert made.phone not in cheng.post(to("introductions-contact", introduction.id), follow=True).content.decode()
    assert introductions.introduction(introduction.id).state == "lapsed"


def test_a_voucher_from_the_campaign_to_the_counter(cheng: Client, customer) -> None:
    _, phone = customer
    assert cheng.post(to("allowances-open"), {**CAMPAIGN, "use_by": "2026-11-02"}).status_code == 422
    assert cheng.post(to("allowances-open"), CAMPAIGN).status_code == 302
    assert [one["code"] for one in phone.get("/api/shop/v1/coupons/available").json()] == ["check-up"]

    def take(key: str):
        return phone.post(
            "/api/shop/v1/coupons",
            {"campaign": "check-up"},
            content_type="application/json",
            headers={"Idempotency-Key": key},
        )

    first, again, another = take("k1"), take("k1"), take("k2")
    assert (first.status_code, again.json()) == (201, first.json())
    assert (another.status_code, another.json()["code"]) == (409, "coupon_limit_of_person")
    assert phone.get("/api/shop/v1/coupons/available").json() == []
    coupon = first.json()
    assert "code" not in phone.get("/api/shop/v1/coupons").json()["items"][0]
    stranger = browser(people_row(world.customer("13800000009")))
    assert stranger.get(f"/api/shop/v1/coupons/{coupon['id']}").status_code == 404

    spaced = " ".join(coupon["code"][n : n + 4] for n in (0, 4, 8))
    for reference in ("S-1", "S-1", "S-2"):
        page = cheng.post(to("allowances-redeem"), {"code": spaced, "reference": reference}, follow=True)
    assert "次数已经用完" in page.content.decode()
    assert Redemption.objects.count() == 1
    assert phone.get(f"/api/shop/v1/coupons/{coupon['id']}").json()["state"] == "used"
    assert allowances.problems() == []


def test_the_product_page_names_its_carriers_and_what_is_left(customer) -> None:
    _, phone = customer
    shown = phone.get("/api/shop/v1/products/songtao-large-accident").json()
    assert [(one["short_name"]["zh"], one["share_bp"]) for one in shown["carriers"]] == [
        ("松涛财险", 6_000),
        ("穗禾财险", 4_000),
    ]
    assert shown["left"] == 2_000
    plain = phone.get("/api/shop/v1/products/songtao-accident").json()
    assert (plain["carriers"], plain["left"]) == ([], None)
