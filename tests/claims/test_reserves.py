"""What is set aside for open claims: from the first notice to 0, on the books of every carrier."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baohe.faces.desk.tests.desk_world import everything
from baohe.flows import claim_money, settle_claim
from baohe.flows.insurer_results import results
from baohe.kernel.errors import InvalidInput, NotAllowed
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims import reserves
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.claims.errors import ClaimNotOpen, SameName
from baohe.rooms.claims.models import Claim, ReserveMove
from baohe.rooms.ledger import facade as ledger
from tests.claims import world
from tests.claims.test_coinsurance import LARGE, on_books

LETTER = "特需病房的床位费不在保障内，其余已按条款赔付。不同意可以请人复议。"


def moves(claim_id):
    rows = ReserveMove.objects.filter(claim_id=claim_id).order_by("number")
    return [(row.cause, row.amount_fen) for row in rows]


def on_the_books(claim) -> int:
    return -ledger.balance(f"insurer/{claim.insurer_code}/claims_reserve")


def test_the_first_notice_sets_the_average_aside_and_the_decision_sets_it_free(draft, submit, work):
    claim = draft()
    assert moves(claim.id) == [("notice", 80_000)]
    assert on_the_books(claim) == 80_000
    assert ledger.balance(f"insurer/{claim.insurer_code}") == 0  # nobody is paid a reserve

    submit(claim)
    assert moves(claim.id)[1:] == [("agreed", -80_000)]
    assert claims.problems() == []  # the entry is still on its way
    work()
    assert (on_the_books(claim), claims.problems(), ledger.check()) == (0, [], [])


def test_a_benefit_is_set_aside_whole_and_a_sum_that_only_the_wording_caps_at_its_most(insured):
    notice = FirstNotice(insured.policy_id, "death", "走了", world.INJURED_ON)
    claim = claims.first_notice(insured.account_id, notice, "k1")
    assert moves(claim.id) == [("notice", 10_000_000)]


def test_the_calculation_takes_the_place_of_the_average(with_person, work):
    work()
    calculated = claims.queue().items[0].amount_fen
    assert sum(fen for _, fen in moves(with_person.id)) == calculated == on_the_books(with_person)


def test_refused_withdrawn_and_reopened(with_person, shen, gu, insured, work):
    calculated = claims.queue().items[0].amount_fen
    joint = settle_claim.propose_refusal(
        shen.id, with_person.id, pay_fen=0, refused_fen=calculated, clause="3.1", letter=LETTER
    )
    settle_claim.confirm_refusal(gu.id, with_person.id, joint.id)
    assert moves(with_person.id)[-1] == ("refused", -calculated)
    settle_claim.ask_person(insured.account_id, with_person.id)
    assert moves(with_person.id)[-1] == ("reopened", calculated)
    claims.withdraw(insured.account_id, with_person.id)
    assert moves(with_person.id)[-1] == ("withdrawn", -calculated)
    work()
    assert (on_the_books(with_person), claims.problems()) == (0, [])


def test_a_reported_fact_that_is_paid_at_once_sets_nothing_aside(on_sale):
    shop = uuid4()
    world.order(shop, "T-1")
    settle_claim.settle_event(shop, "T-1", "parcel_returned", world.NOW)
    assert ReserveMove.objects.count() == 0


def test_carriers_set_aside_their_shares_and_come_back_to_nothing(insured, draft, submit, work, shen):
    policy_id = world.policy(insured.account_id, LARGE, inputs={"sum_insured": "2000000"})
    claim = draft(policy_id=policy_id, total="9000.07", social_paid="0.00", self_paid="0.00")
    assert sum(on_books("claims_reserve")) == -80_000
    claim_money.propose(shen.id, claim.id, "estimate", 33_333, "门诊一次")
    work()
    assert on_books("claims_reserve") == [-20_000, -13_333]
    submit(claim)
    work()
    assert sum(on_books("claims_reserve")) == -sum(fen for _, fen in moves(claim.id))
    claims.withdraw(insured.account_id, claim.id)
    work()
    assert on_books("claims_reserve") == [0, 0]
    assert on_books("claims_reserve_change") == [0, 0]


def test_a_handler_estimates_alone_up_to_the_authority_and_above_it_with_a_second_name(with_person, shen, gu):
    assert claim_money.propose(shen.id, with_person.id, "estimate", 2_000_000, "可能要二次手术").state == "done"
    assert sum(fen for _, fen in moves(with_person.id)) == 2_000_000

    before = moves(with_person.id)
    act = claim_money.propose(shen.id, with_person.id, "estimate", 2_000_001, "可能要二次手术")
    assert (act.state, moves(with_person.id)) == ("waiting", before)
    with pytest.raises(SameName):
        claim_money.confirm(shen.id, with_person.id, act.id)
    with pytest.raises(ClaimNotOpen):
        claim_money.propose(gu.id, with_person.id, "estimate", 1, "另一个估计")
    assert moves(with_person.id) == before
    assert claim_money.confirm(gu.id, with_person.id, act.id).checker_name == "顾远"
    assert sum(fen for _, fen in moves(with_person.id)) == 2_000_001


def test_who_is_no_handler_estimates_nothing(with_person, qian, audit, insured, shen):
    before = everything()
    for staff in (qian, audit):
        with pytest.raises(NotAllowed):
            claim_money.propose(staff.id, with_person.id, "estimate", 1, "想想")
    for wrong in ({"amount_fen": -1}, {"reason": " "}):
        with pytest.raises(InvalidInput):
            claim_money.propose(
                **{
                    "staff_id": shen.id,
                    "claim_id": with_person.id,
                    "kind": "estimate",
                    "amount_fen": 1,
                    "reason": "想想",
                }
                | wrong
            )
    assert everything() == before


def test_a_closed_claim_has_nothing_set_aside_by_anybody(draft, submit, shen):
    claim = submit(draft())
    with pytest.raises(ClaimNotOpen):
        claim_money.propose(shen.id, claim.id, "estimate", 5, "怕要补")
    assert sum(fen for _, fen in moves(claim.id)) == 0


def test_the_database_keeps_reserves_whole(with_person):
    row = ReserveMove.objects.filter(claim_id=with_person.id).latest("number")
    balance = row.before_fen + row.amount_fen
    facts = {
        "claim_id": with_person.id,
        "shard_key": row.shard_key,
        "number": 9,
        "at": clock.now(),
        "cause": "estimate",
    }
    for before, amount in ((balance, -balance - 1), (balance + 1, 5), (0, 5), (balance, 0)):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReserveMove.objects.create(**facts, before_fen=before, amount_fen=amount)
    for statement in ("UPDATE claims_reservemove SET number = 7", "DELETE FROM claims_reservemove"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_check_names_a_reserve_that_the_books_do_not_hold(with_person, work):
    work()
    assert claims.problems() == []
    balance = sum(fen for _, fen in moves(with_person.id))
    ReserveMove.objects.create(
        claim_id=with_person.id,
        shard_key=with_person.shard_key,
        number=9,
        at=clock.now(),
        cause="estimate",
        before_fen=balance,
        amount_fen=7,
    )
    assert claims.problems() == [f"claims reserve: {balance + 7} fen, the ledger holds {balance}"]


def test_results_count_what_is_set_aside_as_a_cost(with_person, work):
    work()
    balance = sum(fen for _, fen in moves(with_person.id))
    [row] = [one for one in results(clock.today(), clock.today()) if one.insurer == with_person.insurer_code]
    assert (row.incurred_fen, row.reserve_change_fen, row.net_claims_fen) == (0, balance, balance)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(min_value=0, max_value=5_000_000), max_size=8))
def test_whatever_it_moves_through_the_balance_is_the_sum_and_never_below_0(with_person, targets):
    with transaction.atomic():
        row = Claim.objects.get(id=with_person.id)
        for fen in targets:
            reserves.move_to(row, fen, "estimate")
            assert reserves.balance_fen(row) == fen
        rows = ReserveMove.objects.filter(claim=row).order_by("number").values_list("before_fen", "amount_fen")
        running = 0
        for before, amount in rows:
            assert before == running
            running += amount
            assert running >= 0
        transaction.set_rollback(True)
