"""Fifty callers at one policy: lowering its sum beside leaving it, and beside a claim."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from baohe.flows import cancel, endorse
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.claims.models import Claim
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.models import Refund
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.models import Endorsement, Policy
from tests.claims import world as claimed
from tests.payments.conftest import wallet  # noqa: F401 - fixtures
from tests.races import limited
from tests.races.limited import Round
from tests.races.test_fifty_callers import CALLERS, paid
from tests.shelf import put_on_sale

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 20
PREMIUM_FEN = 27_830
INPUTS = {"age": "45", "occupation_class": "2", "sum_insured": "1000000", "plan": "with_medical"}


def test_lowering_and_leaving_at_once(wallet) -> None:  # noqa: F811
    """One of them is first, and the other finds another contract than the one it saw."""
    with clock.travel(claimed.NOW):
        put_on_sale()
        report = limited.run(_lowering_and_leaving, callers=CALLERS, rounds=ROUNDS)
        assert (ledger.check(), payments.check()) == ([], [])
    assert report.rounds == ROUNDS


def test_lowering_and_claiming_at_once(wallet) -> None:  # noqa: F811
    """However they meet, the claim keeps the sum of the day of its event, and the sum is lowered once at most."""
    with clock.travel(claimed.NOW):
        put_on_sale()
        report = limited.run(_lowering_and_claiming, callers=CALLERS, rounds=ROUNDS)
    assert report.rounds == ROUNDS
    assert ledger.check() == []


def _bought(number: int, series: str) -> tuple[UUID, UUID]:
    account_id = claimed.claimant(f"138{series}{number:04d}")
    payment = paid(PREMIUM_FEN, account_id)
    policy_id = claimed.policy(
        account_id,
        payment_id=payment.id,
        proposal_id=payment.subject_id,
        inputs=INPUTS,
        sum_insured_fen=100_000_000,
        death_cover_fen=100_000_000,
        premium_fen=PREMIUM_FEN,
        paid_fen=PREMIUM_FEN,
        total_fen=PREMIUM_FEN,
        issued_at=datetime(2026, 2, 26, 4, 0, tzinfo=UTC),
    )
    return account_id, policy_id


def _lower(account_id: UUID, policy_id: UUID) -> Callable[[], object]:
    [chosen] = [one for one in endorse.lower_choices(account_id, policy_id) if one.value == "300000"]
    return lambda: endorse.reduce_cover(account_id, policy_id, "300000", chosen.refund_fen, uuid4().hex)


def _lowering_and_leaving(number: int) -> Round:
    account_id, policy_id = _bought(number, "0003")
    refund_fen = cancel.leaving_today(account_id, policy_id).refund_fen

    def leave() -> object:
        return cancel.cancel_policy(account_id, policy_id, refund_fen, uuid4().hex)

    def given() -> int:
        row = Policy.objects.get(id=policy_id)
        refunds = Refund.objects.filter(intent_id=row.payment_id)
        assert sum(one.amount_fen for one in refunds) == row.endorsed_fen + (row.refund_fen or 0) <= row.paid_fen
        return Endorsement.objects.filter(policy_id=policy_id).count() + (row.cancelled_at is not None)

    acts = [_lower(account_id, policy_id), leave] * (CALLERS // 2)
    refusals = frozenset({"refund_changed", "endorsement_not_possible", "sum_not_offered"})
    return Round(acts, allowed=None, given=given, refusals=refusals, end=1)


def _lowering_and_claiming(number: int) -> Round:
    account_id, policy_id = _bought(number, "0004")
    notice = FirstNotice(policy_id, "accident_outpatient", "放学路上跌倒，左膝裂伤", claimed.INJURED_ON, another=True)

    def claim() -> object:
        return claims.first_notice(account_id, notice, uuid4().hex)

    def given() -> int:
        policy = policies.policy(account_id, policy_id)
        assert policies.as_of(policy, claimed.INJURED_ON).sum_insured_fen == 100_000_000
        assert len(policy.endorsements) <= 1
        for one in policy.endorsements:
            assert one.valid_from == date(2026, 11, 23)
            # ids are given in time under the policy's lock: no claim stood when the sum was lowered
            assert not Claim.objects.filter(policy_id=policy_id, id__lt=one.id).exists()
        return Claim.objects.filter(policy_id=policy_id).count()

    acts = [_lower(account_id, policy_id), *([claim] * 4)] * (CALLERS // 5)
    return Round(
        acts, allowed=None, given=given, refusals=frozenset({"endorsement_not_possible", "sum_not_offered"}), end=40
    )
