"""A claim by link at the desk: where it is paid is seen, and a payment before that is refused with a sentence."""

from __future__ import annotations

from django.urls import reverse

from baohe.faces.desk.tests.desk_world import browser, member
from baohe.flows import settle_claim
from baohe.rooms.claims import facade as claims
from baohe.rooms.partners import facade as partners
from baohe.rooms.payments.models import Payout
from tests.claims import linked
from tests.claims.linked import ACCOUNT, NAME


def test_a_handler_sees_the_account_and_pays_nobody_without_one(on_sale: None) -> None:
    shop = partners.create_partner("shop", "晴天小店")
    claim_id = linked.opened(shop).claim.id
    settle_claim.ask_person(shop.id, claim_id)
    desk, page = browser(member("claims_handler")), reverse("desk:claim", args=[claim_id])
    assert "还没填收款账户，填好才能付款" in desk.get(page).content.decode()
    pay = reverse("desk:pay", args=[claim_id])
    answer = desk.post(pay, {"amount_fen": "50.00", "note": "按票据核定"})
    assert answer.status_code == 409
    assert f"请填 {NAME} 本人的银行账户" in answer.content.decode()
    assert Payout.objects.count() == 0
    claims.give_payee(shop.id, claim_id, **ACCOUNT)
    words = desk.get(page).content.decode()
    assert f"收款 江城银行 尾号 5678，户名 {NAME}" in words
    assert "62170000" not in words
    assert desk.post(pay, {"amount_fen": "50.00", "note": "按票据核定"}).status_code == 302
    assert Payout.objects.get().provider == "transfer"
