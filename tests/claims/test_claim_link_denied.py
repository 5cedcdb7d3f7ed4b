"""Whoever may not open a claim link gets a sentence and a way on; nothing happened and nothing leaked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from baohe.flows import report_by_partner
from baohe.flows.report_by_partner import Opened
from baohe.plumbing import clock
from baohe.rooms.claim_links.models import Link
from baohe.rooms.claims.models import Claim, ClaimMessage, ClaimPaper, Milestone, Payee
from baohe.rooms.partners import facade as partners
from baohe.rooms.partners.contracts import PartnerView
from baohe.rooms.payments.models import Payout
from baohe.rooms.people.models import Account
from tests.claims import linked, world
from tests.claims.linked import DOCUMENT, NAME, PHONE, Browser


@pytest.fixture
def shop(on_sale: None) -> PartnerView:
    return partners.create_partner("shop", "晴天小店")


def _doors(claim_id: UUID) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every door of one claim."""
    at = f"claims/{claim_id}"
    yield "get", at, {}
    yield "get", f"{at}/messages", {}
    yield "post", f"{at}/messages", {"text": "让我看看"}
    yield "post", f"{at}/messages/seen", {"number": 1}
    yield "get", f"{at}/papers/{claim_id}/picture", {}
    yield "put", f"{at}/payee", linked.ACCOUNT
    yield "put", f"{at}/papers/{claim_id}/fields", {"values": {}}
    yield "delete", f"{at}/papers/{claim_id}", {}
    for name in ("submit", "ask-person", "withdrawal", "reopening"):
        yield "post", f"{at}/{name}", {}


def _everything(browser: Browser, claim_id: UUID) -> set[str]:
    """The codes with which this browser is refused at every door of the claim; nothing happens behind any of them."""
    before = _standing()
    codes = set()
    for method, path, words in _doors(claim_id):
        headers = {"Idempotency-Key": "denied"}
        answer = getattr(browser.client, method)(
            f"{linked.API}/{path}", words, content_type="application/json", headers=headers
        )
        assert answer.status_code >= 400, path
        _says_nothing(answer.content.decode())
        codes.add(answer.json()["code"])
    file = SimpleUploadedFile("p.jpg", world.photo(), content_type="image/jpeg")
    answer = browser.client.post(f"{linked.API}/claims/{claim_id}/papers", {"kind": "bill", "file": file})
    assert answer.status_code >= 400
    codes.add(answer.json()["code"])
    assert _standing() == before
    return codes


def _standing() -> tuple[Any, ...]:
    return (
        list(Claim.objects.values_list("id", "state")),
        [model.objects.count() for model in (ClaimMessage, ClaimPaper, Milestone, Payee, Payout)],
    )


def _says_nothing(words: str) -> None:
    plain = json.dumps(json.loads(words), ensure_ascii=False)
    for secret in (NAME, PHONE, DOCUMENT, "跳闸", "驿站"):
        assert secret not in plain


def _refused(answer: tuple[int, Any], status: int, code: str, way_on: str = "400-") -> None:
    assert (answer[0], answer[1]["code"]) == (status, code)
    assert way_on in answer[1]["next"]["zh"]
    assert answer[1]["next"]["en"]
    _says_nothing(json.dumps(answer[1]))


def test_a_wrong_token_opens_nothing(shop: PartnerView) -> None:
    made = linked.opened(shop)
    browser, wrong = Browser(), "x" * 43
    for path, words in (("look", {}), ("code", {}), ("open", {"code": "123456"})):
        _refused(browser.post(f"claim-links/{path}", token=wrong, **words), 404, "claim_link_unknown", "保险公司")
    words = {"name": NAME, "identity_last": DOCUMENT}
    _refused(browser.post("claim-links/identity", token=wrong, **words), 404, "claim_link_unknown", "保险公司")
    assert _everything(browser, made.claim.id) == {"sign_in_needed"}


def test_a_link_alone_says_how_it_is_opened_and_no_more(shop: PartnerView) -> None:
    made = linked.opened(shop)
    browser = Browser()
    status, state = browser.post("claim-links/look", token=linked.token_of(made))
    assert (status, state["phone_masked"], state["claim_id"]) == (200, "137****0088", None)
    _says_nothing(json.dumps({**state, "demo_phone": None}))
    assert _everything(browser, made.claim.id) == {"sign_in_needed"}


