"""Several covers for several people, paid once: all of it or nothing, and every cover keeps what is its own."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from baohe.flows import basket, cancel, pay_basket, purchase
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock, outbox
from baohe.plumbing.idempotency import KeyReused
from baohe.rooms.baskets import facade as baskets
from baohe.rooms.consent import facade as consent
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.errors import RefundTooLarge
from baohe.rooms.payments.models import PaymentIntent, PaymentLine
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import DEDUCTION
from baohe.rooms.policies.errors import AgreementNeeded, PaidElsewhere
from baohe.rooms.policies.models import Policy
from tests.sale import basket_steps as does
from tests.sale import steps, world
from tests.sale.test_settle import events
from tests.sale.world import Customer


def test_one_payment_buys_for_two_people_from_two_insurers(lin: Customer) -> None:
    mine, his = does.of_two(lin)
    intent = does.paying(lin, [mine, his])
    assert intent.amount_fen == mine.proposal.premium_fen + his.proposal.premium_fen
    assert does.states(lin) == ["paying", "paying"]
    assert steps.told(intent).word == "accepted"

    bought = policies.policies_of_payment(intent.id, intent.shard_key)
    assert {policy.insured_name for policy in bought} == {"林知夏", "周远"}
    assert {policy.payment_id for policy in bought} == {intent.id}
    for chosen, insurer in ((mine, "haijia"), (his, "songtao")):
        assert ledger.balance(f"insurer/{insurer}/premium_income") == -chosen.proposal.premium_fen
    assert ledger.balance("wallet/clearing") == intent.amount_fen
    assert ledger.check() == payments.check() == []
    assert all(evidence.leaf_of(str(policy.id), "policy_issued") is not None for policy in bought)
    assert sorted(events("policies.issued")) == sorted(str(policy.id) for policy in bought)
    assert basket.entries(lin.id) == []
    assert PaymentIntent.objects.count() == 1


@pytest.mark.field_bug(6)
def test_the_lines_re_add_to_the_payment_and_the_database_insists(lin: Customer) -> None:
    intent = does.paying(lin, does.of_two(lin))
    lines = payments.lines_of(intent.id)
    assert sum(line.amount_fen for line in lines) == intent.amount_fen
    assert {line.payee for line in lines} == {"haijia", "songtao"}
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE payments_paymentline SET amount_fen = amount_fen + 1")
    with pytest.raises(DatabaseError), transaction.atomic():
        PaymentLine.objects.create(
            shard_key=intent.shard_key, intent_id=intent.id, subject_id=uuid4(), payee="x", payee_name="x", amount_fen=1
        )
        connection.check_constraints()


@pytest.mark.field_bug(11)
def test_a_callback_told_twice_buys_once(lin: Customer) -> None:
    intent = does.paying(lin, does.of_two(lin))
    assert [steps.told(intent).word for _ in range(3)] == ["accepted", "duplicate", "duplicate"]
    assert (Policy.objects.count(), len(events("policies.issued"))) == (2, 2)
    assert ledger.balance("wallet/clearing") == intent.amount_fen


def test_a_forged_or_short_callback_buys_nothing_and_leaves_its_row(lin: Customer) -> None:
    intent = does.paying(lin, does.of_two(lin))
    assert steps.told(intent, total_amount="1.00").word == "refused"
    assert steps.told(intent, seller_id="haijia").word == "refused"  # two insurers: the collecting account receives
    assert steps.told(intent, app_id="another").word == "refused"
    assert (Policy.objects.count(), events("policies.issued")) == (0, [])
    assert does.states(lin) == ["paying", "paying"]


def test_if_one_cannot_be_issued_none_is_and_all_the_money_goes_back(lin: Customer) -> None:
    mine, his = does.of_two(lin)
    intent = does.paying(lin, [mine, his])
    with clock.travel(world.NOW + timedelta(hours=11)):  # the first day of cover has begun
        assert steps.told(intent).word == "accepted"
    assert (Policy.objects.count(), events("policies.issued")) == (0, [])
    [refund] = payments.refunds_of(intent.id)
    assert (refund.amount_fen, refund.natural_key) == (intent.amount_fen, f"surplus:{intent.id}")
    assert ledger.balance("insurer/haijia/premium_income") == ledger.balance("insurer/songtao/premium_income") == 0
    assert ledger.check() == payments.check() == []
    assert baskets.count(lin.id) == 2  # nothing was lost: they may be priced again


def test_a_failure_in_the_middle_leaves_nothing(lin: Customer, monkeypatch: pytest.MonkeyPatch) -> None:
    intent = does.paying(lin, does.of_two(lin))
    real, calls = evidence.append, []

    def breaks_at_the_second(*facts: object) -> object:
        calls.append(facts)
        if len(calls) == 2:
            raise RuntimeError("disk full")
        return real(*facts)  # type: ignore[arg-type]  # as the flow called it

    monkeypatch.setattr(evidence, "append", breaks_at_the_second)
    with pytest.raises(RuntimeError), transaction.atomic():
        pay_basket.settle(intent, clock.now())
    assert (Policy.objects.count(), events("policies.issued"), ledger.balance("wallet/clearing")) == (0, [], 0)
    monkeypatch.setattr(evidence, "append", real)
    assert steps.told(intent).word == "accepted"
    assert Policy.objects.count() == 2


def test_starting_twice_with_one_key_or_from_two_tabs_is_one_payment(lin: Customer) -> None:
    chosen = does.of_two(lin)
    first = does.paying(lin, chosen, key="k1")
    assert does.paying(lin, chosen, key="k1").id == first.id
    assert does.paying(lin, chosen, key="k2").id == first.id
    with pytest.raises(KeyReused):
        does.paying(lin, chosen[:1], key="k1")
    assert PaymentIntent.objects.count() == 1


def test_a_proposal_stands_in_one_open_payment_only(lin: Customer) -> None:
    mine, his = does.of_two(lin)
    single = steps.locked(mine.proposal)
    with pytest.raises(PaidElsewhere):
        does.paying(lin, [mine, his])
    assert policies.proposal(lin.id, his.proposal.id).state == "signed"  # nothing of the refused start stayed
    third = does.ready(lin)
    does.paying(lin, [his, third])
    with pytest.raises(PaidElsewhere):
        steps.locked(his.proposal)
    with pytest.raises(PaidElsewhere):
        does.paying(lin, [third])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE policies_proposal SET payment_id = %s WHERE id = %s", [single.id, his.proposal.id])


def test_money_for_a_payment_that_was_stopped_goes_back_whole(lin: Customer) -> None:
    chosen = does.of_two(lin)
    intent = does.paying(lin, chosen)
    purchase.stop_payment(lin.id, intent.id)
    assert steps.told(intent).word == "accepted"
    assert Policy.objects.count() == 0
    assert [refund.amount_fen for refund in payments.refunds_of(intent.id)] == [intent.amount_fen]
    assert len(does.bought(lin, chosen)) == 2  # and the basket can still be bought, once


def test_a_close_that_is_told_late_lets_the_new_payment_be(lin: Customer) -> None:
    chosen = does.of_two(lin)
    old = does.paying(lin, chosen)
    payments.close(old.id)  # its event has not been worked off yet
    new = does.paying(lin, chosen)
    assert new.id != old.id
    purchase.payment_closed(
        outbox.Event(
            1, "payments.closed", "", {"intent_id": str(old.id), "subject_id": str(old.subject_id), "kind": old.kind}, 1
        )
    )
    assert steps.told(new).word == "accepted"
    assert Policy.objects.count() == 2


@pytest.mark.rule("SERV-2")
@pytest.mark.rule("SALE-9")
def test_leaving_one_policy_gives_back_its_part_of_the_one_payment(lin: Customer) -> None:
    mine, his = does.of_two(lin)
    bought = does.bought(lin, [mine, his])
    left = bought[his.proposal.id]
    cancel.cancel_policy(lin.id, left.id, left.paid_fen, "k1")
    assert left.payment_id is not None
    [refund] = payments.refunds_of(left.payment_id)
    assert (refund.amount_fen, refund.subject_id) == (left.paid_fen, his.proposal.id)
    assert ledger.balance("insurer/songtao/premium_refunded") == left.paid_fen
    assert ledger.balance("insurer/haijia/premium_refunded") == 0
    assert policies.policy(lin.id, bought[mine.proposal.id].id).state == "cooling_off"
    assert ledger.check() == payments.check() == []


@pytest.mark.field_bug(19)
def test_refunds_never_pass_their_own_line(lin: Customer) -> None:
    mine, his = does.of_two(lin)
    policy = does.bought(lin, [mine, his])[mine.proposal.id]
    assert policy.payment_id is not None
    part = policy.paid_fen * 6 // 10

    def give(key: str, amount_fen: int, subject: object = mine.proposal.id) -> object:
        return payments.request_refund(
            intent_id=policy.payment_id,  # type: ignore[arg-type]  # asserted above
            natural_key=key,
            amount_fen=amount_fen,
            reason="",
            subject_id=subject,  # type: ignore[arg-type]  # also wrong ones on purpose
        )

    give("a", part)
    assert give("a", part) == payments.refund("a", policy.shard_key)
    for key, amount_fen in (("b", part), ("c", policy.paid_fen)):
        with pytest.raises(RefundTooLarge):
            give(key, amount_fen)
    with pytest.raises(RefundTooLarge):
        give("d", 1, None)  # a payment for several goes back by line
    with pytest.raises(NotFound):
        give("e", 1, uuid4())
    give("f", policy.paid_fen - part)
    assert sum(refund.amount_fen for refund in payments.refunds_of(policy.payment_id)) == policy.paid_fen
    with pytest.raises(DatabaseError), transaction.atomic():
        PaymentLine.objects.filter(subject_id=mine.proposal.id).update(refund_reserved_fen=policy.paid_fen + 1)


@pytest.mark.rule("SALE-3")
def test_each_cover_has_its_own_consent_to_deductions(lin: Customer) -> None:
    monthly, once = does.ready(lin, instalment="monthly"), does.ready(lin, does.husband(lin), does.ACCIDENT)
    with pytest.raises(AgreementNeeded):
        does.paying(lin, [monthly, once])
    assert policies.proposal(lin.id, monthly.proposal.id).state == "signed"
    intent = does.paying(lin, [monthly, once], agreed=True)
    assert intent.amount_fen == 2_600 + once.proposal.premium_fen
    assert consent.is_granted(lin.id, DEDUCTION, str(monthly.proposal.id))
    assert not consent.is_granted(lin.id, DEDUCTION, str(once.proposal.id))
