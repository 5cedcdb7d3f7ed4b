"""Later premiums of a contract that three insurers carry, with an adviser: a whole life, and all of it given back."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from baohe.flows import billing_round, earn_commission, reinstate
from baohe.flows.cancel import cancel_policy, leaving_today
from baohe.flows.stop_deduction import stop_deduction
from baohe.kernel.money import split
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.commission import facade as commission
from baohe.rooms.commission.models import Earning, Move, Part
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from tests.billing import steps
from tests.billing.bank import Bank
from tests.sale import steps as sale
from tests.sale.commission_steps import in_force, registered
from tests.sale.world import Customer

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
        steps.in_order()

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
            steps.work_all()
    with steps.on(off):
        steps.work_all()
        assert steps.seen(policy).state == "suspended"
        assert not Part.objects.filter(state="waiting").exists()
        assert balances(carriers, "premium_receivable") == [0, 0, 0]
    back = off + timedelta(days=40)
    with steps.on(back):
        steps.allowed(policy)
        sale.told(reinstate.pay(lin.id, policy.id, uuid4().hex))
        steps.work_all()
        assert steps.seen(policy).state == "in_force"
        assert not Part.objects.filter(state="held").exists()
    income(4)

    with steps.on(back + timedelta(days=10)):
        earn_commission.round_()
        value = leaving_today(lin.id, policy.id).refund_fen
        assert value > 0
        cancel_policy(lin.id, policy.id, value, "k1")
        steps.work_all()
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
    steps.in_order()


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
    steps.in_order()
