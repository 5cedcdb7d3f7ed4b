"""Where later premiums meet commission, carriers, refunds, introductions and consent: a whole life, and its edges."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from baohe.cli import check
from baohe.config.wiring import handlers
from baohe.flows import billing_round, earn_commission, introduce, reinstate
from baohe.flows.cancel import cancel_policy, leaving_today
from baohe.flows.stop_deduction import stop_deduction
from baohe.kernel.dates import add_years
from baohe.kernel.money import split
from baohe.plumbing import outbox
from baohe.plumbing.outbox import Event
from baohe.rooms.billing import facade as billing
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.commission import facade as commission
from baohe.rooms.commission.models import Earning, Move, Part
from baohe.rooms.consent import facade as consent
from baohe.rooms.introductions import facade as introductions
from baohe.rooms.introductions.contracts import AgreementTerms, IntroductionView
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.policies.contracts import PolicyView
from tests.billing import steps
from tests.billing.bank import Bank
from tests.sale import steps as sale
from tests.sale.commission_steps import in_force, registered
from tests.sale.world import Customer

CHENG, XU = UUID("019307a2-0000-7000-8000-000000000001"), UUID("019307a2-0000-7000-8000-000000000002")
DUE = date(2027, 11, 23)
OFF = DUE + timedelta(days=61)
SHARES = (5_001, 3_333, 1_666)


def carried_by_three(folder: Path, product: str, version: str, lead: str) -> str:
    """A product on sale whose risk three insurers carry, by shares that never divide evenly; its version id."""
    package = folder / f"{product}-shared" / version
    shutil.copytree(Path(settings.BAOHE_PRODUCTS) / product / version, package)
    others = "".join(
        f"  - code: {code}\n    name: {{zh: {code}, en: {code}}}\n    short_name: {{zh: {code}, en: {code}}}\n"
        f"    complaint_phone: 400-000-0084\n    service_phone: 400-000-0080\n    licence: 示例许可证 P-0084\n"
        f"    share_bp: {share}\n"
        for code, share in zip(("suihe", "songtao"), SHARES[1:], strict=True)
    )
    with (package / "product.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\ncoinsurance:\n  - {{code: {lead}, share_bp: {SHARES[0]}}}\n{others}")
    [version_id] = catalog.sync_packages(folder)
    return version_id


def balances(carriers: Sequence[str], what: str) -> list[int]:
    return [ledger.balance(f"insurer/{code}/{what}") for code in carriers]


def work_all() -> None:
    """Everything the worker handles that speaks of money or of cover."""
    wanted = {
        t: h for t, h in handlers().items() if t.startswith(("payments.", "policies.")) and t != "policies.issued"
    }
    while outbox.work_once(wanted, batch=50):
        pass


def event(policy: PolicyView, topic: str, **facts: str) -> Event:
    return Event(1, topic, str(policy.id), {"policy_id": str(policy.id), **facts}, 1)


def suspended(lin: Customer) -> PolicyView:
    policy = steps.yearly(lin)
    steps.round_on(DUE)
    steps.round_on(OFF)
    return policy


def allowed(policy: PolicyView) -> None:
    request = reinstate.ask(policy.account_id, policy.id, True, "", True)
    reinstate.decide(CHENG, "程立", request.id, True, "健康告知无变化")


def in_order() -> None:
    assert [ledger.check(), commission.problems(), billing.problems()] == [[], [], []]


@pytest.mark.rule("SALE-3")
@pytest.mark.rule("SALE-9")
@pytest.mark.rule("SERV-8")
@pytest.mark.rule("OVER-2")
def test_a_whole_life_with_three_carriers_an_adviser_and_three_ways_of_paying(
    lin: Customer, bank: Bank, tmp_path: Path
) -> None:
    carriers = ("yunshan", "suihe", "songtao")
    version_id = carried_by_three(tmp_path, "yunshan-term-life", "2026-02-01", carriers[0])
    producer = registered()
    in_force(version_id, (3_000, 1_000, 500), share_bp=6_000, claw_back=((72, 5_000),))
    proposal = sale.drafted(
        lin,
        product=version_id.split("@")[0],
        instalment="yearly",
        inputs={"term": "20y", "pay_period": "10", "sum_insured": "500000"},
    )
    commission.attribute(proposal.id, producer.code)
    policy = sale.sold(proposal, "yearly")
    each = policy.paid_fen
    steps.bound(lin)

    def income(times: int) -> None:
        assert balances(carriers, "premium_income") == [-part for part in split(times * each, SHARES)]
        assert sum(balances(carriers, "premium_receivable")) == -sum(balances(carriers, "premium_due"))
        in_order()

    income(1)
    due = [policy.dues[n].on for n in range(5)]
    steps.round_on(due[0])
    assert steps.item(policy, 2).provider == "deduction"
    income(2)
    with steps.on(due[1]):
        stop_deduction(lin.id, policy.id)
    steps.round_on(due[1])
    assert balances(carriers, "premium_receivable") == split(each, SHARES)
    with steps.on(due[1] + timedelta(days=3)):
        steps.paid_by_hand(lin, policy, 3)
        assert earn_commission.round_() > 0
    assert balances(carriers, "premium_receivable") == [0, 0, 0]
    income(3)

    off = due[2] + timedelta(days=61)
    for day in (due[2], off):
        with steps.on(day):
            billing_round.run(day)
            work_all()
    with steps.on(off):
        work_all()
        assert steps.seen(policy).state == "suspended"
        assert not Part.objects.filter(state="waiting").exists()
        assert balances(carriers, "premium_receivable") == [0, 0, 0]
    back = off + timedelta(days=40)
    with steps.on(back):
        allowed(policy)
        sale.told(reinstate.pay(lin.id, policy.id, uuid4().hex))
        work_all()
        assert steps.seen(policy).state == "in_force"
        assert not Part.objects.filter(state="held").exists()
    income(4)

    with steps.on(back + timedelta(days=10)):
        earn_commission.round_()
        value = leaving_today(lin.id, policy.id).refund_fen
        assert value > 0
        cancel_policy(lin.id, policy.id, value, "k1")
        work_all()
        gone = steps.seen(policy)
    income(4)
    assert balances(carriers, "premium_refunded") == split(value, SHARES)
    assert sum(balances(carriers, "premium_receivable")) == 0
    booked = {
        code: sum(m.earned_fen + m.deferred_fen for m in Move.objects.filter(earning__insurer=code))
        for code in carriers
    }
    assert balances(carriers, "commission_expense") == list(booked.values())
    assert ledger.balance("platform/commission_deferred") == 0
    owed = sum(Move.objects.values_list("producer_fen", flat=True))
    assert -ledger.balance(f"producer/{producer.id}") == owed > 0
    assert sum(Earning.objects.values_list("returned_fen", flat=True)) == value
    by = {p: sum(one.amount_fen for one in payments.refunds_of(p)) for p in {r.payment_id for r in gone.receipts}}
    by[gone.payment_id] = sum(one.amount_fen for one in payments.refunds_of(gone.payment_id))
    assert sum(by.values()) == value
    by_bank = sum(bank.refunds.values())
    assert ledger.balance("deduction/clearing") == each - by_bank
    assert ledger.balance("wallet/clearing") == 3 * each
    assert ledger.balance("refunds/payable") == by_bank - value
    in_order()


@pytest.mark.rule("OVER-2")
@pytest.mark.rule("SERV-3")
def test_all_premiums_back_leave_no_carrier_and_no_producer_with_a_fen(
    lin: Customer, bank: Bank, tmp_path: Path
) -> None:
    carriers = ("haijia", "suihe", "songtao")
    version_id = carried_by_three(tmp_path, "haijia-medical-a", "2026-03-01", carriers[0])
    producer = registered()
    in_force(version_id, (1_333,), share_bp=6_667)
    proposal = sale.drafted(lin, product=version_id.split("@")[0], instalment="monthly")
    commission.attribute(proposal.id, producer.code)
    policy = sale.sold(proposal, "monthly")
    with steps.on(date(2026, 11, 24)):
        steps.paid_by_hand(lin, policy, 2)
        leaving = leaving_today(lin.id, policy.id)
        assert leaving.refund_fen == 2 * policy.paid_fen
        cancel_policy(lin.id, policy.id, leaving.refund_fen, "k1")
    for code in carriers:
        assert sum(ledger.balances(f"insurer/{code}").values()) == 0
    assert ledger.balance(f"producer/{producer.id}") == 0
    assert ledger.balance("refunds/payable") == -leaving.refund_fen == -ledger.balance("wallet/clearing")
    in_order()


@pytest.mark.rule("SERV-8")
def test_what_fell_due_while_the_reinstatement_was_paid_is_asked_for_again(lin: Customer, bank: Bank) -> None:
    policy = suspended(lin)
    third = add_years(DUE, 1)
    with steps.on(third, hour=7):
        allowed(policy)
        intent = reinstate.pay(lin.id, policy.id, "k1")
    steps.round_on(third)
    assert steps.item(policy, 3).state == "owed"
    with steps.on(third):
        assert sale.told(intent).word == "accepted"
    assert steps.seen(policy).paid_fen == 2 * policy.premium_fen
    steps.round_on(third)
    assert steps.item(policy, 3).state == "due"
    assert ledger.balance("insurer/yunshan/premium_receivable") == policy.premium_fen
    steps.round_on(third + timedelta(days=61))
    with steps.on(third + timedelta(days=61)):
        assert steps.seen(policy).state == "suspended"


@pytest.mark.rule("SALE-3")
def test_a_charge_that_was_not_sent_when_the_customer_said_stop_never_is(lin: Customer, bank: Bank) -> None:
    policy = steps.monthly(lin)
    steps.bound(lin)
    due = date(2026, 12, 23)
    with steps.on(due):
        billing_round.run(due)
        assert steps.item(policy, 2).payment_id is not None
        stop_deduction(lin.id, policy.id)
        steps.work()
    assert (bank.calls, steps.item(policy, 2).state, steps.item(policy, 2).payment_id) == ([], "due", None)
    assert "deduction_failed" not in steps.messages(lin)
    with steps.on(due + timedelta(days=1)):
        steps.paid_by_hand(lin, policy, 2)
    assert ledger.balance("deduction/clearing") == 0


@pytest.mark.rule("SALE-3")
def test_a_charge_the_bank_never_saw_is_not_sent_again_after_the_customer_said_stop(lin: Customer, bank: Bank) -> None:
    policy = steps.monthly(lin)
    steps.bound(lin)
    due = date(2026, 12, 23)
    bank.mood = "unknown"
    with steps.on(due):
        billing_round.run(due)
        steps.work()
        stop_deduction(lin.id, policy.id)
        sent, bank.mood = len(bank.calls), "done"
    with steps.on(due, hour=12):
        steps.work()
    assert (len(bank.calls), len(bank.charged)) == (sent, 0)


@pytest.mark.rule("OVER-2")
def test_a_word_of_suspension_that_comes_late_does_not_stop_the_commission_of_a_reinstated_policy(
    lin: Customer, bank: Bank
) -> None:
    policy = suspended(lin)
    with steps.on(OFF + timedelta(days=1)):
        allowed(policy)
        sale.told(reinstate.pay(lin.id, policy.id, "k1"))
        earn_commission.cover_moved(event(policy, "policies.reinstated"))
        earn_commission.cover_moved(event(policy, "policies.suspended", since=f"{OFF}"))
    assert not Earning.objects.exclude(held_on=None).exists()


@pytest.mark.rule("OVER-2")
def test_a_contract_ended_for_non_payment_says_so_in_the_commission(lin: Customer, bank: Bank) -> None:
    in_force("yunshan-term-life@2026-02-01", (3_000,), claw_back=((60, 10_000),))
    policy = suspended(lin)
    with steps.on(add_years(OFF, 2) + timedelta(days=1)):
        value = leaving_today(lin.id, policy.id).refund_fen
        reinstate.end_contract(CHENG, "程立", policy.id, value, "中止满两年")
        work_all()
    assert "cancelled" not in Move.objects.values_list("reason", flat=True)
    assert Move.objects.filter(reason="lapsed").exists()
    in_order()


def introduced(lin: Customer) -> IntroductionView:
    terms = AgreementTerms("songtao", "haijia", "medical", 500, 100_000, 30, 90, date(2026, 1, 1), date(2026, 12, 31))
    made = introductions.propose("ZJS-1", terms, CHENG, "程立")
    introductions.approve(made.id, XU, "许衡")
    return introduce.answer(lin.id, introductions.record(made.id, "A-1", CHENG, "程立").token, agreed=True)


@pytest.mark.rule("OVER-2")
def test_the_fee_of_a_policy_that_lapsed_within_the_days_of_return_goes_back(lin: Customer, bank: Bank) -> None:
    view = introduced(lin)
    policy = steps.monthly(lin)
    introduce.look()
    with steps.on(date(2026, 12, 20)):
        introduce.look()
    assert ledger.balance("insurer/songtao/referral_income") < 0
    for day in (date(2026, 12, 23), date(2027, 1, 23)):
        steps.round_on(day)
    with steps.on(date(2027, 1, 23)):
        assert steps.seen(policy).state == "lapsed"
        introduce.look()
    assert introductions.introduction(view.id).state == "reversed"
    assert ledger.balance("insurer/songtao/referral_income") == 0


@pytest.mark.rule("DATA-1")
def test_a_yes_that_arrives_again_after_it_was_taken_back_gives_nothing(lin: Customer) -> None:
    view = introduced(lin)
    introduce.withdraw(lin.id, view.token)
    introduce.answer(lin.id, view.token, agreed=True)
    assert not consent.is_granted(lin.id, introduce.PURPOSE, str(view.id))
    with pytest.raises(introductions.ConsentMissing):
        introduce.contact(view.id, CHENG)


@pytest.mark.rule("SERV-8")
def test_a_plan_written_late_gives_its_whole_grace_from_today(lin: Customer, bank: Bank) -> None:
    asked = {"account_id": lin.id, "shard_key": 1, "grace_days": 30}
    policy_id = uuid4()
    billing.plan(policy_id=policy_id, terms=[(2, date(2026, 6, 1), 100), (3, date(2026, 12, 1), 100)], **asked)
    assert [one.grace_ends for one in billing.plan_of(policy_id)] == [date(2026, 12, 22), date(2026, 12, 31)]


def test_the_operators_check_names_premiums_that_no_round_worked_off(lin: Customer, bank: Bank) -> None:
    steps.monthly(lin)
    with steps.on(date(2026, 12, 24)):
        assert check._ask("billing", check._ROOMS["billing"]) == []
    with steps.on(date(2026, 12, 27)):
        assert check._ask("billing", check._ROOMS["billing"]) == ["1 instalments fell due and were not billed"]
