"""The claim's money at the desk: who may open and do what, and that a refusal changed nothing (DATA-5)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.urls import reverse

from baohe.faces.desk.tests.desk_world import ROLES, Waiting, browser, everything, member, waiting
from baohe.rooms.claims.models import MoneyAct, ReserveMove

READERS = {"claims_handler", "finance", "auditor"}
SAID = {"key": "0193aaaa-0000-7000-8000-000000000001", "amount_fen": "20000.01", "reason": "可能要二次手术"}


@pytest.fixture
def there(on_sale: None, reads: Callable[..., None]) -> Waiting:
    return waiting()


def address(there: Waiting, name: str, *more: object) -> str:
    return reverse(f"desk:{name}", args=[there.claim_id, *more])


def posts(there: Waiting) -> list[str]:
    act = uuid4()
    return [
        *(address(there, "money-act", kind) for kind in ("estimate", "advance", "correction", "recovery", "reopen")),
        address(there, "confirm-money-act", act),
        address(there, "return-money-act", act),
    ]


@pytest.mark.rule("DATA-5")
@pytest.mark.parametrize("role", ROLES)
def test_each_duty_opens_and_does_its_own(there: Waiting, role: str) -> None:
    client = browser(member(role))
    for page in (address(there, "claim-money"), reverse("desk:money-acts")):
        assert client.get(page).status_code == (200 if role in READERS else 403)
    before = everything()
    for post in posts(there):
        assert client.get(post).status_code == 405 or role not in ("claims_handler", "finance")
        answer = client.post(post, SAID if role != "claims_handler" else {})
        assert answer.status_code == (302 if role in ("claims_handler", "finance") else 403), post
    assert everything() == before


@pytest.mark.rule("DATA-5")
def test_outsiders_are_sent_to_sign_in(there: Waiting) -> None:
    before = everything()
    for page in (address(there, "claim-money"), reverse("desk:money-acts")):
        assert browser().get(page)["Location"].startswith("/desk/sign-in/?next=")
    for post in posts(there):
        assert browser().post(post, SAID)["Location"].startswith("/desk/sign-in/?next=")
    assert everything() == before


def test_an_estimate_above_the_authority_waits_in_the_list_and_is_confirmed_there(there: Waiting) -> None:
    shen = browser(member("claims_handler", name="沈一诺"))
    gu = browser(member("claims_handler", name="顾远"))
    assert shen.post(address(there, "money-act", "estimate"), SAID).status_code == 302
    assert ReserveMove.objects.count() == 1
    listed = gu.get(reverse("desk:money-acts")).content.decode()
    assert "估损" in listed
    assert "20,000.01" in listed
    confirm = address(there, "confirm-money-act", MoneyAct.objects.get().id)
    assert confirm not in shen.get(address(there, "claim")).content.decode()
    assert confirm in gu.get(address(there, "claim")).content.decode()
    qian = browser(member("finance", name="钱多"))
    assert confirm not in qian.get(address(there, "claim-money")).content.decode()  # not finance's to confirm
    assert "经办人不能复核" in shen.post(confirm, follow=True).content.decode()
    assert ReserveMove.objects.count() == 1
    assert "已办" in gu.post(confirm, follow=True).content.decode()
    assert ReserveMove.objects.latest("id").cause == "estimate"


def test_what_is_filled_in_wrongly_is_named_and_changes_nothing(there: Waiting) -> None:
    shen = browser(member("claims_handler"))
    answer = shen.post(
        address(there, "money-act", "estimate"), SAID | {"amount_fen": "很多", "reason": ""}, follow=True
    )
    assert "金额（元）" in answer.content.decode()
    assert MoneyAct.objects.count() == 0
    assert shen.post(address(there, "money-act", "gift"), SAID).status_code == 404
