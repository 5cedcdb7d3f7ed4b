"""The payer is the policyholder (SALE-9): another's money buys nothing and goes back to where it came from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from django.test import Client

from baohe.adapters.transfer import protocol
from baohe.flows import purchase
from baohe.flows.settle_payment import settle_by_query
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.notices.models import Message
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments import rules
from baohe.rooms.payments.contracts import Notification
from baohe.rooms.payments.models import CallbackRecord
from baohe.rooms.people.models import Account
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.models import Policy
from baohe.rooms.reconciliation import facade as reconciliation
from tests.payments.conftest import audit, together
from tests.sale import steps, world
from tests.shelf import put_on_sale

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SALE-9")]
committed = pytest.mark.django_db(transaction=True)

OTHER, THEIRS = "周正", "6228480000000000077"
OWN = "6217001234567890123"

TOLD = Notification(
    "transfer", "callback", "done", "app", "BH1", "T1", "", 100, "CNY", "", None, "n", "d", payer="林晓"
)


@pytest.mark.parametrize(
    ("payer", "told", "check", "who"),
    [
        ("林晓", "林晓", "", "same"),
        ("林晓", "林　晓", "", "same"),
        ("林晓", "周正", "", "other"),
        ("林晓", "", "", "unknown"),
        ("林晓", " ", "", "unknown"),
        ("林晓", "", "same", "same"),
        ("林晓", "", "other", "other"),
        ("林晓", "林晓", "other", "other"),
        ("", "周正", "", "same"),
        ("", "", "", "same"),
    ],
)
def test_who_paid(payer, told, check, who):
    assert rules.who_paid(payer, replace(TOLD, payer=told, payer_check=check)) == who


@pytest.fixture
def proposal(bank):
    with clock.travel(world.NOW):
        put_on_sale()
        signed = steps.signed(steps.drafted(world.customer()))
        steps.identified(signed)
        yield signed


@pytest.fixture
def holder(proposal):
    return policies.policyholder(proposal.account_id).name


def opened(proposal):
    return purchase.start_payment(proposal.account_id, proposal.id, "single", True, uuid4().hex, "transfer")


def tell(words):
    headers = {protocol.SIGNATURE: words["signature"]}
    door = Client(enforce_csrf_checks=True)
    return door.post(
        "/callbacks/transfer", words["message"], content_type=protocol.CONTENT_TYPE, headers=headers
    ).content.decode()


def without_name(bank):
    """The notice of a bank that tells no name, signed like every other."""
    words = bank.told()[0]
    bare = words["message"].replace(f"<Nm>{OTHER}</Nm>", "")
    key = bank.simulator.notifier.signing_key()
    signed = protocol.signature_of(protocol.digest(protocol.NOTIFICATION, bare.encode()), key)
    return {"message": bare, "signature": signed}


def test_another_s_transfer_buys_nothing_and_returns_to_the_same_account(bank, proposal, holder, work):
    intent = opened(proposal)
    bank.transfer(intent, payer=OTHER, payer_account=THEIRS)
    assert [tell(words) for words in bank.told() * 2] == ["received"] * 2
    work(hours=0.01)

    assert Policy.objects.count() == 0
    assert audit() == [("accepted", "other_payer"), ("duplicate", "already_paid")]
    assert [(one.state, one.amount_fen) for one in payments.refunds_of(intent.id)] == [("done", intent.amount_fen)]
    assert bank.simulator.store.balance(f"payee:{THEIRS}") == intent.amount_fen
    assert bank.simulator.store.balance("trust") == 0
    assert set(ledger.balances().values()) == {0}
    assert list(Message.objects.filter(template="another_paid").values_list("account_id", flat=True)) == [
        proposal.account_id
    ]
    assert payments.check() + reconciliation.problems() == []

    again = opened(proposal)
    assert again.id != intent.id
    bank.transfer(again, payer=f" {holder[0]}　{holder[1:]}", payer_account=OWN)
    tell(bank.told()[-1])
    assert Policy.objects.get().payment_id == again.id


def test_the_page_says_what_happened_and_where_the_money_goes(bank, proposal, work):
    intent = opened(proposal)
    bank.transfer(intent, payer=OTHER, payer_account=THEIRS)
    tell(bank.told()[0])
    phone = Client()
    phone.force_login(Account.objects.get(id=proposal.account_id), backend="django.contrib.auth.backends.ModelBackend")

    def page():
        return phone.get(f"/api/shop/v1/payments/{intent.id}").json()

    assert page()["state"] == "closed"
    assert "正在自动退回尾号 0077" in page()["note"]["zh"]
    assert "ending in 0077" in page()["note"]["en"]
    work(hours=0.01)
    assert "已退回尾号 0077" in page()["note"]["zh"]


def test_money_of_an_untold_payer_waits_for_a_person(bank, proposal, work):
    intent = opened(proposal)
    bank.transfer(intent, payer=OTHER, payer_account=THEIRS)
    words = without_name(bank)
    assert [tell(words), tell(words)] == ["received"] * 2

    assert audit() == [("refused", "payer_unknown")] * 2
    assert (Policy.objects.count(), payments.refunds_of(intent.id)) == (0, [])
    assert ledger.balance("suspense/transfer") == -intent.amount_fen
    assert payments.intent(intent.id).state == "checking"


@committed
def test_a_right_and_a_wrong_payer_at_once_never_lose_a_fen(bank, work):
    with clock.travel(world.NOW):
        put_on_sale()
        proposal = steps.signed(steps.drafted(world.customer()))
        steps.identified(proposal)
        name = policies.policyholder(proposal.account_id).name
        intent = opened(proposal)
        bank.transfer(intent, payer=OTHER, payer_account=THEIRS, press="a")
        bank.transfer(intent, payer=name, payer_account=OWN, press="b")
        assert together(*[lambda words=words: tell(words) for words in bank.told()]) == ["received"] * 2
        work(hours=0.01)

        stood = payments.intent(intent.id)
        bought = 0 if stood.surplus else 1
        assert Policy.objects.count() == bought
        # one settled the payment, the other stands on suspense for a person; what was another's and settled is back
        assert ledger.balance("suspense/transfer") == -intent.amount_fen
        assert bank.simulator.store.balance(f"payee:{THEIRS}") == (0 if bought else intent.amount_fen)
        assert bank.simulator.store.balance(f"payee:{OWN}") == 0
        assert sorted(CallbackRecord.objects.values_list("outcome", flat=True)) == ["accepted", "refused"]
        assert ledger.check() == []


def test_the_wallet_lets_only_the_policyholder_s_wallet_pay(wallet, open_payment, cover, deliver, work):
    intent = open_payment(payer="买买提·艾力")
    page = wallet.open_page(payments.cashier_url(intent.id, "http://shop.example/pay/1"))
    refused = httpx.post(page + "/pay", data={"payer": OTHER})
    assert (refused.status_code, "不是投保人本人" in refused.text) == (409, True)
    assert wallet.simulator.store.balance("merchant") == 0

    assert httpx.post(page + "/pay", data={"payer": "买买提•艾力"}).status_code == 303
    assert deliver() == ["success"]
    assert len(cover.issued) == 1
    payments.request_refund(intent_id=intent.id, natural_key="back", amount_fen=intent.amount_fen, reason="退保")
    work(hours=0.01)
    assert (wallet.simulator.store.balance("merchant"), wallet.simulator.store.balance("demo-payer")) == (0, 0)


def test_a_wallet_that_compared_no_name_is_not_believed_about_the_payer(wallet, open_payment, cover):
    from tests.payments.conftest import post_callback, signed_body

    intent = open_payment(payer="林晓")
    assert post_callback(signed_body(intent, buyer_name_match="")) == "success"
    assert (cover.issued, audit()) == ([], [("refused", "payer_unknown")])


def test_a_card_of_another_signs_no_agreement(network):
    agreement, url = payments.sign_agreement(uuid4(), "林晓", "http://shop.example/agreements")
    page = network.address + httpx.get(url).headers["location"]
    refused = httpx.post(page + "/sign", data={"card": "8888", "owner": OTHER})
    assert (refused.status_code, "户名不是投保人本人" in refused.text) == (400, True)
    assert payments.refresh_agreement(agreement.id).state == "waiting"
    assert httpx.post(page + "/sign", data={"card": "8888", "owner": "林　晓"}).status_code == 303
    assert payments.refresh_agreement(agreement.id).state == "active"


def test_an_old_payment_of_an_untold_payer_ends_when_its_time_is_over(bank, open_payment):
    intent = open_payment(provider="transfer", payer="林晓")
    bank.transfer(intent, payer="-", payer_account=THEIRS)
    with clock.travel(intent.expires_at + timedelta(hours=1)):
        assert settle_by_query(intent.id, rest_seconds=0).reason == "payer_unknown"
    assert payments.intent(intent.id).state == "closed"
    assert ledger.balance("suspense/transfer") == -intent.amount_fen
