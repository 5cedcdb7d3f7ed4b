"""The end of a month over real sales: reserve, tax, loss ratio, and closing once."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from baohe.flows import close_month, insurer_results
from baohe.flows.cancel import cancel_policy, leaving_today
from baohe.plumbing import clock
from baohe.rooms.evidence import facade as evidence
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.ledger.errors import MonthNotClosable
from tests.sale import steps, world
from tests.sale.test_settle import in_parallel
from tests.sale.world import Customer
from tests.shelf import put_on_sale

CHENG = UUID("019307a2-0000-7000-8000-000000000001")
NOVEMBER = date(2026, 11, 1)
DECEMBER = world.NOW + timedelta(days=12)


def test_a_month_closes_with_reserve_and_tax(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin))
    with clock.travel(DECEMBER):
        closing = close_month.prepare(NOVEMBER)
        assert [(r.insurer, r.policies, r.booked_fen) for r in closing.reserves] == [("haijia", 1, 0)]
        # cover from 23 November: 8 of 365 days are given by the end of the month
        assert closing.reserves[0].unearned_fen == policy.paid_fen - round(policy.paid_fen * 8 / 365)
        assert closing.vat_fen == round(closing.commission_fen * 600 / 10_600)

        view = close_month.close(NOVEMBER, CHENG, "程立")
        assert close_month.close(NOVEMBER, CHENG, "程立") == view

    assert ledger.balance("insurer/haijia/unearned_premium") == -closing.reserves[0].unearned_fen
    assert ledger.balance("insurer/haijia/unearned_change") == closing.reserves[0].unearned_fen
    assert ledger.balance("tax/output_vat") == -closing.vat_fen
    assert evidence.leaf_of("2026-11", "books_closed") is not None
    assert ledger.check() == []


def test_the_next_month_posts_only_the_change(lin: Customer) -> None:
    steps.sold(steps.drafted(lin))
    with clock.travel(DECEMBER):
        close_month.close(NOVEMBER, CHENG, "程立")
    with clock.travel(world.NOW + timedelta(days=45)):
        [reserve] = close_month.prepare(date(2026, 12, 1)).reserves
        close_month.close(date(2026, 12, 1), CHENG, "程立")
    assert reserve.change_fen < 0
    assert ledger.balance("insurer/haijia/unearned_premium") == -reserve.unearned_fen


@pytest.mark.rule("SERV-3")
def test_a_refund_after_the_close_counts_in_the_open_month(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin))
    with clock.travel(DECEMBER):
        close_month.close(NOVEMBER, CHENG, "程立")
        before = ledger.trial_balance(NOVEMBER)
    with clock.travel(world.NOW + timedelta(days=20)):
        cancel_policy(lin.id, policy.id, leaving_today(lin.id, policy.id).refund_fen, "k1")
        [result] = insurer_results.results(NOVEMBER, date(2026, 12, 12))
    assert ledger.trial_balance(NOVEMBER) == before
    assert result.unearned_after_fen == 0
    assert result.earned_fen == result.written_fen == policy.paid_fen - (ledger.balance("refunds/payable") * -1)


def test_results_are_right_at_any_date(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin))
    [day_one] = insurer_results.results(NOVEMBER, date(2026, 11, 22))
    assert (day_one.written_fen, day_one.earned_fen, day_one.loss_ratio_bp) == (policy.paid_fen, 0, None)
    [by_month_end] = insurer_results.results(NOVEMBER, date(2026, 11, 30))
    [later] = insurer_results.results(date(2026, 12, 1), date(2027, 11, 30))
    assert by_month_end.earned_fen + later.earned_fen == policy.paid_fen


def test_a_running_month_is_refused_and_nothing_is_posted(lin: Customer) -> None:
    steps.sold(steps.drafted(lin))
    before = ledger.balances()
    with pytest.raises(MonthNotClosable):
        close_month.close(NOVEMBER, CHENG, "程立")
    assert ledger.balances() == before
    assert evidence.leaf_of("2026-11", "books_closed") is None


@pytest.mark.parametrize(("gross", "tax"), [(10_600, 600), (0, 0), (1, 0), (9, 1), (-10_600, -600), (-9, -1)])
def test_the_tax_inside_an_amount(gross: int, tax: int) -> None:
    assert close_month.tax_inside(gross, 600) == tax


@pytest.mark.django_db(transaction=True)
@pytest.mark.field_bug(21)
def test_six_closings_at_once_close_once(now: None) -> None:
    put_on_sale()
    steps.sold(steps.drafted(world.customer()))

    def close() -> str:
        with clock.travel(DECEMBER):
            return close_month.close(NOVEMBER, CHENG, "程立").digest

    assert len(set(in_parallel(6, close))) == 1
    assert len(ledger.closed_months()) == 1
    assert ledger.balance("insurer/haijia/unearned_premium") == -ledger.balance("insurer/haijia/unearned_change")
    assert ledger.check() == []
