"""Costs of a claim: on the word of two people, on the books of every carrier by share, paid once by the bank."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from baohe.faces.desk.tests.desk_world import everything
from baohe.flows import disburse
from baohe.kernel.errors import InvalidInput
from baohe.kernel.money import split
from baohe.plumbing import clock
from baohe.rooms.disbursements import facade as disbursements
from baohe.rooms.disbursements.contracts import Actor, DisbursementView, Payee
from baohe.rooms.disbursements.models import Disbursement, DisbursementEvent
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments.models import Payout
from tests.claims import world
from tests.claims.test_coinsurance import LARGE, SHARES, on_books
from tests.payments.conftest import together

GU, CHENG, XU = Actor(uuid4(), "顾安"), Actor(uuid4(), "程立"), Actor(uuid4(), "许衡")
SURVEYOR = Payee("临江银行", "临江公估有限公司", "6222 0210 0100 8888 123")


@pytest.fixture
def claim(insured, draft):
    return draft(policy_id=world.policy(insured.account_id, LARGE, inputs={"sum_insured": "2000000"}))


def recorded(claim, fen: int = 100_001, **changes: object) -> DisbursementView:
    facts = {"key": uuid4(), "cost": "survey", "payee": SURVEYOR, "reason": "现场查勘", "actor": GU, **changes}
    return disburse.record_cost(claim_id=claim.id, amount_fen=fen, **facts)  # type: ignore[arg-type]


def test_costs_of_one_claim_re_add_to_each_carriers_share(claim, wallet_says):
    """Two costs that do not divide, paid in the other order, one of them at the second try."""
    first, second = recorded(claim), recorded(claim, 1_001, cost="appraisal")
    disburse.approve(second.id, CHENG)
    disburse.approve(first.id, CHENG)
    whole = split(101_002, SHARES)
    assert on_books("claim_costs") == whole
    assert on_books("claims_payable") == [-part for part in whole]
    assert on_books("claims_paid") == [0, 0]
    assert disbursements.problems() == []

    Payout.objects.filter(subject_id=claim.id, amount_fen=1_001).update(state="checking")
    wallet_says("failed")  # the bank refused the first
    assert disbursements.disbursement(first.id).state == "open"
    assert sum(on_books("claims_payable")) == -101_002
    assert disbursements.problems() == []
    disburse.enter_account(first.id, SURVEYOR, CHENG)
    disburse.approve(first.id, XU)
    assert Payout.objects.filter(natural_key=f"disburse:{first.id}:2", state="requested").count() == 1
    wallet_says("done")
    Payout.objects.filter(state="checking").update(state="requested")
    wallet_says("done")
    assert on_books("claims_payable") == [0, 0]
    assert (on_books("claim_costs"), ledger.balance("transfer/clearing")) == (whole, -101_002)
    assert {row.state for row in disbursements.page().items} == {"done"}
    assert (disbursements.problems(), ledger.check()) == ([], [])


def test_the_same_form_is_one_cost_and_another_is_refused(claim):
    key = uuid4()
    assert recorded(claim, key=key) == recorded(claim, key=key)
    with pytest.raises(disbursements.KeyStandsForAnother):
        recorded(claim, 5, key=key)
    for wrong in ({"cost": "dinner"}, {"reason": " "}, {"payee": Payee("临江银行", "公估", "12")}, {"fen": 0}):
        with pytest.raises(InvalidInput):
            recorded(claim, **wrong)
    assert (Disbursement.objects.count(), DisbursementEvent.objects.count()) == (1, 1)
    assert b"6222" not in bytes(Disbursement.objects.get().payee_sealed)


def test_who_recorded_it_never_approves_it_and_nothing_happened(claim):
    made = recorded(claim)
    before = everything()
    for act in (lambda: disburse.approve(made.id, GU), lambda: disbursements.decline(made.id, "不对", GU)):
        with pytest.raises(disbursements.SecondPersonNeeded):
            act()
    row = Disbursement.objects.filter(id=made.id)
    for change in (
        {"state": "sent", "before_fen": 0, "approved_by": GU.id},
        {"state": "sent", "before_fen": 0},
        {"state": "done", "before_fen": 0, "approved_by": XU.id, "done_at": clock.now()},
        {"state": "sent", "approved_by": XU.id},
        {"state": "sent", "before_fen": 0, "approved_by": XU.id, "payee_sealed": b"other"},
        {"amount_fen": 1},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.update(**change)
    for table in (row, DisbursementEvent.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            table.delete()
    assert everything() == before

    assert disbursements.decline(made.id, "重复", XU).state == "refused"
    with pytest.raises(disbursements.NotWaiting):
        disburse.approve(made.id, XU)
    assert (Payout.objects.count(), on_books("claim_costs")) == (0, [0, 0])


@pytest.mark.django_db(transaction=True)
def test_costs_approved_at_once_are_booked_once_and_re_add(claim):
    made = [recorded(claim, fen) for fen in (1, 3, 101)]
    told = together(*[lambda id_=one.id: disburse.approve(id_, CHENG) for one in made for _ in range(2)])
    assert sum(isinstance(one, disbursements.NotWaiting) for one in told) == 3
    assert on_books("claim_costs") == split(105, SHARES)
    assert (Payout.objects.count(), disbursements.problems(), ledger.check()) == (3, [], [])
