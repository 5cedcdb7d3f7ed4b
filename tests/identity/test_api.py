"""The consent link and the identification through the doors of the shop."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baohe.rooms.assents.models import Link
from baohe.rooms.identification.models import Step
from baohe.rooms.people.models import Account
from baohe.rooms.policies.models import ProposalPaper
from tests.identity.sample_card import card, draw_front
from tests.sale import steps, world
from tests.sale.world import Customer

API = "/api/shop/v1"
THEIRS = "13700000077"
_BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(customer: Customer) -> Client:
    browser = Client()
    browser.force_login(Account.objects.get(id=customer.id), backend=_BACKEND)
    return browser


def post(browser: Client, path: str, **words: Any) -> Any:
    return browser.post(f"{API}/{path}", words, content_type="application/json")


@pytest.mark.rule("SALE-11")
def test_a_link_is_worth_nothing_in_a_browser_that_did_not_prove_the_telephone(lin: Customer) -> None:
    # given a link that the insured has opened on their telephone
    spouse = world.relative(lin.id, "周远", "spouse", date(1990, 6, 1), order=67)
    proposal = steps.drafted(lin, spouse, "yunshan-term-life", instalment="yearly")
    holder, theirs, stranger = signed_in(lin), Client(), Client()
    sent = post(holder, f"proposals/{proposal.id}/insured-consent", phone=THEIRS, insured_decides=True)
    assert sent.status_code == 202
    token = steps.link_sent_to(THEIRS)
    assert post(theirs, "consent-links/look", token=token).json()["proven"] is False
    assert "周远" not in post(theirs, "consent-links/look", token=token).content.decode()
    post(theirs, "consent-links/code", token=token)
    code = re.findall(r"\b\d{6}\b", steps.newest_message(THEIRS))[0]
    terms = post(theirs, "consent-links/open", token=token, code=code).json()
    assert (terms["holder_name"], terms["insured_name"], terms["state"]) == ("林知夏", "周远", "waiting")
    # when somebody else who holds the link answers, then nothing is taken
    for browser in (stranger, holder):
        refused = post(browser, "consent-links/answer", token=token, terms=terms["terms"], agreed=True)
        assert (refused.status_code, refused.json()["code"]) == (403, "consent_code_needed")
    assert ProposalPaper.objects.filter(code="insured_consent").count() == 0
    # when the insured does, then it counts, once
    answered = post(theirs, "consent-links/answer", token=token, terms=terms["terms"], agreed=True)
    assert answered.json()["state"] == "agreed"
    assert post(theirs, "consent-links/look", token=token).json()["code"] == "link_used"
    assert holder.get(f"{API}/proposals/{proposal.id}/insured-consent").json()["consented_at"] is not None


@pytest.mark.rule("SALE-11")
def test_another_accounts_proposal_cannot_be_asked_about(lin: Customer) -> None:
    spouse = world.relative(lin.id, "周远", "spouse", date(1990, 6, 1), order=67)
    proposal = steps.drafted(lin, spouse, "yunshan-term-life", instalment="yearly")
    other = signed_in(world.customer("13900000002"))
    path = f"proposals/{proposal.id}/insured-consent"
    assert post(other, path, phone=THEIRS, insured_decides=True).status_code == 404
    assert other.get(f"{API}/{path}").status_code == 404
    assert Link.objects.count() == 0


@pytest.mark.rule("DATA-4")
def test_a_card_fills_a_form_and_nothing_of_it_is_kept(lin: Customer, tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    truth = card(1)
    settings.BAOHE_DATA = tmp_path / "data"
    picture = draw_front(tmp_path / "card.jpg", truth, 1).read_bytes()
    browser = signed_in(lin)
    upload = {"side": "front", "file": SimpleUploadedFile("card.jpg", picture, "image/jpeg")}
    read = browser.post(f"{API}/identity/photo", upload).json()
    fields = {field["code"]: field["value"] for field in read["fields"]}
    assert (fields["name"], fields["number"], fields["birth"]) == (truth.name, truth.number, truth.birth.isoformat())
    assert not (tmp_path / "data" / "files").exists()
    assert Step.objects.count() == 0


def test_a_file_that_is_no_picture_and_a_picture_that_is_no_card_say_what_to_do(lin: Customer, tmp_path: Path) -> None:
    browser = signed_in(lin)
    for content, status, code in (
        (b"%PDF-1.7 <script>", 415, "picture_kind_unknown"),
        (draw_front(tmp_path / "c.jpg", card(4), 4, glare=True).read_bytes(), 422, "card_not_readable"),
    ):
        upload = {"side": "front", "file": SimpleUploadedFile("card.jpg", content, "image/jpeg")}
        refused = browser.post(f"{API}/identity/photo", upload)
        assert (refused.status_code, refused.json()["code"]) == (status, code)
        assert refused.json()["next"]["zh"]


@pytest.mark.rule("SALE-13")
def test_beneficiaries_are_changed_from_the_policy_page(lin: Customer) -> None:
    mother = world.relative(lin.id, "周敏", "parent", date(1965, 7, 9), order=68)
    policy = steps.sold(steps.drafted(lin, product="yunshan-term-life", instalment="yearly"), "yearly")
    browser = signed_in(lin)
    path = f"policies/{policy.id}/beneficiaries"
    told = post(browser, path, beneficiaries=[{"person_id": str(mother.id)}])
    assert (told.status_code, told.json()["now"][0]["share_percent"]) == (201, 100)
    shown = browser.get(f"{API}/policies/{policy.id}").json()
    assert [one["name"] for one in shown["beneficiaries"]] == ["周敏"]
    assert any("受益人变更" in entry["title"]["zh"] for entry in shown["timeline"])
