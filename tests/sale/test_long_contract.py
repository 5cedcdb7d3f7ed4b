"""Term life: yearly premiums, beneficiaries, cash values; and the filed window of sale (PUB-2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from baohe.faces.shop.policy_timeline import timeline
from baohe.flows.cancel import leaving_today
from baohe.kernel.errors import BaoheError
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import BeneficiaryChoice
from baohe.rooms.policies.errors import VersionWithdrawn
from baohe.rooms.policies.rules.cash_values import cash_value_fen
from baohe.rooms.policies.rules.sale_window import refuse_withdrawn
from baohe.rooms.quoting.errors import NotSoldHere
from baohe.rooms.quoting.models import Quote
from tests.sale import steps, world
from tests.sale.world import Customer

LIFE = "yunshan-term-life"
WHOLE_LIFE = "lanjiang-whole-life"
ANNUITY = "lanjiang-annuity"
ILLNESS = "qingcen-critical-illness"


@pytest.mark.rule("SALE-13")
def test_a_term_life_policy_names_its_dues_and_its_heirs(lin: Customer) -> None:
    child = world.relative(lin.id, "林小满", "child", date(2018, 1, 5), order=44)
    mother = world.relative(lin.id, "周敏", "parent", date(1965, 7, 9), order=68)
    heirs = (BeneficiaryChoice(child.id, 1, 60), BeneficiaryChoice(mother.id, 1, 40))
    policy = steps.sold(steps.drafted(lin, product=LIFE, beneficiaries=heirs, instalment="yearly"), "yearly")
    assert (policy.end, len(policy.dues), policy.dues[0].on) == (date(2046, 11, 23), 19, date(2027, 11, 23))
    assert {due.amount_fen for due in policy.dues} == {policy.premium_fen}
    assert [(b.name, b.share_percent) for b in policy.beneficiaries] == [("林小满", 60), ("周敏", 40)]


@pytest.mark.rule("SERV-2")
def test_a_long_contract_gives_everything_for_twenty_days_and_then_its_cash_value(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin, product=LIFE, instalment="yearly"), "yearly")
    with clock.travel(datetime(2026, 12, 12, 4, tzinfo=UTC)):
        assert leaving_today(lin.id, policy.id).refund_fen == policy.paid_fen
    with clock.travel(datetime(2026, 12, 13, 4, tzinfo=UTC)):
        leaving = leaving_today(lin.id, policy.id)
    assert (leaving.allowed, leaving.refund_fen, leaving.clause) == (True, 0, "5")


def test_cash_values_are_read_from_the_filed_table(lin: Customer) -> None:
    version = catalog.current(LIFE, clock.today())
    inputs = {"term": "20y", "pay_period": "10", "sum_insured": "500000"}
    start, insured_fen = date(2026, 11, 23), 50_000_000
    by_year = [cash_value_fen(version, inputs, start, date(2026 + n, 11, 23), insured_fen) for n in range(5)]
    assert by_year == [0, 0, 0, 43_500, 83_000]
    assert cash_value_fen(version, inputs, start, date(2029, 11, 22), insured_fen) == 0


@pytest.mark.rule("PUB-2")
def test_before_the_filed_window_nothing_is_quoted(lin: Customer) -> None:
    with clock.travel(datetime(2026, 1, 2, 4, tzinfo=UTC)), pytest.raises(BaoheError) as refusal:
        steps.quoted(lin)
    assert refusal.value.code == "not_on_sale"
    assert Quote.objects.count() == 0


@pytest.mark.rule("PUB-2")
def test_a_quote_does_not_outlive_a_stop_of_sale(lin: Customer) -> None:
    version = replace(catalog.current(LIFE, clock.today()), sale_ends=date(2026, 11, 21))
    refuse_withdrawn(version, date(2026, 11, 21))
    with pytest.raises(VersionWithdrawn):
        refuse_withdrawn(version, date(2026, 11, 22))


def test_cover_for_a_shops_orders_is_not_quoted_to_a_consumer(lin: Customer) -> None:
    with pytest.raises(NotSoldHere):
        steps.quoted(lin, product="yizhan-freight-return")
    assert policies.policies_of(lin.id).total == 0


@pytest.mark.parametrize(
    ("product", "inputs", "sum_insured_fen", "dues", "end"),
    [
        (ILLNESS, {"sum_insured": "300000", "term": "to70", "pay_period": "30", "mild": "yes"}, 30_000_000, 29, 2062),
        (WHOLE_LIFE, {"sum_insured": "500000", "pay_period": "1"}, 50_000_000, 0, 2098),
        (ANNUITY, {"pension": "24000", "pension_age": "60", "pay_period": "10"}, 2_400_000, 9, 2098),
    ],
)
def test_each_long_line_is_sold_to_its_end(
    lin: Customer, product: str, inputs: dict[str, str], sum_insured_fen: int, dues: int, end: int
) -> None:
    policy = steps.sold(steps.drafted(lin, product=product, instalment="yearly", inputs=inputs), "yearly")
    assert (policy.sum_insured_fen, len(policy.dues), policy.end.year) == (sum_insured_fen, dues, end)
    assert {due.amount_fen for due in policy.dues} <= {policy.premium_fen}


@pytest.mark.rule("SALE-13")
def test_the_heirs_of_an_annuity_can_be_named_though_a_person_works_out_what_they_receive(lin: Customer) -> None:
    child = world.relative(lin.id, "林小满", "child", date(2018, 1, 5), order=44)
    heirs = (BeneficiaryChoice(child.id, 1, 100),)
    policy = steps.sold(steps.drafted(lin, product=ANNUITY, beneficiaries=heirs, instalment="yearly"), "yearly")
    assert [(b.name, b.share_percent) for b in policy.beneficiaries] == [("林小满", 100)]


def test_a_contract_for_life_is_not_told_of_a_renewal(lin: Customer) -> None:
    policy = steps.sold(steps.drafted(lin, product=WHOLE_LIFE, instalment="yearly"), "yearly")
    story = timeline(policy, catalog.version(policy.version_id), clock.today())
    assert [entry.title.zh for entry in story][-2:] == ["第 2 期保费", "保障到期"]
    assert "续" not in "".join(entry.detail.zh for entry in story if entry.detail)
