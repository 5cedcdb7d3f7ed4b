"""A death benefit by share, as the claimant's phone and the handlers' desk show it and act on it."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from baohe.faces.desk.tests.desk_world import browser, everything, member
from baohe.rooms.claims.models import MoneyAct
from baohe.rooms.payments.models import Payout
from baohe.rooms.people.models import Account
from tests.claims import heirs, world
from tests.claims.clock_steps import graded
from tests.claims.heirs import CHILD, MOTHER, WIFE

BASE = "/api/shop/v1/claims"
ACCOUNT = {"bank": "招商银行", "number": "6222 0202 0000 1234"}


@pytest.fixture
def by(on_sale):
    return world.handler("shen", "沈一诺"), graded("gu", "顾远", "claims_head")


def phone(account_id) -> Client:
    client = Client()
    client.force_login(Account.objects.get(id=account_id), backend="django.contrib.auth.backends.ModelBackend")
    return client


def give(client: Client, death: heirs.Death, name: str, **body):
    path = f"{BASE}/{death.claim_id}/shares/{death.share(name).id}/account"
    return client.post(path, json.dumps({**ACCOUNT, "holder": name, **body}), content_type="application/json")


def test_the_claimant_sees_each_share_and_pays_one_before_the_others(by):
    death = heirs.agreed(heirs.reported(*heirs.policy(), by))
    mine = phone(death.account_id)
    seen = mine.get(f"{BASE}/{death.claim_id}").json()
    assert [(one["name"], one["state"], one["you_are_guardian"]) for one in seen["shares"]] == [
        (WIFE, "waiting_account", False),
        (CHILD, "waiting_guardian", True),
        (MOTHER, "waiting_account", False),
    ]
    assert "监护人" in seen["guardian_says"]["zh"]
    answer = give(mine, death, MOTHER)
    assert answer.status_code == 200, answer.content
    heirs.bank_says("done")
    seen = mine.get(f"{BASE}/{death.claim_id}").json()
    assert (seen["state"], seen["shares"][2]["state"], seen["shares"][2]["last_four"]) == ("to_pay", "paid", "1234")
    assert seen["next"]["zh"].startswith(f"已付一部分：等{WIFE}的收款账户")


def test_a_wrong_name_and_a_stranger_are_answered_as_problems_and_change_nothing(by):
    death = heirs.agreed(heirs.reported(*heirs.policy(), by))
    before = everything()
    wrong = give(phone(death.account_id), death, MOTHER, holder=WIFE)
    assert (wrong.status_code, wrong.json()["code"]) == (422, "share_wrong_holder")
    assert wrong["Content-Type"] == "application/problem+json"
    assert give(phone(world.claimant("13800000098")), death, MOTHER).status_code == 404
    assert Payout.objects.count() == 0
    assert {key: value for key, value in everything().items() if "account" not in str(key)} == {
        key: value for key, value in before.items() if "account" not in str(key)
    }


def test_the_desk_finds_heirs_and_enters_an_account_by_two_names(by):
    death = heirs.agreed(heirs.reported(*heirs.policy(named=()), by))
    shen, gu = browser(member("claims_handler", name="沈一")), browser(member("claims_handler", name="顾二"))
    page = reverse("desk:claim", args=[death.claim_id])
    assert "核实继承人" in shen.get(page).content.decode()

    def act(kind: str, **said: object) -> None:
        posted = {"key": str(uuid4()), "reason": "公证书齐全", **said}
        assert shen.post(reverse("desk:money-act", args=[death.claim_id, kind]), posted).status_code == 302
        waiting = MoneyAct.objects.get(kind=kind, confirmed_at=None)
        secret = str(said.get("number", "林知夏"))
        assert secret in gu.get(page).content.decode()
        assert secret not in shen.get(page).content.decode() or kind == "heirs"
        gu.post(reverse("desk:confirm-money-act", args=[death.claim_id, waiting.id]))

    act("heirs", heirs="林知夏 60\n王秀兰 40")
    assert "等收款账户" in shen.get(page).content.decode()
    act("account", share=death.share(MOTHER).id, holder=MOTHER, bank="工商银行", number="6222020200007777")
    assert Payout.objects.get().amount_fen == death.share(MOTHER).amount_fen
    after = shen.get(page).content.decode()
    assert "银行付款中" in after
    assert "*7777" in after
    assert "重新付款" not in after
