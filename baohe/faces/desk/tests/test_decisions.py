"""What people decide at the desk: under their own names, two of them for a refusal, every reading on record."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from baohe.faces.desk.tests.desk_world import LETTER, Waiting, browser, everything, member, waiting
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.models import JointDecision
from baohe.rooms.payments.models import Payout
from baohe.rooms.people.models import Account, ReadLog
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.models import ReferralDecision

REFUSAL = {"pay_fen": "0.00", "refused_fen": "1286.40", "clause": "3.1", "letter": LETTER}


@pytest.fixture
def there(on_sale: None, reads: Callable[..., None]) -> Waiting:
    return waiting()


@pytest.fixture
def shen(on_sale: None) -> Client:
    return browser(member("claims_handler", name="沈一诺"))


@pytest.fixture
def gu(on_sale: None) -> Client:
    return browser(member("claims_handler", name="顾远"))


def state(there: Waiting) -> str:
    return claims.claim(there.customer_id, there.claim_id).state


def proposed(there: Waiting, by: Client) -> str:
    """The address under which the second name is given."""
    assert by.post(there.page("propose-refusal"), REFUSAL).status_code == 302
    return f"{there.page('propose-refusal')}{JointDecision.objects.get().id}/"


@pytest.mark.rule("SERV-9")
def test_a_refusal_takes_two_names(there: Waiting, shen: Client, gu: Client) -> None:
    joint = proposed(there, by=shen)
    assert state(there) == "with_person"
    before = everything()
    answer = shen.post(f"{joint}confirm/")
    assert answer.status_code == 403
    assert state(there) == "with_person"
    assert _without_reads(everything()) == _without_reads(before)

    assert gu.post(f"{joint}confirm/").status_code == 302
    claim = claims.claim(there.customer_id, there.claim_id)
    assert claim.state == "refused_by_person"
    assert claim.decision.reasons[0].text.zh == LETTER
    assert "沈一诺 经办，顾远 复核" in claim.timeline[-1].detail.zh
    assert Payout.objects.count() == 0


@pytest.mark.rule("SERV-9")
def test_the_second_person_may_disagree(there: Waiting, shen: Client, gu: Client) -> None:
    joint = proposed(there, by=shen)
    assert gu.post(f"{joint}return/").status_code == 302
    assert state(there) == "with_person"
    again = gu.post(f"{joint}confirm/")
    assert again.status_code == 409
    assert state(there) == "with_person"


@pytest.mark.rule("SERV-9")
@pytest.mark.parametrize(
    "left_out", [{"letter": ""}, {"letter": "短"}, {"clause": ""}, {"refused_fen": "-1"}, {"refused_fen": "1,2,3"}]
)
def test_a_refusal_without_its_ground_is_not_taken_and_keeps_what_was_typed(
    there: Waiting, shen: Client, left_out: dict[str, str]
) -> None:
    answer = shen.post(there.page("propose-refusal"), REFUSAL | left_out)
    assert answer.status_code == 422
    assert JointDecision.objects.count() == 0
    if "letter" not in left_out:
        assert LETTER in answer.content.decode()


def test_papers_are_asked_for_by_name(there: Waiting, shen: Client) -> None:
    assert shen.post(there.page("ask-for-papers"), {"kinds": ["teapot"], "note": "看不清"}).status_code == 422
    assert shen.post(there.page("ask-for-papers"), {"kinds": ["record"], "note": "看不清"}).status_code == 302
    assert "record" in {paper.kind for paper in claims.claim(there.customer_id, there.claim_id).needed}


@pytest.mark.rule("SERV-9")
@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({"outcome": "accept"}, "accept"),
        ({"outcome": "load", "loading_percent": "50"}, "load"),
        ({"outcome": "exclude", "exclusion_zh": "甲状腺结节", "exclusion_en": "Thyroid nodules"}, "exclude"),
        ({"outcome": "declined_by_person", "clause": "2.4"}, "declined_by_person"),
    ],
)
def test_an_underwriter_decides_under_her_own_name(there: Waiting, said: dict[str, str], outcome: str) -> None:
    ning = browser(member("underwriter", name="沈宁"))
    answer = ning.post(there.page("decide-referral"), said | {"note": "复查正常"})
    assert answer.status_code == 302
    offer = underwriting.own_referral_view(there.customer_id, there.declaration_id).offer
    assert (offer is not None) == (outcome in ("load", "exclude"))
    if offer is not None:
        underwriting.accept_offer(there.customer_id, there.declaration_id, offer.id)
    decided = underwriting.declaration(there.customer_id, there.declaration_id)
    assert decided.outcome == outcome
    assert decided.loading_bp == (5_000 if outcome == "load" else 0)
    assert ReferralDecision.objects.get().staff_name == "沈宁"
    assert underwriting.referrals().total == 0

    again = ning.post(there.page("decide-referral"), {"outcome": "accept", "note": "改主意"})
    assert again.status_code == 409
    assert ReferralDecision.objects.count() == 1


@pytest.mark.parametrize(
    "said",
    [
        {"outcome": "load"},
        {"outcome": "load", "loading_percent": "9999"},
        {"outcome": "exclude", "exclusion_zh": "甲状腺结节"},
        {"outcome": "refuse"},
        {"outcome": "declined_by_person"},
        {"outcome": "accept", "note": ""},
        {},
    ],
)
def test_an_unclear_word_decides_nothing(there: Waiting, said: dict[str, str]) -> None:
    answer = browser(member("underwriter")).post(there.page("decide-referral"), {"note": "复查正常"} | said)
    assert answer.status_code == 422
    assert ReferralDecision.objects.count() == 0


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize(
    ("role", "page", "purpose"),
    [
        ("claims_handler", "claim", "assess_claim"),
        ("auditor", "claim", "assess_claim"),
        ("underwriter", "referral", "underwrite_referral"),
        ("auditor", "referral", "underwrite_referral"),
    ],
)
def test_opening_a_file_is_on_record(there: Waiting, role: str, page: str, purpose: str) -> None:
    reader = member(role)
    before = ReadLog.objects.count()
    assert browser(reader).get(there.page(page)).status_code == 200
    told = ReadLog.objects.filter(subject_id=there.person_id, actor=f"staff:{reader.id}", purpose=purpose)
    assert told.exists()
    assert told.latest("id").account_id == there.customer_id
    assert ReadLog.objects.count() > before


def test_a_queue_shows_no_sealed_field_and_so_leaves_no_reading(there: Waiting) -> None:
    before = ReadLog.objects.count()
    browser(member("auditor")).get(there.page("referrals"))
    assert ReadLog.objects.count() == before


def test_a_customers_page_is_never_a_desk_page(there: Waiting) -> None:
    answer = browser(Account.objects.get(id=there.customer_id)).get(there.page("claim"), follow=True)
    assert answer.status_code == 200
    assert "员工登录" in answer.content.decode()


def _without_reads(prints: dict[str, str]) -> dict[str, str]:
    """The refused page is shown again, and to show it is to read it."""
    return {table: print_ for table, print_ in prints.items() if table != ReadLog._meta.db_table}
