"""Money that people order, at the desk: who may, what a denial leaves behind (nothing), and who sees an account."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from baohe.faces.desk.tests.desk_world import ROLES, Waiting, browser, everything, member, waiting
from baohe.rooms.claims import facade as claims
from baohe.rooms.disbursements import facade as disbursements
from baohe.rooms.disbursements.contracts import DisbursementView
from baohe.rooms.disbursements.models import Disbursement
from baohe.rooms.payments.models import Payout

pytestmark = pytest.mark.django_db

NUMBER = "6222021001008888123"
ACCOUNT = {"holder": "林知夏", "bank": "临江银行", "number": NUMBER}


@pytest.fixture
def there(on_sale: None) -> Waiting:
    return waiting()


@pytest.fixture
def cheng() -> Client:
    return browser(member("finance", name="程立"))


@pytest.fixture
def xu() -> Client:
    return browser(member("finance", name="许衡"))


def to(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def cost(there: Waiting, **changes: object) -> dict[str, object]:
    number = claims.claim_by_id(there.claim_id).number
    facts = {"key": uuid4(), "claim": number, "cost": "legal", "amount_fen": "1,200.01", "reason": "出庭"}
    return {**facts, **ACCOUNT, "holder": "临江律师事务所", **changes}


def refused_refund(there: Waiting) -> DisbursementView:
    policy_id = claims.policy_id_of(there.claim_id)
    found, _ = disbursements.open_refused_refund(
        natural_key=f"cancel:{policy_id}",
        refund_id=uuid4(),
        shard_key=7,
        reference="P2026-1",
        provider="wallet",
        amount_fen=31_200,
    )
    return found


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", ROLES)
def test_only_the_duty_reads_records_and_decides(role: str, there: Waiting, cheng: Client) -> None:
    cheng.post(to("disbursements-record"), cost(there))
    made, refund = Disbursement.objects.get(), refused_refund(there)
    someone = browser(member(role))
    page = someone.get(to("disbursements"))
    assert page.status_code == (200 if role in ("finance", "claims_handler", "auditor") else 403)
    assert (NUMBER in page.content.decode()) == (role == "finance")
    before = everything()
    if role not in ("finance", "claims_handler"):
        assert someone.post(to("disbursements-record"), cost(there)).status_code == 403
    if role != "finance":
        assert someone.post(to("disbursements-account", refund.id), ACCOUNT).status_code == 403
        assert someone.post(to("disbursements-approve", made.id)).status_code == 403
        assert someone.post(to("disbursements-decline", made.id), {"reason": "不对"}).status_code == 403
    assert everything() == before


def test_a_cost_recorded_by_a_handler_is_paid_on_the_word_of_finance(there: Waiting, cheng: Client) -> None:
    gu = browser(member("claims_handler", name="顾安"))
    assert gu.post(to("disbursements-record"), cost(there, claim="C2026-0000")).status_code == 422
    assert gu.post(to("disbursements-record"), cost(there, amount_fen="-1")).status_code == 422
    assert Disbursement.objects.count() == 0
    form = cost(there)
    for _ in range(2):
        assert gu.post(to("disbursements-record"), form).status_code == 302
    made = Disbursement.objects.get()
    assert NUMBER not in gu.get(to("disbursements")).content.decode()
    cheng.post(to("disbursements-approve", made.id))
    assert (disbursements.disbursement(made.id).state, Payout.objects.get().amount_fen) == ("sent", 120_001)


@pytest.mark.rule("SALE-9")
def test_a_refund_goes_to_the_policyholders_own_account_alone(there: Waiting, cheng: Client, xu: Client) -> None:
    task = refused_refund(there)
    said = cheng.post(to("disbursements-account", task.id), {**ACCOUNT, "holder": "陈小满"}, follow=True)
    assert "户名不是投保人本人" in said.content.decode()
    assert disbursements.disbursement(task.id) == task
    cheng.post(to("disbursements-account", task.id), ACCOUNT)
    assert "经办人不能自己复核" in cheng.post(to("disbursements-approve", task.id), follow=True).content.decode()
    assert Payout.objects.count() == 0
    assert NUMBER in xu.get(to("disbursements")).content.decode()
    xu.post(to("disbursements-decline", task.id), {"reason": "账号少一位"})
    assert disbursements.disbursement(task.id).state == "open"
    assert "账号少一位" in browser(member("auditor")).get(to("disbursements")).content.decode()
    cheng.post(to("disbursements-account", task.id), ACCOUNT)
    xu.post(to("disbursements-approve", task.id))
    assert Payout.objects.get().natural_key == f"disburse:{task.id}"
