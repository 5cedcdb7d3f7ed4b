"""The whole way to the money, with a real simulated wallet behind the payments room."""

from __future__ import annotations

from uuid import uuid4

import pytest

from baohe.config.wiring import handlers
from baohe.flows import settle_claim
from baohe.plumbing import outbox
from baohe.rooms.claims import facade as claims
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.notices import facade as notices
from tests.payments.conftest import wallet  # noqa: F401 - fixtures


@pytest.mark.rule("SERV-5")
def test_the_worker_pays_the_wallet_confirms_and_the_claimant_is_told(wallet, draft, insured):  # noqa: F811
    claim = draft()
    settle_claim.submit_claim(insured.account_id, claim.id, str(uuid4()))

    while outbox.work_once(handlers()):
        pass

    paid = claims.claim(insured.account_id, claim.id)
    assert (paid.state, paid.amount_fen) == ("paid", 61_902)
    assert ledger.check() == []
    told = [notice.template for notice in notices.notices_of(insured.account_id)]
    assert sorted(told) == ["claim_paid", "claim_progress"]
