"""Limited things under fifty callers: never over the limit, and all of it given."""

from __future__ import annotations

from datetime import date

import pytest

from baohe.flows import limited as sale
from baohe.flows import purchase
from baohe.kernel.errors import BaoheError
from baohe.rooms.allowances import facade as allowances
from baohe.rooms.allowances.models import Quota
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments.models import PaymentIntent
from tests.races import limited
from tests.sale import steps, world
from tests.shelf import put_on_sale

pytestmark = pytest.mark.django_db(transaction=True)

CALLERS = 50
ROUNDS = 3
LARGE = "songtao-large-accident"


@pytest.mark.field_bug(1)
@pytest.mark.field_bug(3)
@pytest.mark.field_bug(8)
@pytest.mark.field_bug(9)
@pytest.mark.field_bug(14)
@pytest.mark.parametrize("name", sorted(limited.THINGS))
def test_fifty_callers_never_pass_a_limit(name: str) -> None:
    report = limited.run(limited.THINGS[name](CALLERS), callers=CALLERS, rounds=ROUNDS)
    assert (report.rounds, report.callers) == (ROUNDS, CALLERS * ROUNDS)
    assert allowances.problems() == []


@pytest.mark.field_bug(3)
def test_the_last_places_of_a_version_are_sold_to_as_many_as_there_are(now: None) -> None:
    """Six signed proposals, two places: two payments open, and the four others have charged nobody."""
    put_on_sale()
    people = [world.customer(f"1380000{n:04d}", date(1990, 1, 1 + n)) for n in range(6)]
    proposals = [steps.signed(steps.drafted(one, product=LARGE)) for one in people]
    Quota.objects.create(version_id=proposals[0].version_id, limit=2_000, used=1_998)
    wishes = list(proposals)
    report = limited.run(
        lambda _: limited.Round(
            acts=[lambda: steps.locked(wishes.pop()).id] * 6,
            allowed=2,
            given=PaymentIntent.objects.count,
            refusals=frozenset({"sold_out"}),
        ),
        callers=6,
        rounds=1,
    )
    assert report.refused == {"sold_out": 4}
    assert sale.left(catalog.version(proposals[0].version_id)) == 0
    assert ledger.check() == []


def test_a_place_follows_the_payment(now: None) -> None:
    put_on_sale()
    lin = world.customer()
    proposal = steps.signed(steps.drafted(lin, product=LARGE))
    first = steps.locked(proposal)
    assert sale.left(catalog.version(proposal.version_id)) == 1_999
    assert steps.locked(proposal).id == first.id  # a second tab holds no second place
    assert sale.left(catalog.version(proposal.version_id)) == 1_999

    purchase.stop_payment(lin.id, first.id)
    assert sale.left(catalog.version(proposal.version_id)) == 2_000

    second = steps.locked(proposal)
    purchase.release(first.id, first.kind, first.subject_id)  # the late word about the first one
    assert sale.left(catalog.version(proposal.version_id)) == 1_999
    assert steps.told(second).word == "accepted"
    assert steps.told(second).word == "duplicate"
    assert sale.left(catalog.version(proposal.version_id)) == 1_999
    with pytest.raises(BaoheError):
        steps.locked(proposal)
    assert sale.left(catalog.version(proposal.version_id)) == 1_999
    assert allowances.problems() == []


def test_a_version_without_a_quota_counts_nothing(now: None) -> None:
    put_on_sale()
    steps.sold(steps.drafted(world.customer()))
    assert not Quota.objects.exists()
