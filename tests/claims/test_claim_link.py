"""A partner's customer goes from the link to the money: the same claim, without an account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from baohe.flows import claim_messages, report_by_partner, settle_claim
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock
from baohe.rooms.claim_links.errors import IncidentTaken, TooManyClaimLinks, TooManyNotices
from baohe.rooms.claim_links.models import Link, Notice
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.errors import AlreadyReported, PayeeNeeded, SelfSettling
from baohe.rooms.claims.models import Claim, Payee
from baohe.rooms.fraud.models import ClaimTrace
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.notices.models import Message
from baohe.rooms.notices.queries import body_of
from baohe.rooms.partners import facade as partners
from baohe.rooms.partners.contracts import PartnerView
from baohe.rooms.payments.models import Payout
from baohe.rooms.people.contracts import StaffView
from baohe.rooms.people.models import ReadLog
from tests.claims import linked, world
from tests.claims.linked import ACCOUNT, NAME, PHONE, Browser


@pytest.fixture
def shop(on_sale: None) -> PartnerView:
    return partners.create_partner("shop", "晴天小店")


def _photograph(browser: Browser, claim_id: UUID, kind: str, shade: int) -> None:
    file = SimpleUploadedFile("p.jpg", world.photo(shade), content_type="image/jpeg")
    answer = browser.client.post(f"{linked.API}/claims/{claim_id}/papers", {"kind": kind, "file": file})
    assert answer.status_code == 201, answer.content


def _hand_in(browser: Browser, claim_id: UUID, work: Callable[[], None]) -> None:
    for shade, kind in enumerate(("bill", "record", "identity")):
        _photograph(browser, claim_id, kind, 160 + 20 * shade)
    work()


@pytest.fixture
def goods(reads: Callable[..., None]) -> None:
    reads(patient=NAME, total="129.00", recovered="0.00", date="2026-11-22")


@pytest.mark.rule("SERV-5")
def test_from_the_partners_notice_to_the_money_of_the_insured(
    shop: PartnerView, goods: None, work: Callable[[], None], wallet_says: Callable[[str], None]
) -> None:
    made = linked.opened(shop)
    assert made.url is not None
    assert "/c#" in made.url
    browser = Browser()
    claim_id = browser.prove(linked.token_of(made))
    status, claim = browser.get(f"claims/{claim_id}")
    assert (status, claim["state"], claim["insured_name"]) == (200, "draft", NAME)
    # nothing is on file of somebody without an account: the identity document is asked for like the rest
    assert {one["kind"]: one["state"] for one in claim["needed"]} == dict.fromkeys(
        ("bill", "record", "identity"), "missing"
    )
    assert claim["payee"] == {"holder": NAME, "bank": "", "last_four": "", "may_change": True}
    _hand_in(browser, claim_id, work)
    # no account, no submission; and nothing was decided meanwhile
    status, problem = browser.post(f"claims/{claim_id}/submit")
    assert (status, problem["code"]) == (409, "payee_needed")
    assert NAME in problem["next"]["zh"]
    assert Claim.objects.get().state == "draft"
    status, claim = browser.put(f"claims/{claim_id}/payee", **ACCOUNT)
    assert claim["payee"] == {"holder": NAME, "bank": "江城银行", "last_four": "5678", "may_change": True}
    status, claim = browser.post(f"claims/{claim_id}/submit")
    assert (status, claim["state"], claim["amount_fen"]) == (200, "paying", 12_900), claim["decision_reasons"]
    payout = Payout.objects.get()
    assert (payout.provider, payout.payee_account_id) == ("transfer", None)
    wallet_says("done")
    work()
    assert browser.get(f"claims/{claim_id}")[1]["state"] == "paid"
    said = [body_of(row).zh for row in Message.objects.filter(template="claim_link_paid")]
    assert len(said) == 1
    assert "129.00" in said[0]
    assert ReadLog.objects.filter(purpose="claim_link_paid").exclude(subject_id=shop.id).count() == 1
    assert ledger.check() == []
    assert report_by_partner.state(shop.id, claim_id).claim.state == "paid"


def test_the_money_goes_to_the_account_in_the_insureds_name(shop: PartnerView, goods: None) -> None:
    claim_id = linked.opened(shop).claim.id
    claims.give_payee(shop.id, claim_id, "江城银行", "62170000 12345678")
    claims.give_payee(shop.id, claim_id, "江城银行", "6217000012345678")
    assert Payee.objects.count() == 1  # the same account again
    account = claims.payee_account(claim_id)
    assert account is not None
    assert (account.holder, account.number) == (NAME, "6217000012345678")
    kept = bytes(Payee.objects.get().account_sealed)
    assert NAME.encode() not in kept
    assert b"6217000012345678" not in kept
    with pytest.raises(IntegrityError), transaction.atomic():
        Payee.objects.update(last_four="0000")


@pytest.mark.parametrize(
    ("bank", "number"),
    [("", "62170000"), ("江城银行", "1234567"), ("江城银行", "六二一七零零零零"), ("a\x00b", "62170000")],
)
def test_an_account_that_is_none_is_not_kept(shop: PartnerView, bank: str, number: str) -> None:
    claim_id = linked.opened(shop).claim.id
    with pytest.raises(Exception, match=r"bank|number"):
        claims.give_payee(shop.id, claim_id, bank, number)
    assert Payee.objects.count() == 0


@pytest.mark.rule("SERV-9")
def test_a_person_pays_nobody_before_there_is_an_account(shop: PartnerView, shen: StaffView) -> None:
    claim_id = linked.opened(shop).claim.id
    settle_claim.ask_person(shop.id, claim_id)
    with pytest.raises(PayeeNeeded):
        settle_claim.decide_by_person(shen.id, claim_id, 5_000)
    assert (Payout.objects.count(), Claim.objects.get().state) == (0, "with_person")
    claims.give_payee(shop.id, claim_id, **ACCOUNT)
    settle_claim.decide_by_person(shen.id, claim_id, 5_000)
    assert Payout.objects.get().provider == "transfer"


def test_the_claimant_hears_at_the_telephone_of_the_order(shop: PartnerView, shen: StaffView) -> None:
    claim_id = linked.opened(shop).claim.id
    claims.give_payee(shop.id, claim_id, **ACCOUNT)
    settle_claim.ask_person(shop.id, claim_id)
    settle_claim.decide_by_person(shen.id, claim_id, 5_000)
    assert [row.account_id for row in Message.objects.filter(template="claim_link_progress")] == [None, None]
    assert Message.objects.filter(template="claim_progress").count() == 0


def test_one_incident_is_one_claim_and_its_link_comes_once(shop: PartnerView) -> None:
    first = linked.opened(shop)
    again = report_by_partner.report(shop.id, linked.told())
    assert (again.claim.id, again.url) == (first.claim.id, None)
    with pytest.raises(IncidentTaken):
        report_by_partner.report(shop.id, linked.told(sentence="是另一台"))
    with pytest.raises(AlreadyReported):
        report_by_partner.report(shop.id, linked.told(incident="2"))
    other = report_by_partner.report(shop.id, linked.told(incident="2", another=True))
    assert other.claim.id != first.claim.id
    assert (Claim.objects.count(), Notice.objects.count(), Link.objects.count()) == (2, 2, 2)


def test_nothing_of_the_token_or_the_person_lies_open(shop: PartnerView) -> None:
    token = linked.token_of(linked.opened(shop))
    notice, link = Notice.objects.get(), Link.objects.get()
    for value in (*vars(notice).values(), *vars(link).values()):
        plain = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for secret in (token, NAME, PHONE):
            assert secret.encode() not in plain


def test_orders_of_others_events_without_papers_and_orders_that_name_nobody(shop: PartnerView) -> None:
    linked.order(shop, "T1", None)
    with pytest.raises(report_by_partner.InsuredNotNamed):
        report_by_partner.report(shop.id, linked.told())
    linked.order(shop, "T2")
    other = partners.create_partner("other", "别家")
    with pytest.raises(NotFound):
        report_by_partner.report(other.id, linked.told("T2"))
    linked.order(shop, "T3", product="yizhan-freight-return")
    with pytest.raises(SelfSettling):
        report_by_partner.report(shop.id, linked.told("T3", event="parcel_returned"))
    assert (Claim.objects.count(), Notice.objects.count(), Message.objects.count()) == (0, 0, 0)


def test_a_flood_of_notices_and_of_links_is_told_when_to_come_back(shop: PartnerView) -> None:
    first = linked.opened(shop)
    for number in range(2, 6):
        report_by_partner.report(shop.id, linked.told(incident=str(number), another=True))
    with pytest.raises(TooManyNotices) as flood:
        report_by_partner.report(shop.id, linked.told(incident="6", another=True))
    assert 0 < flood.value.facts["retry_after_seconds"] <= 86_400
    assert Claim.objects.count() == 5
    for _ in range(9):
        report_by_partner.renew(shop.id, first.claim.id)
    with pytest.raises(TooManyClaimLinks):
        report_by_partner.renew(shop.id, first.claim.id)
    with clock.travel(clock.now() + timedelta(days=1, seconds=1)):
        assert report_by_partner.renew(shop.id, first.claim.id).url is not None


def test_a_claimant_is_told_from_the_partner_and_from_other_customers(
    shop: PartnerView, goods: None, work: Callable[[], None]
) -> None:
    """The claims of two customers of one shop are not the claims of one account."""
    for reference, insured in (("T1", linked.BY_PHONE), ("T2", linked.OrderInsured("吴桐", "13700000089"))):
        made = linked.opened(shop, insured, reference)
        claims.give_payee(shop.id, made.claim.id, "江城银行", f"6217000012345{reference[1:]}00")
        for kind, shade in (("bill", 150), ("record", 180), ("identity", 210)):
            claims.add_paper(shop.id, made.claim.id, kind, world.another_photo(shade + int(reference[1:])))
        work()
        settle_claim.submit_claim(shop.id, made.claim.id, reference)
    seen = set(ClaimTrace.objects.values_list("account_id", flat=True))
    assert seen == set(Notice.objects.values_list("claimant_id", flat=True))
    assert len(seen) == 2
    assert shop.id not in seen


def test_the_claimant_of_a_link_and_a_handler_write_to_each_other(shop: PartnerView, shen: StaffView) -> None:
    claim = linked.opened(shop)
    browser = Browser()
    claim_id = browser.prove(linked.token_of(claim))
    status, sent = browser.post(f"claims/{claim_id}/messages", text="电饭煲还在保修期，要寄回去吗？")
    assert (status, sent["mine"]) == (201, True)

    claim_messages.answer(shen.id, claim_id, "不用寄，拍铭牌就行", "k2", seen=sent["number"])

    told = Message.objects.get(template="claim_link_message")
    assert claim.claim.number in body_of(told).zh
    assert told.account_id is None  # the partner's list is nobody's letter box
    _, page = browser.get(f"claims/{claim_id}/messages")
    assert [(one["mine"], one["text"]) for one in page["items"]] == [
        (True, "电饭煲还在保修期，要寄回去吗？"),
        (False, "不用寄，拍铭牌就行"),
    ]


def test_rows_of_a_link_only_go_forward(shop: PartnerView) -> None:
    made = linked.opened(shop)
    report_by_partner.revoke(shop.id, made.claim.id)
    for change in ({"state": "live", "ended_at": None}, {"token_hash": b"x" * 32}, {"identity_tries": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Link.objects.update(**change)
    for rows in (Link, Notice):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.objects.all().delete()
