"""更正与追偿: what was paid too much, and what others owe. By two names, by reversal, in the books."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from baohe.faces.desk.tests.desk_world import everything
from baohe.flows import claim_money, settle_claim
from baohe.flows.insurer_results import results
from baohe.kernel.errors import InvalidInput, NotAllowed
from baohe.kernel.money import split
from baohe.plumbing import clock
from baohe.plumbing.idempotency import KeyReused
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.errors import ClaimNotOpen, ReceiptKnown, SameName
from baohe.rooms.claims.models import CoverUse, MoneyAct, Recovery, RecoveryMove
from baohe.rooms.claims.rules.calculation import re_add
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments.models import Payout
from tests.claims import world
from tests.claims.test_coinsurance import LARGE, SHARES, on_books
from tests.payments.conftest import together

WHY = "发票里有一张不是本人的"


@pytest.fixture
def paid(draft, submit, wallet_says, work, insured):
    """¥619.02, paid by the rules."""
    claim = submit(draft())
    wallet_says("done")
    work()
    return claims.claim(insured.account_id, claim.id)


def corrected(paid, shen, gu, fen=10_001, how="ask_back"):
    act = claim_money.propose(shen.id, paid.id, "correction", fen, WHY, {"how": how})
    return claim_money.confirm(gu.id, paid.id, act.id)


def of(paid, what: str) -> int:
    return ledger.balance(f"insurer/{paid.insurer_code}/{what}")


def used(paid) -> dict[str, int]:
    sums: dict[str, int] = {}
    for use in CoverUse.objects.filter(claim_id=paid.id):
        sums[use.key] = sums.get(use.key, 0) + use.amount_fen
    return sums


def received(paid, maker, checker, fen, reference="BK20261122001"):
    [one] = claims.recoveries_of(paid.id)
    act = claim_money.propose(
        maker.id, paid.id, "receipt", fen, "银行已到账", {"recovery": str(one.id), "bank_reference": reference}
    )
    return claim_money.confirm(checker.id, paid.id, act.id)


def test_a_correction_is_proposed_by_one_and_made_by_another(paid, shen, gu, qian, audit):
    before_act = everything()
    for staff in (qian, audit):
        with pytest.raises(NotAllowed):
            claim_money.propose(staff.id, paid.id, "correction", 5, WHY, {"how": "ask_back"})
    for fen, how in ((0, "ask_back"), (paid.amount_fen + 1, "ask_back"), (5, "keep_quiet")):
        with pytest.raises(InvalidInput):
            claim_money.propose(shen.id, paid.id, "correction", fen, WHY, {"how": how})
    assert everything() == before_act

    act = claim_money.propose(shen.id, paid.id, "correction", 10_001, WHY, {"how": "ask_back"})
    before = everything()
    with pytest.raises(SameName):
        claim_money.confirm(shen.id, paid.id, act.id)
    with pytest.raises(NotAllowed):
        claim_money.confirm(qian.id, paid.id, act.id)
    assert everything() == before
    assert (of(paid, "claims_paid"), Recovery.objects.count()) == (paid.amount_fen, 0)
    claim_money.give_back(gu.id, paid.id, act.id)
    with pytest.raises(ClaimNotOpen):
        claim_money.confirm(gu.id, paid.id, act.id)
    assert claims.claim_by_id(paid.id).amount_fen == paid.amount_fen


def test_what_was_paid_too_much_is_asked_back_by_reversal_and_frees_the_limit(paid, shen, gu, wallet_says):
    was = used(paid)
    corrected(paid, shen, gu)

    after = claims.claim_by_id(paid.id)
    assert (after.state, after.amount_fen, after.paid_fen) == ("paid", paid.amount_fen - 10_001, paid.amount_fen)
    assert re_add(after.decision.calculation) == after.amount_fen == after.decision.amount_fen
    assert (of(paid, "claims_paid"), of(paid, "recoverable")) == (after.amount_fen, 10_001)
    assert {key: was[key] - fen for key, fen in used(paid).items()} == {
        key: 10_001 if ":cap:" in key else 0 for key in was
    }
    assert CoverUse.objects.filter(claim_id=paid.id, amount_fen__lt=0).exists() == any(":cap:" in key for key in was)
    assert Payout.objects.count() == 1  # nothing is taken from anything else
    assert (claims.problems(), ledger.check()) == ([], [])


def test_the_whole_corrected_frees_everything(paid, shen, gu):
    corrected(paid, shen, gu, paid.amount_fen)
    assert set(used(paid).values()) <= {0}
    assert of(paid, "claims_paid") == 0


def test_simply_written_off_it_stays_the_insurers_cost_and_nobody_is_asked(paid, shen, gu):
    corrected(paid, shen, gu, how="write_off")
    assert (of(paid, "recoverable"), of(paid, "recovery_written_off")) == (0, 10_001)
    [one] = claims.recoveries_of(paid.id)
    assert (one.open_fen, one.written_off_fen) == (0, 10_001)
    assert claims.problems() == []


def test_an_underpaid_claim_is_paid_on_top_after_a_correction(paid, shen, gu, insured, wallet_says):
    corrected(paid, shen, gu)
    settle_claim.ask_person(insured.account_id, paid.id)
    settle_claim.decide_by_person(gu.id, paid.id, 501, "有一张漏算")
    wallet_says("done")
    after = claims.claim_by_id(paid.id)
    assert (after.amount_fen, after.paid_fen) == (paid.amount_fen - 10_001 + 501, paid.amount_fen + 501)
    assert of(paid, "claims_paid") == after.amount_fen
    assert of(paid, "claims_payable") == 0


def test_carriers_correct_and_recover_by_share_to_the_fen(insured, draft, submit, wallet_says, work, shen, gu, qian):
    policy_id = world.policy(insured.account_id, LARGE, inputs={"sum_insured": "2000000"})
    claim = submit(draft(policy_id=policy_id, total="1286.41"))
    wallet_says("done")
    work()
    corrected(claim, shen, gu, 10_003)
    assert on_books("claims_paid") == split(claim.amount_fen - 10_003, SHARES)
    assert sum(on_books("recoverable")) == 10_003
    received(claim, shen, qian, 3_331)
    [one] = claims.recoveries_of(claim.id)
    act = claim_money.propose(shen.id, claim.id, "write_off", 6_672, "退不回来了", {"recovery": str(one.id)})
    claim_money.confirm(gu.id, claim.id, act.id)
    assert on_books("recoverable") == [0, 0]
    assert ledger.balance("transfer/clearing") == 3_331
    assert (claims.problems(), ledger.check()) == ([], [])


def test_a_recovery_against_a_third_party_lowers_the_net_cost(paid, shen, gu, qian):
    claim_money.propose(
        shen.id, paid.id, "recovery", 30_000, "肇事方全责", {"how": "subrogation", "debtor": "赵某某（肇事司机）"}
    )
    [one] = claims.recoveries_of(paid.id)
    assert (one.kind, one.debtor, one.open_fen) == ("subrogation", "赵某某（肇事司机）", 30_000)
    assert "赵" not in str(MoneyAct.objects.get().facts)
    assert (of(paid, "recoverable"), of(paid, "recovered")) == (30_000, -30_000)
    owed = ledger.balance(f"insurer/{paid.insurer_code}")

    received(paid, shen, qian, 12_000)
    assert (of(paid, "recoverable"), ledger.balance("transfer/clearing")) == (18_000, 12_000)
    assert ledger.balance(f"insurer/{paid.insurer_code}") == owed - 12_000  # the platform owes it to the insurer
    act = claim_money.propose(shen.id, paid.id, "write_off", 18_000, "无力偿还", {"recovery": str(one.id)})
    claim_money.confirm(gu.id, paid.id, act.id)
    [row] = [r for r in results(clock.today(), clock.today()) if r.insurer == paid.insurer_code]
    assert (row.recovered_fen, row.net_claims_fen) == (12_000, paid.amount_fen - 12_000)
    assert [line.title.zh for line in claims.claim_by_id(paid.id).timeline][-3:] == [
        "向责任方追偿",
        "追偿款到账",
        "追偿核销",
    ]
    assert (claims.problems(), ledger.check()) == ([], [])


def test_a_receipt_takes_finance_and_two_names_and_counts_once(paid, shen, gu, qian):
    claim_money.propose(shen.id, paid.id, "recovery", 30_000, "残值拍卖", {"how": "salvage", "debtor": "拍卖行"})
    [one] = claims.recoveries_of(paid.id)
    facts = {"recovery": str(one.id), "bank_reference": "BK20261122001"}
    for fen, wrong in ((30_001, facts), (0, facts), (5, facts | {"bank_reference": "1"})):
        with pytest.raises(InvalidInput):
            claim_money.propose(qian.id, paid.id, "receipt", fen, "到账", wrong)
    act = claim_money.propose(qian.id, paid.id, "receipt", 10_000, "到账", facts)
    before = everything()
    with pytest.raises(SameName):
        claim_money.confirm(qian.id, paid.id, act.id)
    with pytest.raises(NotAllowed):
        claim_money.confirm(gu.id, paid.id, act.id)  # a handler is no finance
    assert everything() == before
    claim_money.give_back(world_finance("sun").id, paid.id, act.id)
    received(paid, shen, qian, 10_000)
    with pytest.raises(ReceiptKnown):
        received(paid, shen, qian, 10_000)
    assert ledger.balance("transfer/clearing") == 10_000


def world_finance(name: str):
    from baohe.rooms.people import facade as people

    return people.create_staff(name, "孙满", ("finance",), "long-enough-for-a-test-9")


def test_the_same_form_is_one_recovery_and_another_is_refused(paid, shen):
    key, facts = uuid4(), {"how": "salvage", "debtor": "拍卖行"}
    first, again = (claim_money.propose(shen.id, paid.id, "recovery", 5, "残值", facts, key) for _ in range(2))
    assert (first, Recovery.objects.count(), of(paid, "recoverable")) == (again, 1, 5)
    with pytest.raises(KeyReused):
        claim_money.propose(shen.id, paid.id, "recovery", 6, "残值", facts, key)
    assert of(paid, "recoverable") == 5


def test_nothing_is_recovered_of_a_claim_that_was_not_paid(with_person, shen):
    before = everything()
    with pytest.raises(ClaimNotOpen):
        claim_money.propose(shen.id, with_person.id, "recovery", 5, "对方全责", {"how": "salvage", "debtor": "某某"})
    with pytest.raises(ClaimNotOpen):
        claim_money.propose(shen.id, with_person.id, "correction", 5, WHY, {"how": "ask_back"})
    assert everything() == before


def test_the_database_keeps_acts_and_recoveries(paid, shen, gu, qian):
    corrected(paid, shen, gu)
    received(paid, shen, qian, 1_000)
    move = RecoveryMove.objects.get()
    for table in ("claims_moneyact", "claims_recovery", "claims_recoverymove"):
        for statement in (f"UPDATE {table} SET shard_key = 1", f"DELETE FROM {table}"):
            with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
    act = claim_money.propose(shen.id, paid.id, "correction", 5, WHY, {"how": "ask_back"})
    row = MoneyAct.objects.filter(id=act.id)
    for change in (
        {"confirmed_at": clock.now()},
        {"confirmed_at": clock.now(), "checker_id": shen.id},
        {"alone": True},
        {"amount_fen": 6},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecoveryMove.objects.create(
            recovery=move.recovery,
            act_id=act.id,
            shard_key=move.shard_key,
            what="written_off",
            before_fen=1_000,
            amount_fen=9_002,
            at=clock.now(),
        )


@pytest.mark.django_db(transaction=True)
def test_a_correction_and_a_payment_at_once_keep_the_books_whole(
    transactional_db, paid, shen, gu, insured, wallet_says
):
    act = claim_money.propose(shen.id, paid.id, "correction", 10_000, WHY, {"how": "ask_back"})
    settle_claim.ask_person(insured.account_id, paid.id)
    told = together(
        lambda: claim_money.confirm(gu.id, paid.id, act.id),
        lambda: settle_claim.decide_by_person(gu.id, paid.id, 700),
        lambda: claim_money.confirm(gu.id, paid.id, act.id),
    )
    wallet_says("done")
    made = sum(not isinstance(one, Exception) for one in (told[0], told[2]))
    after = claims.claim_by_id(paid.id)
    assert made <= 1
    assert not isinstance(told[1], Exception)
    assert after.amount_fen == paid.amount_fen - 10_000 * made + 700
    assert (of(paid, "claims_paid"), of(paid, "recoverable")) == (after.amount_fen, 10_000 * made)
    assert ledger.check() == []
