"""Fifty callers, a hundred rounds a limited thing: a place, a voucher, a payment's refund, leaving beside a claim."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from baohe.adapters.wallet import keys
from baohe.flows import cancel, settle_claim
from baohe.plumbing import clock, outbox
from baohe.rooms.allowances import facade as allowances
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims import ports
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import IntentView, Notification
from baohe.rooms.payments.models import Refund
from baohe.rooms.policies.models import Policy
from tests.claims import world as claimed
from tests.payments.conftest import wallet  # noqa: F401 - fixtures
from tests.races import limited
from tests.races.limited import Round
from tests.shelf import put_on_sale

pytestmark = pytest.mark.django_db(transaction=True)

CALLERS = 50
ROUNDS = 100
PAID_FEN, PART_FEN = 10_000, 700


@pytest.mark.field_bug(1)
@pytest.mark.field_bug(3)
@pytest.mark.parametrize("name", ["quota", "vouchers of a campaign"])
def test_a_place_and_a_voucher(name: str) -> None:
    report = limited.run(limited.THINGS[name](CALLERS), callers=CALLERS, rounds=ROUNDS)
    assert (report.rounds, report.successes) == (ROUNDS, ROUNDS * CALLERS // 5)
    assert allowances.problems() == []


@pytest.mark.field_bug(19)
def test_the_refund_of_one_payment(wallet) -> None:  # noqa: F811
    report = limited.run(_refunds_of_one_payment, callers=CALLERS, rounds=ROUNDS)
    assert (report.rounds, report.successes) == (ROUNDS, ROUNDS * (PAID_FEN // PART_FEN))
    assert payments.check() == []


def test_leaving_and_claiming_at_once(wallet, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """Either the claim is agreed and the premium earned, or the premium goes back and a person looks at the claim."""
    numbers = iter(range(8_700_000_000, 8_800_000_000))

    def read(jpeg: bytes, today: object, kind: str) -> object:
        return claimed.paper(kind, number=f"{next(numbers)}", hospital=f"临江市第{next(numbers)}医院")

    monkeypatch.setattr(ports, "read_paper", read)
    with clock.travel(claimed.NOW):
        put_on_sale()
        report = limited.run(_leaving_and_claiming, callers=CALLERS, rounds=ROUNDS)
    assert (report.rounds, report.callers) == (ROUNDS, CALLERS * ROUNDS)
    assert ledger.check() == []


def _refunds_of_one_payment(number: int) -> Round:
    """Each caller wants a part of it under a key of its own; fourteen parts fit."""
    intent = paid(PAID_FEN)

    def refund() -> UUID:
        view = payments.request_refund(intent_id=intent.id, natural_key=uuid4().hex, amount_fen=PART_FEN, reason="race")
        return view.id

    return Round(
        acts=[refund] * CALLERS,
        allowed=PAID_FEN // PART_FEN,
        given=lambda: Refund.objects.filter(intent_id=intent.id).count(),
        refusals=frozenset({"refund_too_large"}),
    )


def _leaving_and_claiming(number: int) -> Round:
    account_id = claimed.claimant(f"1380002{number:04d}")
    payment = paid(9_800, account_id)
    policy_id = claimed.policy(account_id, payment_id=payment.id, proposal_id=payment.subject_id)
    claim_id = _drafted(account_id, policy_id, number)
    refund_fen = cancel.leaving_today(account_id, policy_id).refund_fen
    assert refund_fen > 0

    def leave() -> object:
        return cancel.cancel_policy(account_id, policy_id, refund_fen, uuid4().hex)

    def claim() -> object:
        return settle_claim.submit_claim(account_id, claim_id, uuid4().hex)

    def given() -> int:
        left = bool(Policy.objects.get(id=policy_id).refund_fen)
        agreed = claims.claim(account_id, claim_id).state in ("to_pay", "paying", "paid")
        return left + agreed

    acts: list[Callable[[], object]] = [leave, claim] * (CALLERS // 2)
    return Round(acts, allowed=None, given=given, refusals=frozenset({"refund_changed"}), end=1)


def _drafted(account_id: UUID, policy_id: UUID, number: int) -> UUID:
    notice = FirstNotice(policy_id, "accident_outpatient", "放学路上跌倒，左膝裂伤", claimed.INJURED_ON)
    claim = claims.first_notice(account_id, notice, uuid4().hex)
    claims.add_paper(account_id, claim.id, "invoice", claimed.another_photo(2 * number))
    claims.add_paper(account_id, claim.id, "record", claimed.another_photo(2 * number + 1))
    while outbox.work_once({claims.PAPER_ADDED: claims.paper_added}):
        pass
    return claim.id


def paid(amount_fen: int, account_id: UUID | None = None) -> IntentView:
    """A payment that the wallet's word made paid."""
    intent = payments.open_intent(
        kind="premium",
        subject_id=uuid4(),
        shard_key=7,
        account_id=account_id or uuid4(),
        payee="songtao",
        payee_name="松涛财产保险",
        amount_fen=amount_fen,
        description="保费",
        payer="",
    )
    told = Notification(
        provider="wallet",
        source="callback",
        word="done",
        app_id=keys.app_id(),
        order_number=intent.order_number,
        trade_no=intent.id.hex,
        trade_status="TRADE_SUCCESS",
        amount_fen=amount_fen,
        currency="CNY",
        payee="songtao",
        paid_at=clock.now() - timedelta(minutes=1),
        notify_id=uuid4().hex,
        digest="0" * 64,
    )
    with transaction.atomic():
        assert payments.confirm(told).outcome == "paid"
    return payments.intent(intent.id)
