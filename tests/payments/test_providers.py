"""Each provider's money stands on its own accounts, is settled by its own words, and is found beside its own bill."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from baohe.adapters.providers import registry
from baohe.adapters.providers.port import PayoutOrder, RefundOrder
from baohe.adapters.simulating.answers import Answer
from baohe.adapters.transfer import protocol as bank_protocol
from baohe.adapters.wallet import keys, protocol
from baohe.flows.settle_payment import settle_by_query
from baohe.plumbing import clock
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.errors import KeyTaken, PayeeMissing, PaymentInProgress
from baohe.rooms.payments.models import PaymentIntent, Payout
from tests.payments.conftest import audit, post_callback, signed_body
from tests.payments.test_money_out import give_back, pay_out

pytestmark = pytest.mark.django_db

ACCOUNT = "6222020200112233445"
REFUND = RefundOrder(uuid4().hex, "BH0001", "T1", 500, clock.now(), 100, "退保")
PAYOUT = PayoutOrder(uuid4().hex, "account", "", 100, "赔款")


def hear(words):
    """What the bank would post to our door."""
    headers = {f"HTTP_{bank_protocol.SIGNATURE.upper().replace('-', '_')}": words["signature"]}
    answer = Client().post("/callbacks/transfer", words["message"], content_type=bank_protocol.CONTENT_TYPE, **headers)
    return answer.content.decode()


def by_transfer(key="settle:1", payee=ACCOUNT, **changes):
    terms = {
        "natural_key": key,
        "subject_id": uuid4(),
        "shard_key": 7,
        "amount_fen": 5_000,
        "memo": "结算",
        "provider": "transfer",
        "payee": payee,
        "payee_name": "海岬健康保险",
        "kind": "settlement",
    }
    return payments.request_payout(**{**terms, **changes})


def test_a_transfer_pays_by_notice_twice_told_and_goes_back_whence_it_came(bank, cover, open_payment, work):
    intent = open_payment(provider="transfer")
    assert bank.transfer(intent).status_code == 303
    [notice] = bank.told()

    assert [hear(notice), hear(notice)] == ["received", "received"]
    assert audit() == [("accepted", "paid"), ("duplicate", "already_paid")]
    assert len(cover.issued) == 1
    assert ledger.balances() == {"transfer/clearing": 31_200, "insurer/haijia/premium_income": -31_200}

    give_back(payments.intent(intent.id), 31_200)
    work(hours=1)
    assert payments.refund("cancel:1", 7).state == "done"
    event = OutboxEvent.objects.get(topic="payments.refund_done")
    assert event.payload["provider"] == "transfer"


def test_another_amount_by_transfer_stands_in_its_own_suspense(bank, cover, open_payment):
    intent = open_payment(provider="transfer")
    bank.transfer(intent, amount="300.00")
    for notice in bank.told():
        hear(notice)
    assert audit() == [("refused", "amount_mismatch")]
    assert ledger.balances() == {"transfer/clearing": 30_000, "suspense/transfer": -30_000}
    assert cover.issued == []
    assert payments.intent(intent.id).state == "checking"


def test_the_wallet_cannot_settle_money_that_another_provider_was_asked_for(wallet, bank, cover, open_payment):
    intent = open_payment(provider="transfer")
    assert post_callback(signed_body(intent)) == "success"
    assert audit() == [("refused", "unknown_order")]
    assert (payments.intent(intent.id).state, cover.issued) == ("created", [])
    assert ledger.balances() == {"suspense/wallet": -31_200, "wallet/clearing": 31_200}


def test_one_trade_number_may_stand_at_two_providers_and_at_one_only_once(wallet, bank, cover, open_payment):
    first, second = open_payment(), open_payment()
    other = open_payment(provider="transfer")
    paid = {"state": "paid", "trade_no": "1", "paid_at": clock.now()}
    for intent in (first, other):
        PaymentIntent.objects.filter(id=intent.id).update(**paid)
    with pytest.raises(IntegrityError, match="intent_trade_once"), transaction.atomic():
        PaymentIntent.objects.filter(id=second.id).update(**paid)


def test_a_choice_already_sent_away_with_is_not_paid_a_second_time_elsewhere(wallet, bank, open_payment):
    subject = uuid4()
    first = open_payment(subject_id=subject)
    changed = open_payment(subject_id=subject, provider="transfer")
    assert payments.intent(first.id).state == "closed"
    payments.cashier_url(changed.id, "http://shop.example/")
    with pytest.raises(PaymentInProgress):
        open_payment(subject_id=subject)


def test_a_transfer_that_never_comes_is_closed_at_the_bank(bank, open_payment, work):
    intent = open_payment(provider="transfer")
    payments.cashier_url(intent.id, "http://shop.example/")
    work(hours=1)
    assert payments.intent(intent.id).state == "checking"
    work(hours=24 * 4)
    assert payments.intent(intent.id).state == "closed"


@pytest.mark.field_bug(11)
@pytest.mark.parametrize("provider", ["wallet", "transfer"])
def test_coming_back_from_the_cashier_decides_nothing(wallet, bank, cover, open_payment, provider):
    intent = open_payment(provider=provider)
    payments.cashier_url(intent.id, "http://shop.example/pay/1")
    Client().get(f"/pay/{intent.id}?trade_status=TRADE_SUCCESS&out_trade_no={intent.order_number}")
    assert settle_by_query(intent.id, rest_seconds=0).word in ("waiting", "unknown")
    assert (payments.intent(intent.id).state, cover.issued) == ("checking", [])


def test_a_payout_by_transfer_is_sealed_in_the_table_and_arrives(bank, work):
    view = by_transfer()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(p)::text FROM payments_payout p")
        assert ACCOUNT not in cursor.fetchone()[0]
    assert ACCOUNT not in repr(view)
    assert by_transfer(subject_id=view.subject_id).id == view.id
    with pytest.raises(KeyTaken):
        by_transfer(subject_id=view.subject_id, payee="6222020200112233446")

    work(hours=1)
    assert payments.payout("settle:1", 7).state == "done"
    told = OutboxEvent.objects.get(topic="payments.payout_done").payload
    assert (told["provider"], told["kind"]) == ("transfer", "settlement")


def test_nobody_is_paid_who_is_not_named():
    for missing in ({"payee": ""}, {"payee_name": ""}, {"provider": "wallet"}):
        with pytest.raises(PayeeMissing):
            by_transfer(**missing)
    assert Payout.objects.count() == 0


def test_our_side_of_a_days_bill_names_what_the_provider_knows(wallet, cover, open_payment, deliver, work):
    paid, waiting = open_payment(10_000), open_payment()
    payments.cashier_url(waiting.id, "http://shop.example/")
    wallet.pay(paid.id)
    deliver()
    refund, payout = give_back(paid, 4_000), pay_out()
    work(hours=0.01)

    today = list(payments.movements_on("wallet", clock.today()))
    assert [(one.kind, one.number, one.amount_fen) for one in today] == [
        ("payment", paid.order_number, 10_000),
        ("refund", refund.id.hex, 4_000),
        ("payout", payout.id.hex, 5_000),
    ]
    assert list(payments.movements_on("transfer", clock.today())) == []
    assert list(payments.movements_on("wallet", clock.today() - timedelta(days=1))) == []

    asked = [*(one.number for one in today), waiting.order_number, "not ours", uuid4().hex, ""]
    found = payments.movements_by_numbers("wallet", asked)
    assert {one.number: one.state for one in found} == {
        **{one.number: one.state for one in today},
        waiting.order_number: "checking",
    }
    assert payments.movements_by_numbers("transfer", asked) == []


@pytest.mark.field_bug(20)
@pytest.mark.parametrize(
    ("method", "named", "ask"),
    [
        (protocol.REFUND, {"send_back_fee": "1.00"}, lambda provider: provider.refund(REFUND)),
        (protocol.REFUND_QUERY, {"refund_status": "REFUND_SUCCESS"}, lambda provider: provider.refund_query(REFUND)),
        (protocol.TRANSFER, {"status": "SUCCESS"}, lambda provider: provider.payout(PAYOUT)),
        (protocol.TRANSFER_QUERY, {"status": "SUCCESS"}, lambda provider: provider.payout_query(PAYOUT.number)),
    ],
)
def test_a_signed_answer_about_another_number_is_no_answer(wallet, method, named, ask):
    """The amounts agree and the signature holds; it speaks of something else all the same."""
    numbers = {"out_trade_no": "another", "out_request_no": "another", "out_biz_no": "another"}
    body = {"code": protocol.OK, "refund_amount": "1.00", **numbers, **named}
    reply = protocol.signed_reply(method, body, keys.simulator_key()).encode()
    wallet.simulator.route = lambda request: Answer(200, reply, "application/json")

    answer = ask(registry.provider("wallet"))

    assert (answer.word, answer.reason) == ("unknown", "reply:another number")
