"""身故保险金按份额给付: each beneficiary is paid apart, once, to an account of their own."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from baohe.faces.desk.tests.desk_world import everything
from baohe.flows import claim_money, pay_shares, settle_claim
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.errors import (
    AdvanceToBeneficiaries,
    ClaimNotOpen,
    NotTheirGuardian,
    SameName,
    ShareNotWaiting,
    ShareWrongHolder,
)
from baohe.rooms.claims.models import ClaimPayment, ClaimShare
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.notices.models import Message
from baohe.rooms.payments.models import Payout
from baohe.rooms.policies.models import Policy
from tests.claims import heirs, world
from tests.claims.clock_steps import graded
from tests.claims.heirs import CHILD, MOTHER, SUM, THREE, WIFE


@pytest.fixture
def by(on_sale):
    return world.handler("shen", "沈一诺"), graded("gu", "顾远", "claims_head")


@pytest.fixture
def death(by):
    return heirs.agreed(heirs.reported(*heirs.policy(), by))


def messages(death, template: str) -> int:
    return Message.objects.filter(account_id=death.account_id, template=template).count()


@pytest.mark.rule("SALE-13")
def test_agreed_is_owed_whole_and_nothing_leaves_before_an_account_is_known(death):
    seen = death.seen()
    assert {one.name: one.amount_fen for one in seen.shares} == {WIFE: 3_400_001, CHILD: 3_300_000, MOTHER: 3_300_000}
    assert sum(one.amount_fen for one in seen.shares) == SUM == seen.amount_fen
    assert (seen.state, seen.payout_account, Payout.objects.count()) == ("to_pay", None, 0)
    assert seen.next.zh == f"已同意赔付：等{WIFE}、{MOTHER}的收款账户；等{CHILD}的监护人办理"
    assert ledger.check() == []


def test_one_is_paid_while_the_account_of_another_is_missing(death):
    death.give(MOTHER)
    assert [one.state for one in death.seen().shares] == ["waiting_account", "waiting_guardian", "paying"]
    assert heirs.bank_says("done") == 1

    seen = death.seen()
    assert [one.state for one in seen.shares] == ["waiting_account", "waiting_guardian", "paid"]
    assert (seen.state, seen.paid_fen) == ("to_pay", 3_300_000)
    assert seen.next.zh == f"已付一部分：等{WIFE}的收款账户；等{CHILD}的监护人办理"
    assert Policy.objects.get(id=death.policy_id).ended_by_claim_on == clock.today()  # no premium is asked for now
    assert evidence.leaf_of(str(death.share(MOTHER).id), "claim_share_paid") is not None
    assert (messages(death, "claim_share_paid"), messages(death, "claim_paid")) == (1, 0)
    assert (claims.problems(), ledger.check()) == ([], [])


def test_the_last_share_ends_the_claim_and_the_books_come_to_nothing(death):
    death.give(MOTHER)
    death.give(CHILD, holder=WIFE, as_guardian=True, number="6222020200005678")
    death.give(WIFE, number="6222020200005678")
    assert death.seen().state == "paying"
    for fen in (3_300_000, 3_400_001):  # the two equal ones first, in whatever order
        heirs.bank_says("done", only_fen=fen)

    seen = death.seen()
    assert (seen.state, seen.paid_fen, {one.state for one in seen.shares}) == ("paid", SUM, {"paid"})
    assert Policy.objects.get(id=death.policy_id).ended_by_claim_on == clock.today()
    assert sorted(Payout.objects.values_list("amount_fen", "provider")) == [
        (3_300_000, "transfer"),
        (3_300_000, "transfer"),
        (3_400_001, "transfer"),
    ]
    assert messages(death, "claim_share_paid") == 3
    assert [line.title.zh for line in seen.timeline][-1] == "全部份额付清"
    assert (claims.problems(), ledger.check()) == ([], [])
    paid = [deadline for deadline in claims.file_of(death.by[0].id, death.claim_id).deadlines if deadline.code == "pay"]
    assert [one.state for one in paid] == ["kept"]


def test_an_account_in_another_name_is_refused_and_nothing_happens(death):
    before = everything()
    with pytest.raises(ShareWrongHolder):
        death.give(MOTHER, holder=WIFE)
    with pytest.raises(ShareWrongHolder):
        death.give(WIFE, holder="林知春")
    with pytest.raises(InvalidInput):
        death.give(MOTHER, number="12")
    assert everything() == before


def test_a_minors_share_waits_for_the_guardians_own_act(death):
    before = everything()
    with pytest.raises(ShareNotWaiting):
        death.give(CHILD)
    with pytest.raises(ShareWrongHolder):
        death.give(CHILD, holder=MOTHER, as_guardian=True)
    assert everything() == before
    death.give(CHILD, as_guardian=True)  # the child's own account does as well
    share = death.share(CHILD)
    assert (share.state, share.guardian) == ("paying", WIFE)
    assert len(ClaimShare.objects.get(id=share.id).guardian_said) == 64


def test_who_is_no_parent_or_may_be_the_dead_acts_for_nobody(by):
    death = heirs.agreed(heirs.reported(*heirs.policy(relation="self"), by))
    before = everything()
    with pytest.raises(NotTheirGuardian):
        death.give(CHILD, as_guardian=True)
    assert everything() == before
    death.act("guardian", share=str(death.share(CHILD).id), guardian="周建军")
    death.give(CHILD, holder="周建军")
    assert death.share(CHILD).state == "paying"


def test_staff_enter_an_account_by_two_names_and_the_second_sees_it(death):
    maker, checker = death.by
    facts = {"share": str(death.share(WIFE).id), "bank": "工商银行", "holder": WIFE, "number": "6222020200004321"}
    act = claim_money.propose(maker.id, death.claim_id, "account", 0, "遗属到柜台办理", facts)
    assert (act.state, Payout.objects.count()) == ("waiting", 0)
    assert "6222020200004321" in act.to_check
    with pytest.raises(SameName):
        claim_money.confirm(maker.id, death.claim_id, act.id)
    done = claim_money.confirm(checker.id, death.claim_id, act.id)
    assert (done.to_check, Payout.objects.count()) == ((), 1)
    with pytest.raises(ShareNotWaiting):
        death.give(WIFE, number="6222020200009999")


def test_a_share_that_the_bank_refused_waits_for_another_account_and_is_paid_once(death):
    death.give(WIFE)
    heirs.bank_says("failed")
    share, seen = death.share(WIFE), death.seen()
    assert (share.state, share.last_four, share.attempt, seen.paid_fen) == ("waiting_account", "", 1, 0)
    assert messages(death, "claim_share_failed") == 1
    with pytest.raises(ClaimNotOpen):
        settle_claim.pay_again(death.by[0].id, death.claim_id)
    death.give(WIFE, number="6222020200009999")
    heirs.bank_says("done")
    keys = list(ClaimPayment.objects.filter(share_id=share.id).order_by("id").values_list("natural_key", flat=True))
    assert keys == [f"claim:{death.claim_id}:2:share1", f"claim:{death.claim_id}:2:share1:1"]
    assert death.seen().paid_fen == share.amount_fen
    assert ledger.check() == []


def test_the_same_account_again_orders_nothing(death):
    death.give(WIFE)
    death.give(WIFE)
    assert Payout.objects.count() == 1
    heirs.bank_says("done")
    with pytest.raises(ShareNotWaiting):
        death.give(WIFE)
    assert Payout.objects.count() == 1


def test_without_a_named_beneficiary_two_people_find_the_heirs(by):
    death = heirs.agreed(heirs.reported(*heirs.policy(named=()), by))
    seen = death.seen()
    assert (seen.state, seen.heirs_unknown, seen.shares, Payout.objects.count()) == ("to_pay", True, (), 0)
    for wrong in ("甲 50\n乙 40", "甲 50\n甲 50", "甲 五十", ""):
        with pytest.raises(InvalidInput):
            death.act("heirs", heirs=wrong)
    death.act("heirs", heirs="林知夏 50\n周小禾 50 未成年")
    seen = death.seen()
    assert [(one.name, one.amount_fen, one.state) for one in seen.shares] == [
        ("林知夏", 5_000_001, "waiting_account"),
        ("周小禾", 5_000_000, "waiting_guardian"),
    ]
    with pytest.raises(ClaimNotOpen):
        death.act("heirs", heirs="王五 100")


def test_only_the_first_order_receives(by):
    named = ((WIFE, 1, 100), (MOTHER, 2, 100))
    death = heirs.agreed(heirs.reported(*heirs.policy(named=named), by))
    assert [(one.name, one.amount_fen) for one in death.seen().shares] == [(WIFE, SUM)]


def test_a_review_that_pays_more_goes_to_the_same_people(death):
    for name in (WIFE, MOTHER):
        death.give(name)
    death.give(CHILD, as_guardian=True)
    heirs.bank_says("done")
    settle_claim.ask_person(death.account_id, death.claim_id)
    settle_claim.decide_by_person(death.by[0].id, death.claim_id, 10_000)
    seen = death.seen()
    assert (seen.state, [one.amount_fen for one in seen.shares[3:]]) == ("to_pay", [3_400, 3_300, 3_300])
    for share in seen.shares[3:]:
        account = claims.ShareAccount("招商银行", share.name, "6222020200001234")
        pay_shares.give_account(death.account_id, death.claim_id, share.id, account, share.minor)
    heirs.bank_says("done")
    assert (death.seen().state, death.seen().paid_fen) == ("paid", SUM + 10_000)
    assert (claims.problems(), ledger.check()) == ([], [])


def test_a_stranger_and_a_share_of_another_claim_are_not_found(death, by):
    share = death.share(WIFE)
    stranger = world.claimant("13800000099")
    account = claims.ShareAccount("招商银行", WIFE, "6222020200001234")
    other = heirs.agreed(heirs.reported(*heirs.policy(named=(), phone="13800000061"), by))
    before = everything()
    with pytest.raises(NotFound):
        pay_shares.give_account(stranger, death.claim_id, share.id, account)
    with pytest.raises(NotFound):
        pay_shares.give_account(other.account_id, other.claim_id, share.id, account)
    assert everything() == before


def test_the_database_keeps_terms_sums_and_direction(death):
    share = ClaimShare.objects.filter(claim_id=death.claim_id)
    for change in ({"amount_fen": 1}, {"state": "paid"}, {"percent": 1}):
        with pytest.raises(DatabaseError), transaction.atomic():
            share.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        share.delete()
    one = share.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        one.pk, one.number = death.policy_id, 9
        one.save(force_insert=True)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_nothing_is_advanced_to_whoever_reported(by):
    death = heirs.reported(*heirs.policy(named=THREE), by)
    with pytest.raises(AdvanceToBeneficiaries):
        claim_money.propose(by[0].id, death.claim_id, "advance", 100, "能确定的部分")
