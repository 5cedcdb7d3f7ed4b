"""Many at the same time: one payout, one invoice, one claim."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connection

from baohe.flows import settle_claim
from baohe.plumbing import clock
from baohe.rooms.claims.models import Claim, ClaimDecision
from baohe.rooms.payments.models import Payout
from tests.claims import world
from tests.claims.world import returned


@pytest.fixture
def shop(on_sale):
    return uuid4()


def together(*acts):
    start = threading.Barrier(len(acts))
    results = [None] * len(acts)

    def run(number, act):
        start.wait()
        try:
            with clock.travel(world.NOW):
                results[number] = act()
        except Exception as failure:  # noqa: BLE001 - the test looks at what came out
            results[number] = failure
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return results


@pytest.mark.django_db(transaction=True)
@pytest.mark.field_bug(11)
def test_many_submissions_at_once_pay_once(transactional_db, draft, insured):
    claim = draft()
    acts = [lambda key=f"k{n % 3}": settle_claim.submit_claim(insured.account_id, claim.id, key) for n in range(6)]

    results = together(*acts)

    assert not [result for result in results if isinstance(result, Exception)]
    assert Payout.objects.count() == ClaimDecision.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_claims_at_once_do_not_share_one_invoice(transactional_db, draft, insured):
    first = draft()
    second = draft(shade=180, policy_id=world.policy(insured.account_id))

    together(
        lambda: settle_claim.submit_claim(insured.account_id, first.id, "k1"),
        lambda: settle_claim.submit_claim(insured.account_id, second.id, "k2"),
    )

    assert sorted(Claim.objects.values_list("state", flat=True)) == ["paying", "with_person"]
    assert Payout.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_event_reported_many_times_at_once_is_one_claim(transactional_db, shop):
    world.order(shop, "T-1")
    results = together(*[lambda: returned(shop, "T-1") for _ in range(6)])
    assert sorted(result.repeated for result in results) == [False, True, True, True, True, True]
    assert Claim.objects.count() == Payout.objects.count() == 1
