"""Bulk issue: a handful of statements for a thousand policies, each reference once for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import BulkIssue
from baohe.rooms.policies.models import Policy
from tests.sale.test_settle import in_parallel
from tests.shelf import put_on_sale

PARTNER = uuid4()


def order(number: int, **changes: object) -> BulkIssue:
    made = BulkIssue(
        partner_id=PARTNER,
        reference=f"order-{number}",
        version_id="yizhan-freight-return@2026-01-01",
        product_code="yizhan-freight-return",
        start=date(2026, 11, 22),
        end=date(2026, 12, 22),
        premium_fen=60,
        inputs={"category": "clothes", "seller_rate": "high"},
        sum_insured_fen=1_200,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test names its own facts


@pytest.mark.django_db
def test_a_thousand_orders_become_a_thousand_policies_in_five_statements(now: None) -> None:
    orders = [order(n) for n in range(1_000)]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        results = policies.issue_many(orders)
    spoken = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert [r.outcome for r in results] == ["new"] * 1_000
    assert [r.reference for r in results] == [o.reference for o in orders]
    assert Policy.objects.count() == 1_000
    assert len({r.number for r in results}) == 1_000
    assert len(spoken) == 5


@pytest.mark.django_db
def test_the_same_call_again_changes_nothing(now: None) -> None:
    orders = [order(n) for n in range(10)]
    first = policies.issue_many(orders)
    again = policies.issue_many(orders)
    assert [r.outcome for r in again] == ["same"] * 10
    assert [r.number for r in again] == [r.number for r in first]
    assert Policy.objects.count() == 10


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"premium_fen": 61},
        {"end": date(2026, 12, 23)},
        {"inputs": {"category": "shoes", "seller_rate": "high"}},
        {"facts": {"order_value_fen": 1}},
    ],
)
def test_a_reference_with_other_content_is_told_apart_and_the_rest_is_issued(
    now: None, changes: dict[str, object]
) -> None:
    policies.issue_many([order(1)])
    results = policies.issue_many([order(0), order(1, **changes), order(2)])
    assert [r.outcome for r in results] == ["new", "other", "new"]
    assert policies.policy_of_reference(PARTNER, "order-1").premium_fen == 60


@pytest.mark.django_db
def test_a_reference_twice_in_one_call(now: None) -> None:
    results = policies.issue_many([order(1), order(1), order(1, premium_fen=99)])
    assert [r.outcome for r in results] == ["new", "same", "other"]
    assert len({r.policy_id for r in results}) == 1
    assert Policy.objects.count() == 1


@pytest.mark.django_db
def test_the_same_reference_of_two_partners_is_two_policies(now: None) -> None:
    results = policies.issue_many([order(1), order(1, partner_id=uuid4())])
    assert [r.outcome for r in results] == ["new", "new"]


@pytest.mark.django_db
def test_a_bulk_policy_belongs_to_the_partner_and_stays_out_of_customers_lists(now: None) -> None:
    put_on_sale()
    result = policies.issue_many([order(1)])[0]
    assert policies.policies_of(PARTNER).total == 0
    row = Policy.objects.get(id=result.policy_id)
    assert (row.account_id, row.partner_id, row.shard_key) == (PARTNER, PARTNER, result.shard_key)


@pytest.mark.django_db(transaction=True)
def test_simultaneous_calls_with_shared_references_issue_each_once(now: None) -> None:
    forward = [order(n) for n in range(200)]
    calls = [forward, forward[::-1]] * 2
    answers = in_parallel(4, lambda: policies.issue_many(calls.pop()))
    new = [r.reference for answer in answers for r in answer if r.outcome == "new"]
    assert sorted(new) == sorted(o.reference for o in forward)
    assert Policy.objects.count() == 200
