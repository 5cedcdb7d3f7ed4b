"""The checking page asks while the wallet's callback arrives: it is told the news, never refused for it."""

from __future__ import annotations

import pytest
from django.test import Client

from baohe.faces.shop import payments as face
from baohe.plumbing import clock
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.people.models import Account
from tests.sale import steps, world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("on_sale")]


def test_a_callback_between_two_looks_is_answered_as_paid(monkeypatch: pytest.MonkeyPatch) -> None:
    with clock.travel(world.NOW):
        lin = world.customer()
        intent = steps.locked(steps.signed(steps.drafted(lin)))
        client = Client()
        client.force_login(Account.objects.get(id=lin.id), backend="django.contrib.auth.backends.ModelBackend")
        address_of_the_cashier = face.cashier_of

        def after_the_callback(seen: IntentView) -> str:
            assert steps.told(intent).word == "accepted"
            return address_of_the_cashier(seen)

        monkeypatch.setattr(face, "cashier_of", after_the_callback)
        answer = client.get(f"/api/shop/v1/payments/{intent.id}")
    assert answer.status_code == 200, answer.json()
    told = answer.json()
    assert (told["state"], told["cashier_url"]) == ("paid", None)
    assert told["policy_id"]
