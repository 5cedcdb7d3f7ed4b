"""Answers on their way: kept between devices, finished once, erased when they expire."""

from __future__ import annotations

from datetime import timedelta

import pytest

from baohe.flows import underwrite
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.quoting.models import Quote
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.errors import (
    DeclaredElsewhere,
)
from baohe.rooms.underwriting.models import AnswerDraft, Declaration
from tests.sale import steps, world
from tests.sale.test_journey import Phone
from tests.sale.test_settle import in_parallel
from tests.sale.underwriting_steps import HEALTHY, ILLNESS
from tests.sale.world import Customer
from tests.shelf import put_on_sale


@pytest.fixture
def phone(lin: Customer) -> Phone:
    return Phone(lin)


def test_another_device_goes_on_where_this_one_stopped(lin: Customer, phone: Phone) -> None:
    quote = steps.quoted(lin, product=ILLNESS)
    path = f"quotes/{quote.id}/answers"
    some = {"height": "168", "severe": "no"}
    kept = phone.put(path, {"answers": some, "revision": 0, "health_consent": True})
    assert kept["revision"] == 1
    other = Phone(lin)
    assert other.get(path)["answers"] == some
    assert b"168" not in bytes(AnswerDraft.objects.get().answers_sealed or b"")
    # when both go on, the first wins and the other is told; nothing it saved is overwritten
    other.put(path, {"answers": {**some, "weight": "60"}, "revision": 1, "health_consent": True})
    refused = phone.put(path, {"answers": {**some, "weight": "99"}, "revision": 1, "health_consent": True}, status=409)
    assert refused["code"] == "answers_moved"
    assert phone.get(path)["answers"]["weight"] == "60"


def test_of_two_devices_that_finish_one_is_first_and_the_other_is_told(lin: Customer, phone: Phone) -> None:
    quote = steps.quoted(lin, product=ILLNESS)
    kept = phone.put(f"quotes/{quote.id}/answers", {"answers": HEALTHY, "revision": 0, "health_consent": True})
    body = {"quote_id": str(quote.id), "answers": HEALTHY, "health_consent": True, "draft_revision": kept["revision"]}
    first = phone.post("declarations", body)
    refused = Phone(lin).post("declarations", body, status=409)
    assert (refused["code"], refused["declaration_id"]) == ("declared_elsewhere", first["id"])
    assert Declaration.objects.count() == 1
    after = phone.get(f"quotes/{quote.id}/answers")
    assert (after["answers"], after["declaration_id"]) == ({}, first["id"])


@pytest.mark.django_db(transaction=True)
def test_two_devices_finishing_in_the_same_instant_make_one_declaration(now: None) -> None:
    put_on_sale()
    lin = world.customer()
    quote = steps.quoted(lin, product=ILLNESS)
    person, version = lin.me, catalog.version(quote.version_id)
    underwriting.keep_answers(person, version, HEALTHY, 0, health_consent=True)

    def finish() -> str:
        try:
            underwrite.declare(lin.id, quote.id, HEALTHY, health_consent=True, draft_revision=1)
        except DeclaredElsewhere:
            return "told"
        return "declared"

    assert sorted(in_parallel(4, finish)) == ["declared", "told", "told", "told"]
    assert Declaration.objects.count() == 1


def test_expired_answers_are_erased_and_said_so(lin: Customer, phone: Phone) -> None:
    quote = steps.quoted(lin, product=ILLNESS)
    phone.put(f"quotes/{quote.id}/answers", {"answers": {"height": "168"}, "revision": 0, "health_consent": True})
    with clock.travel(world.NOW + timedelta(days=7, minutes=5)):
        fresh = steps.quoted(lin, product=ILLNESS)
        seen = phone.get(f"quotes/{fresh.id}/answers")
        assert (seen["answers"], seen["expired"]) == ({}, True)
        body = {"quote_id": str(fresh.id), "answers": HEALTHY, "health_consent": True, "draft_revision": 1}
        assert phone.post("declarations", body, status=410)["code"] == "answers_expired"
        assert underwriting.forget_answers() == 1
        assert AnswerDraft.objects.get().answers_sealed is None
        again = phone.put(f"quotes/{fresh.id}/answers", {"answers": HEALTHY, "revision": 1, "health_consent": True})
        assert phone.post("declarations", {**body, "draft_revision": again["revision"]})["outcome"] == "accept"


@pytest.mark.rule("DATA-1")
def test_no_health_answer_is_kept_without_consent(lin: Customer, phone: Phone) -> None:
    quote = steps.quoted(lin, product=ILLNESS)
    body = {"answers": {"severe": "no"}, "revision": 0, "health_consent": False}
    assert phone.put(f"quotes/{quote.id}/answers", body, status=422)["code"] == "health_consent_missing"
    wrong = {"answers": {"severe": "maybe"}, "revision": 0, "health_consent": True}
    phone.put(f"quotes/{quote.id}/answers", wrong, status=422)
    assert AnswerDraft.objects.count() == 0
    Phone(world.customer("13900000002")).get(f"quotes/{quote.id}/answers", status=404)
    assert Quote.objects.count() == 1
