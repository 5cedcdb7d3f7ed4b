"""What the family clinic product counts: visits, medicine, tiers, beds, days, other insurers, words, own exclusions."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from baohe.kernel.decisions import Text
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.rules.calculation import re_add
from baohe.rooms.payments.models import Payout
from tests.claims import family
from tests.claims.family import invoice, taken
from tests.sale import basket_steps as does
from tests.sale import steps
from tests.sale import world as sale


@pytest.fixture
def buyer(on_sale):
    return sale.customer()


@pytest.fixture
def mother(buyer):
    return family.insured_together(buyer)[0]


def codes(claim):
    return [reason.code for reason in claim.decision.reasons]


def told(claim):
    return [(line.op, line.amount_fen) for line in claim.decision.calculation]


@pytest.mark.rule("SERV-7")
def test_two_visits_each_bear_their_deductible_and_the_rest_is_paid_in_tiers(desk, mother):
    next_day = (family.ILL_ON + timedelta(days=1)).isoformat()
    with family.on():
        claim = desk.submit(
            mother,
            "outpatient",
            invoice(mother, "1500.00", "200.00", ["西药费 900.00"]),
            invoice(mother, "60.00", "0.00", ["西药费 20.00"], date=next_day),
        )

    # ¥100 of medicine above ¥800; ¥100 of the first visit, the whole ¥60 of the second; 60% of 1,000 and 80% of 100
    assert claim.state == "paying"
    assert told(claim) == [
        ("start", 156_000),
        ("minus", 10_000),
        ("minus", 20_000),
        ("minus", 0),
        ("minus", 16_000),
        ("minus", 40_000),
        ("minus", 2_000),
        ("cap", None),
        ("cap", None),
        ("total", 68_000),
    ]
    assert re_add(claim.decision.calculation) == claim.amount_fen == 68_000


def test_each_event_reaches_its_limit_and_all_of_them_the_years(desk, mother):
    with family.on():
        paid = []
        for n in range(4):
            day = family.ILL_ON - timedelta(days=4 * n)  # days apart: nearer ones would be one event reported twice
            visit = invoice(mother, f"6{n}00.00", "100.00", ["西药费 100.00"], date=day.isoformat())
            paid.append(desk.submit(mother, "outpatient", visit, happened_on=day).amount_fen)

    assert paid == [300_000, 300_000, 300_000, 100_000]


def test_a_bed_is_paid_up_to_its_limit_for_each_day(desk, mother):
    with family.on():
        claim = desk.submit(mother, "hospital", invoice(mother, "9000.00", "1000.00", ["床位费 1000.00", "住院天数 4"]))

    assert taken(claim, "2.4", "床位费") == 40_000
    assert claim.amount_fen == 900_000 - 40_000 - 100_000 - 500_000


@pytest.mark.parametrize(("social_paid", "paid"), [("1000.00", 300_000), ("0.00", 240_000)])
def test_whoever_did_not_use_social_insurance_first_is_paid_less(desk, mother, social_paid, paid):
    with family.on():
        claim = desk.submit(mother, "hospital", invoice(mother, "9000.00", social_paid, ["床位费 60.00", "住院天数 4"]))

    assert claim.amount_fen == paid


def test_what_another_insurer_paid_is_not_paid_twice(desk, mother):
    with family.on():
        claim = desk.draft(mother, "hospital", invoice(mother, "9000.00", "1000.00", ["床位费 60.00", "住院天数 4"]))
        paper = next(paper for paper in claim.papers if paper.kind == "invoice")
        assert [field.code for field in paper.fields][-3:] == ["recovered", "bed", "days"]
        claims.correct_fields(mother.account_id, claim.id, paper.id, {"recovered": "2500"})
        claim = desk.send(mother, claim)

    assert taken(claim, "2.7", "其他保险") == 250_000
    assert claim.amount_fen == 900_000 - 100_000 - 250_000 - 500_000


def test_more_recovered_than_was_spent_pays_nothing_and_a_person_looks(desk, mother):
    with family.on():
        claim = desk.draft(mother, "hospital", invoice(mother, "9000.00", "1000.00", ["床位费 60.00", "住院天数 4"]))
        paper = next(paper for paper in claim.papers if paper.kind == "invoice")
        claims.correct_fields(mother.account_id, claim.id, paper.id, {"recovered": "8500"})
        claim = desk.send(mother, claim)

    assert claim.state == "with_person"
    assert {"figures_disagree", "nothing_payable_by_rules"} <= set(codes(claim))
    assert Payout.objects.count() == 0


@pytest.mark.parametrize(("days", "paid"), [("4", 10_000), ("13", 100_000)])
def test_the_allowance_begins_with_the_fourth_day(desk, mother, days, paid):
    with family.on():
        claim = desk.submit(mother, "hospital_allowance", invoice(mother, "9000.00", "1000.00", [f"住院天数 {days}"]))

    assert claim.amount_fen == paid
    assert "recovered" not in [field.code for paper in claim.papers for field in paper.fields]


def test_a_long_stay_reaches_the_allowances_limit_and_is_looked_at(desk, mother):
    with family.on():
        claim = desk.submit(mother, "hospital_allowance", invoice(mother, "90000.00", "1000.00", ["住院天数 120"]))

    assert codes(claim) == ["over_instant_limit"]
    assert claim.decision.calculation[-1].amount_fen == 900_000


@pytest.mark.rule("SERV-9")
@pytest.mark.parametrize(
    ("story", "clause"),
    [("口腔科补牙，牙疼三天", "3.1(6)"), ("怀孕后产检", "3.1(3)"), ("攀岩摔伤去了急诊", "3.1(12)")],
)
def test_a_word_of_an_exclusion_calls_a_person_with_its_clause(desk, mother, story, clause):
    with family.on():
        claim = desk.submit(mother, "outpatient", invoice(mother, "500.00", "100.00", ["西药费 20.00"]), story=story)

    assert claim.state == "with_person"
    assert [(reason.code, reason.clause) for reason in claim.decision.reasons] == [("may_be_excluded", clause)]
    assert Payout.objects.count() == 0


@pytest.mark.rule("SERV-9")
def test_an_exclusion_of_this_person_alone_calls_a_person(desk, buyer):
    own = Text("甲状腺结节及甲状腺恶性肿瘤", "Thyroid nodules and thyroid cancer")
    quote = steps.quoted(buyer, None, family.CLINIC)
    declared = steps.decided(quote, "exclude", exclusions=(own,))
    policy = steps.sold(does.policies.draft_proposal(buyer.id, declared, buyer.me, (), None, "single"))
    her = family.Member(buyer.id, buyer.me.name, policy)

    with family.on():
        claim = desk.submit(her, "outpatient", invoice(her, "500.00", "100.00", ["西药费 20.00"]))

    assert claim.state == "with_person"
    assert codes(claim) == ["special_exclusion"]
    assert own.zh in claim.decision.reasons[0].text.zh
    assert Payout.objects.count() == 0


def test_the_waiting_period_is_a_persons_matter(desk, mother):
    """An accident waives it; whether it was one is not for a machine to believe."""
    ill_on = date(2026, 12, 20)
    with family.on(datetime(2026, 12, 21, 6, 0, tzinfo=UTC)):
        visit = invoice(mother, "500.00", "100.00", ["西药费 20.00"], date=ill_on.isoformat())
        claim = desk.submit(mother, "outpatient", visit, happened_on=ill_on)

    assert "in_waiting_period" in codes(claim)
    assert Payout.objects.count() == 0
