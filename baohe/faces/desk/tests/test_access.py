"""Who may open what at the desk, page by page; and whoever may not has changed nothing (DATA-5)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baohe.faces.desk import claim_money, claim_notice
from baohe.faces.desk.care import urls as care_urls
from baohe.faces.desk.compliance import urls as compliance_urls
from baohe.faces.desk.money import urls as money_urls
from baohe.faces.desk.money.settling import urls as settling_urls
from baohe.faces.desk.parametric import urls as parametric_urls
from baohe.faces.desk.rules import urls as rules_urls
from baohe.faces.desk.studio import urls as studio_urls
from baohe.faces.desk.tests.desk_world import ROLES, Waiting, another_claim, browser, everything, member, waiting
from baohe.faces.desk.urls import urlpatterns
from baohe.rooms.people.models import Account

PAGES = {
    "home": set(ROLES),
    "search": {"claims_handler", "auditor"},
    "claims": {"claims_handler", "auditor"},
    "claim": {"claims_handler", "auditor"},
    "picture": {"claims_handler", "auditor"},
    "fraud": {"claims_handler", "auditor"},
    "workload": {"claims_handler", "auditor"},
    "leave": {"claims_handler", "auditor"},
    "referrals": {"underwriter", "auditor"},
    "referral": {"underwriter", "auditor"},
    "referral-picture": {"underwriter", "auditor"},
    "declared-paper": {"underwriter", "auditor"},
}
WRITES = {
    "pay": "claims_handler",
    "propose-refusal": "claims_handler",
    "confirm-refusal": "claims_handler",
    "return-refusal": "claims_handler",
    "keep-result": "claims_handler",
    "pay-again": "claims_handler",
    "ask-for-papers": "claims_handler",
    "answer-message": "claims_handler",
    "messages-aside": "claims_handler",
    "say-of-signals": "claims_handler",
    "take-claim": "claims_handler",
    "hand-over": "claims_handler",
    "refusal-told": "claims_handler",
    "set-leave": "claims_handler",
    "cancel-leave": "claims_handler",
    "decide-referral": "underwriter",
    "confirm-verdict": "underwriter",
    "return-verdict": "underwriter",
    "ask-referral-papers": "underwriter",
}
SAID = {
    "amount_fen": "10.00",
    "note": "已核对原件",
    "pay_fen": "0.00",
    "refused_fen": "10.00",
    "clause": "3.1",
    "letter": "条款 3.1 约定的情况不在保障内，本次不赔。",
    "kinds": ["record"],
    "why": "请先看复查报告",
    "want_lab_report": "on",
    "zh_lab_report": "核对告知",
    "en_lab_report": "To see what was declared",
    "outcome": "accept",
    "verdict": "cleared",
    "reason": "熟悉这家医院",
    "key": "0193aaaa-0000-7000-8000-000000000009",
    "seen": "0",
    "text": "可以，这周内都行",
}
"""Every field of every form: what a permitted hand would have written."""


@pytest.fixture
def there(on_sale: None) -> Waiting:
    return waiting()


def test_the_matrix_knows_every_address() -> None:
    studio = {pattern.name for pattern in studio_urls.urlpatterns}  # test_studio_access has theirs
    books = {pattern.name for pattern in money_urls.urlpatterns}  # test_books has theirs
    compliance = {pattern.name for pattern in compliance_urls.urlpatterns}  # test_compliance has theirs
    settling = {pattern.name for pattern in settling_urls.urlpatterns}  # test_settling has theirs
    care = {pattern.name for pattern in care_urls.urlpatterns}  # test_care has theirs
    rules = {pattern.name for pattern in rules_urls.urlpatterns}  # test_rules has theirs
    data = {pattern.name for pattern in parametric_urls.urlpatterns}  # tests/parametric/test_desk has theirs
    records = {pattern.name for pattern in urlpatterns if str(pattern.pattern).startswith("records/")}  # test_records
    claim_acts = {pattern.name for pattern in claim_money.urlpatterns}  # test_claim_money has theirs
    notices = {pattern.name for pattern in claim_notice.urlpatterns}  # test_claim_notice has theirs
    apart = notices | claim_acts | records | data | care | studio | books | settling | compliance | rules
    known = set(PAGES) | set(WRITES) | apart | {"sign-in", "sign-out"}
    assert {pattern.name for pattern in urlpatterns} == known


def _outsider(kind: str, there: Waiting) -> Account | None:
    if kind == "anonymous":
        return None
    if kind == "customer":
        return Account.objects.get(id=there.customer_id)
    dismissed = member("claims_handler", "underwriter", "auditor")
    Account.objects.filter(id=dismissed.id).update(is_active=False)
    return dismissed


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("kind", ["anonymous", "customer", "dismissed"])
def test_outsiders_are_sent_to_sign_in(there: Waiting, kind: str) -> None:
    client = browser(_outsider(kind, there))
    before = everything()
    for name in PAGES:
        answer = client.get(there.page(name))
        assert answer.status_code == 302, name
        assert answer["Location"].startswith("/desk/sign-in/?next="), name
    for name in WRITES:
        answer = client.post(there.page(name), SAID)
        assert answer.status_code == 302, name
        assert answer["Location"].startswith("/desk/sign-in/?next="), name
    assert everything() == before


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", ROLES)
def test_each_duty_opens_its_own_pages_and_no_others(there: Waiting, role: str) -> None:
    client = browser(member(role))
    for name, duties in PAGES.items():
        if role in duties:
            answer = client.get(there.page(name), follow=True)
            assert answer.status_code == 200, name
            assert answer["Cache-Control"] == "no-store", name
        else:
            before = everything()
            assert client.get(there.page(name)).status_code == 403, name
            assert everything() == before


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", ROLES)
def test_a_write_of_another_duty_is_refused_and_changes_nothing(there: Waiting, role: str) -> None:
    client = browser(member(role))
    before = everything()
    for name, duty in WRITES.items():
        if role != duty:
            assert client.post(there.page(name), SAID).status_code == 403, name
    assert everything() == before


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize(("name", "duty"), WRITES.items())
def test_a_write_needs_its_method_and_its_token(there: Waiting, name: str, duty: str) -> None:
    client = browser(member(duty))
    before = everything()
    assert client.get(there.page(name)).status_code == 405
    client.handler.enforce_csrf_checks = True
    assert client.post(there.page(name), SAID).status_code == 403
    assert everything() == before


def test_a_duty_taken_away_closes_the_desk_at_once(there: Waiting) -> None:
    shen = member("claims_handler")
    client = browser(shen)
    assert client.get(there.page("claim")).status_code == 200
    shen.groups.clear()
    assert client.get(there.page("claim")).status_code == 403


def test_signing_in_asks_for_the_password_and_leaving_ends_the_session(there: Waiting) -> None:
    shen = member("claims_handler")
    shen.set_password("a-long-enough-phrase")
    shen.save()
    client = browser()
    wrong = client.post("/desk/sign-in/", {"username": shen.username, "password": "guess"})
    assert wrong.status_code == 200
    assert client.get(there.page("claim")).status_code == 302
    client.post("/desk/sign-in/", {"username": shen.username, "password": "a-long-enough-phrase"})
    assert client.get(there.page("claim")).status_code == 200
    left = client.post("/desk/sign-out/")
    assert left["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get(there.page("claim")).status_code == 302


def test_a_customer_has_no_password_to_sign_in_with(there: Waiting) -> None:
    customer = Account.objects.get(id=there.customer_id)
    client = browser()
    for password in ("", "x", customer.username):
        client.post("/desk/sign-in/", {"username": customer.username, "password": password})
    assert client.get(there.page("home")).status_code == 302


def test_a_longer_queue_takes_no_more_queries(there: Waiting) -> None:
    client = browser(member("auditor"))
    seen = []
    for more in (0, 3):
        for _ in range(more):
            another_claim(there)
        for name in ("claims", "referrals"):
            with CaptureQueriesContext(connection) as asked:
                client.get(there.page(name))
            seen.append(len(asked))
    assert seen[:2] == seen[2:]