def test_a_proven_link_is_worth_nothing_in_another_browser(shop: PartnerView) -> None:
    made = linked.opened(shop)
    token = linked.token_of(made)
    theirs, copied = Browser(), Browser()
    claim_id = theirs.prove(token)
    assert copied.post("claim-links/look", token=token)[1]["claim_id"] is None
    # the code was used: the one who saw it cannot use it again
    _refused(copied.post("claim-links/open", token=token, code=linked.code_sent()), 422, "claim_code_spent", "重新获取")
    assert _everything(copied, claim_id) == {"sign_in_needed"}
    assert theirs.get(f"claims/{claim_id}")[0] == 200


def test_a_link_opens_its_own_claim_and_nothing_else(shop: PartnerView, insured: world.Insured, draft: Any) -> None:
    first = linked.opened(shop)
    second = linked.opened(shop, linked.OrderInsured("吴桐", "13700000089"), "T2")
    customers = draft()
    browser = Browser()
    browser.prove(linked.token_of(first))
    for other in (second.claim.id, customers.id):
        assert _everything(browser, other) == {"sign_in_needed"}
    for path in ("claims", "policies", "people", f"policies/{first.claim.policy_id}", "me/notices", "home"):
        assert browser.get(path)[0] in (401, 404), path


def test_neither_the_partner_nor_a_signed_in_stranger_opens_it(shop: PartnerView) -> None:
    made = linked.opened(shop)
    world.claimant("13800000099")
    stranger = Browser()
    stranger.client.force_login(
        Account.objects.exclude(phone_index=None).get(), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert _everything(stranger, made.claim.id) == {"not_found"}


def test_a_customer_who_proves_a_link_keeps_their_own_and_gains_that_one(
    shop: PartnerView, insured: world.Insured, draft: Any
) -> None:
    made = linked.opened(shop)
    other = linked.opened(shop, linked.OrderInsured("吴桐", "13700000089"), "T2")
    mine, browser = draft(), Browser()
    browser.client.force_login(
        Account.objects.get(id=insured.account_id), backend="django.contrib.auth.backends.ModelBackend"
    )
    claim_id = browser.prove(linked.token_of(made))
    assert [browser.get(f"claims/{one}")[0] for one in (mine.id, claim_id)] == [200, 200]
    assert [one["id"] for one in browser.get("claims")[1]["items"]] == [str(mine.id)]
    assert _everything(browser, other.claim.id) == {"not_found"}


def test_a_revoked_link_closes_what_it_had_opened(shop: PartnerView) -> None:
    made = linked.opened(shop)
    browser = Browser()
    claim_id = browser.prove(linked.token_of(made))
    assert report_by_partner.revoke(shop.id, claim_id).link.state == "revoked"
    assert _everything(browser, claim_id) == {"claim_link_ended"}
    _refused(browser.post("claim-links/look", token=linked.token_of(made)), 410, "claim_link_ended")


def test_a_renewed_link_ends_the_one_before(shop: PartnerView) -> None:
    made = linked.opened(shop)
    browser = Browser()
    claim_id = browser.prove(linked.token_of(made))
    fresh = report_by_partner.renew(shop.id, claim_id)
    _refused(browser.post("claim-links/look", token=linked.token_of(made)), 410, "claim_link_ended")
    assert _everything(browser, claim_id) == {"claim_link_ended"}
    with clock.travel(clock.now() + timedelta(minutes=2)):
        assert Browser().prove(linked.token_of(fresh)) == claim_id


def test_an_expired_link_says_so_and_each_proof_lets_it_live_on(shop: PartnerView) -> None:
    made = linked.opened(shop)
    token, browser = linked.token_of(made), Browser()
    with clock.travel(clock.now() + timedelta(days=29)):
        claim_id = browser.prove(token)
    with clock.travel(clock.now() + timedelta(days=31)):
        assert browser.post("claim-links/look", token=token)[0] == 200
        # the link lives, and the proof of two days ago does not
        assert _everything(browser, claim_id) == {"claim_link_proof_needed"}
    with clock.travel(clock.now() + timedelta(days=59, seconds=1)):
        _refused(browser.post("claim-links/look", token=token), 410, "claim_link_expired")
        _refused(browser.post("claim-links/code", token=token), 410, "claim_link_expired")


def test_guessed_codes_run_out(shop: PartnerView) -> None:
    token, browser = linked.token_of(linked.opened(shop)), Browser()
    _refused(browser.post("claim-links/open", token=token, code="123456"), 422, "claim_code_spent", "重新获取")
    browser.post("claim-links/code", token=token)
    right = linked.code_sent()
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    for left in (4, 3, 2, 1):
        status, problem = browser.post("claim-links/open", token=token, code=wrong)
        assert (status, problem["code"]) == (422, "claim_code_wrong")
        assert str(left) in problem["message"]["zh"]
    assert browser.post("claim-links/open", token=token, code=wrong)[1]["code"] == "claim_code_spent"
    assert browser.post("claim-links/open", token=token, code=right)[1]["code"] == "claim_code_spent"
    status, problem = browser.post("claim-links/code", token=token)
    assert (status, problem["code"]) == (429, "too_many_claim_codes")
    assert Link.objects.get().opened_at is None


def test_a_link_sends_twenty_codes_and_then_none(shop: PartnerView) -> None:
    token, browser = linked.token_of(linked.opened(shop)), Browser()
    begin = clock.now()
    for minute in range(0, 40, 2):
        with clock.travel(begin + timedelta(minutes=minute)):
            assert browser.post("claim-links/code", token=token)[0] == 202
    with clock.travel(begin + timedelta(hours=2)):
        status, problem = browser.post("claim-links/code", token=token)
    assert (status, problem["code"]) == (429, "too_many_claim_codes")
    assert Link.objects.get().codes_sent == 20


def test_without_a_telephone_name_and_document_open_it_and_guesses_lock_it(shop: PartnerView) -> None:
    made = linked.opened(shop, linked.BY_DOCUMENT)
    token, browser = linked.token_of(made), Browser()
    assert browser.post("claim-links/look", token=token)[1]["proof"] == "identity"
    assert browser.post("claim-links/code", token=token)[1]["code"] == "claim_link_proof_needed"
    status, state = browser.post("claim-links/identity", token=token, name=f" {NAME}", identity_last="02183x")
    assert (status, state["claim_id"]) == (200, str(made.claim.id))
    stranger = Browser()
    sentences = set()
    for name, last in ((NAME, "021830"), ("周近", DOCUMENT), (NAME, "000000"), ("周近", "000000")):
        status, problem = stranger.post("claim-links/identity", token=token, name=name, identity_last=last)
        assert (status, problem["code"]) == (422, "claimant_not_recognised")
        sentences.add(problem["message"]["zh"].partition("，")[0])
    assert len(sentences) == 1  # which half was wrong is not told
    for _ in range(2):
        answer = stranger.post("claim-links/identity", token=token, name=NAME, identity_last="000001")
        _refused(answer, 403, "claim_link_locked")
    answer = stranger.post("claim-links/identity", token=token, name=NAME, identity_last=DOCUMENT)
    _refused(answer, 403, "claim_link_locked")
    assert _everything(stranger, made.claim.id) == {"sign_in_needed"}
    fresh = report_by_partner.renew(shop.id, made.claim.id)
    answer = stranger.post("claim-links/identity", token=linked.token_of(fresh), name=NAME, identity_last=DOCUMENT)
    assert answer[0] == 200


def test_where_a_code_is_asked_for_a_document_does_not_do(shop: PartnerView) -> None:
    both = linked.OrderInsured(NAME, PHONE, DOCUMENT)
    token, browser = linked.token_of(linked.opened(shop, both)), Browser()
    answer = browser.post("claim-links/identity", token=token, name=NAME, identity_last=DOCUMENT)
    assert answer[1]["code"] == "claim_link_proof_needed"
    assert browser.post("claim-links/look", token=token)[1]["claim_id"] is None


def test_a_write_from_another_page_is_refused(shop: PartnerView) -> None:
    """The session of a link is guarded like that of an account."""
    made = linked.opened(shop)
    browser = Browser()
    claim_id = browser.prove(linked.token_of(made))
    browser.client.handler.enforce_csrf_checks = True
    before = _standing()
    assert browser.put(f"claims/{claim_id}/payee", **linked.ACCOUNT)[1]["code"] == "page_expired"
    assert browser.post(f"claims/{claim_id}/withdrawal")[1]["code"] == "page_expired"
    assert _standing() == before


def test_a_state_is_told_to_the_partner_that_opened_it_alone(shop: PartnerView) -> None:
    made: Opened = linked.opened(shop)
    other = partners.create_partner("other", "别家")
    for act in (report_by_partner.state, report_by_partner.renew, report_by_partner.revoke):
        with pytest.raises(Exception, match="没有找到|not found"):
            act(other.id, made.claim.id)
    assert Link.objects.get().state == "live"
