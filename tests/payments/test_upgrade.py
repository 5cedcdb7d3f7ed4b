"""What stood before there were other providers is the wallet's, with every number it had."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = "0003_payments_of_several_things", "0004_every_provider"


@pytest.fixture
def tables(transactional_db) -> Iterator[None]:
    """The newest tables again afterwards: every later test of this database would miss a column."""
    yield
    executor = MigrationExecutor(connection)
    executor.migrate([leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] == "payments"])


def test_rows_from_before_are_carried_over(tables):
    try:
        old = _at(BEFORE)
        moment, ids = datetime(2026, 11, 1, tzinfo=UTC), {"intent": uuid4(), "payout": uuid4(), "payee": uuid4()}
        intent = old.get_model("payments", "PaymentIntent").objects.create(
            id=ids["intent"],
            shard_key=7,
            order_number="BH0007X",
            kind="premium",
            subject_id=uuid4(),
            account_id=uuid4(),
            payee="haijia",
            payee_name="海岬",
            description="保费",
            amount_fen=31_200,
            app_id="9021",
            state="paid",
            wallet_trade_no="20261101",
            paid_at=moment,
            created_at=moment,
            expires_at=moment,
            refund_reserved_fen=100,
        )
        refund = {"shard_key": 7, "natural_key": "cancel:1", "amount_fen": 100, "reason": "", "requested_at": moment}
        old.get_model("payments", "Refund").objects.create(id=uuid4(), intent=intent, **refund)
        payout = {"shard_key": 7, "natural_key": "claim:1", "amount_fen": 5, "memo": "", "requested_at": moment}
        old.get_model("payments", "Payout").objects.create(
            id=ids["payout"], subject_id=uuid4(), payee_account_id=ids["payee"], **payout
        )
        old.get_model("payments", "PaymentAttempt").objects.create(
            id=uuid4(), shard_key=7, about="intent", about_id=intent.id, method="query", outcome="ok", called_at=moment
        )
    finally:
        new = _at(AFTER)
    intent = new.get_model("payments", "PaymentIntent").objects.get(id=ids["intent"])
    assert (intent.provider, intent.trade_no, intent.agreement_id, intent.close_reason) == (
        "wallet",
        "20261101",
        None,
        "",
    )
    payout = new.get_model("payments", "Payout").objects.get(id=ids["payout"])
    assert (payout.provider, payout.kind, payout.payee_account_id) == ("wallet", "claim", ids["payee"])
    for name in ("Refund", "PaymentAttempt"):
        assert new.get_model("payments", name).objects.get().provider == "wallet"


def _at(name):
    MigrationExecutor(connection).migrate([("payments", name)])
    return MigrationExecutor(connection).loader.project_state([("payments", name)]).apps
