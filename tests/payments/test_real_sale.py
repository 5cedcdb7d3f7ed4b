"""The wallet and the real sale together: one policy and one set of postings, or the money back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client

from baohe.flows.settle_payment import settle_by_query
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.models import LedgerEntry
from baohe.rooms.payments import facade as payments
from baohe.rooms.people.models import Account
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.models import Policy, Proposal
from tests.payments.conftest import audit, post_callback, together
from tests.sale import steps, world
from tests.shelf import put_on_sale

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)


@pytest.fixture
def intent(wallet):
    with clock.travel(world.NOW):
        put_on_sale()
        yield steps.locked(steps.signed(steps.drafted(world.customer())))


@committed
@pytest.mark.field_bug(11)
@pytest.mark.field_bug(12)
def test_callbacks_queries_and_duplicates_at_once_make_one_policy(wallet, intent, queued):
    wallet.pay(intent.id)
    body = queued()

    told = together(*[lambda: post_callback(body)] * 4, *[lambda: settle_by_query(intent.id, rest_seconds=0).word] * 3)

    assert told[:4] == ["success"] * 4
    assert Policy.objects.count() == 1
    assert list(LedgerEntry.objects.values_list("kind", flat=True)) == ["premium_received"]
    assert ledger.balance("wallet/clearing") == intent.amount_fen
    assert wallet.simulator.store.balance("merchant") == intent.amount_fen
    assert [outcome for outcome, _ in audit()].count("accepted") == 1
    assert ledger.check() + payments.check() == []


@pytest.mark.field_bug(2)
def test_money_for_an_expired_proposal_goes_back_and_no_policy_stays(wallet, intent, queued, work):
    with clock.travel(world.NOW + timedelta(minutes=20)):
        wallet.pay(intent.id)
        body = queued()
    Proposal.objects.update(state="expired")
    assert post_callback(body) == "success"
    work(hours=0.01)

    assert Policy.objects.count() == 0
    assert [refund.state for refund in payments.refunds_of(intent.id)] == ["done"]
    assert wallet.simulator.store.balance("merchant") == 0
    assert set(ledger.balances().values()) == {0}


def test_a_policy_paid_by_bank_transfer_stands_on_the_banks_account(bank):
    with clock.travel(world.NOW):
        put_on_sale()
        proposal = steps.signed(steps.drafted(world.customer()))
        phone = Client()
        phone.force_login(
            Account.objects.get(id=proposal.account_id), backend="django.contrib.auth.backends.ModelBackend"
        )
        started = phone.post(
            f"/api/shop/v1/proposals/{proposal.id}/payment",
            {"instalment": "single", "provider": "transfer"},
            content_type="application/json",
            headers={"Idempotency-Key": uuid4().hex},
        ).json()
        assert started["provider"] == "transfer"
        state = phone.get(f"/api/shop/v1/payments/{started['payment_id']}").json()
        assert (state["provider"], state["state"]) == ("transfer", "checking")

        holder = policies.policyholder(proposal.account_id).name
        bank.transfer(payments.intent(UUID(started["payment_id"])), payer=holder)
        with clock.travel(world.NOW + timedelta(minutes=1)):  # a page that asks again at once leaves the bank alone
            assert phone.get(f"/api/shop/v1/payments/{started['payment_id']}").json()["state"] == "paid"
    assert Policy.objects.count() == 1
    assert ledger.balance("transfer/clearing") == started["amount_fen"]
    assert ledger.balance("wallet/clearing") == 0
