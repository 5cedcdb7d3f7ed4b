"""Pay, ask or refer; the dates, the figures and the law's clocks at their edges."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import ClaimEvent, ClaimStep
from baohe.rooms.claims.rules import deadlines
from baohe.rooms.claims.rules.assess import Case, Cover, InvoiceFacts, assess
from baohe.rooms.claims.rules.figures import Contract

LABEL = Text("门诊", "Out-patient")
EVENT = ClaimEvent(
    "accident_outpatient",
    LABEL,
    LABEL,
    "medical",
    {},
    True,
    True,
    200_000,
    (),
    (ClaimStep("start", LABEL, "2.4", field="total"),),
)
CLEAN = InvoiceFacts(date(2026, 11, 20), 128_640, 41_260, 8_600, True)
COVER = Cover(date(2026, 3, 1), date(2027, 3, 1), date(2026, 2, 26))
CASE = Case(EVENT, date(2026, 11, 20), COVER, Contract({}, 0), (CLEAN,))


def test_a_clean_case_is_paid():
    assert assess(CASE).decision.outcome == "pay"
    assert assess(CASE).decision.detail == {"amount_fen": 128_640}


def test_the_same_inputs_give_the_same_hash_and_another_figure_another():
    assert assess(CASE).decision.input_hash == assess(replace(CASE)).decision.input_hash
    other = replace(CASE, invoices=(replace(CLEAN, total_fen=1),))
    assert assess(other).decision.input_hash != assess(CASE).decision.input_hash


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"happened_on": date(2027, 3, 1)}, "outside_cover"),
        ({"happened_on": date(2026, 2, 25)}, "outside_cover"),
        ({"happened_on": date(2026, 2, 26)}, "premium_taken_before_cover"),
        ({"happened_on": date(2026, 2, 28)}, "premium_taken_before_cover"),
        ({"cover": replace(COVER, waiting_ends=date(2026, 11, 21))}, "in_waiting_period"),
        ({"cover": replace(COVER, cancelled=True)}, "policy_cancelled"),
        ({"event": None}, "needs_a_person_by_rule"),
        ({"event": replace(EVENT, instant_limit_fen=None)}, "needs_a_person_by_rule"),
        ({"event": replace(EVENT, code="death")}, "death"),
        ({"event": replace(EVENT, instant_limit_fen=128_639)}, "over_instant_limit"),
        ({"used_elsewhere": True}, "used_before"),
        ({"invoices": (replace(CLEAN, used_before=True),)}, "used_before"),
        ({"invoices": (replace(CLEAN, patient_is_insured=False),)}, "patient_is_not_insured"),
        ({"invoices": (replace(CLEAN, doubt_unconfirmed=True),)}, "unconfirmed_doubt"),
        ({"invoices": (replace(CLEAN, raised=True),)}, "raised_by_claimant"),
        ({"invoices": (replace(CLEAN, social_paid_fen=128_000),)}, "figures_disagree"),
        ({"invoices": (replace(CLEAN, contradicted=True),)}, "figures_disagree"),
        ({"invoices": (replace(CLEAN, day=date(2026, 11, 19)),)}, "invoice_date_unlikely"),
        ({"invoices": (replace(CLEAN, day=None),)}, "invoice_date_unlikely"),
        ({"asked_for_person": True}, "asked_for_person"),
        ({"fraud_signal": True}, "fraud_signal"),
    ],
)
def test_what_needs_a_person(changes, code):
    decision = assess(replace(CASE, **changes)).decision
    assert decision.outcome == "refer"
    assert code in [reason.code for reason in decision.reasons]


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2027, 2, 28)])
def test_the_first_and_the_last_day_of_cover_are_covered(day):
    case = replace(CASE, happened_on=day, invoices=(replace(CLEAN, day=day),))
    assert assess(case).decision.outcome == "pay"


def test_the_first_day_after_the_waiting_period_is_covered():
    assert assess(replace(CASE, cover=replace(COVER, waiting_ends=date(2026, 11, 20)))).decision.outcome == "pay"


FACTS = st.builds(
    InvoiceFacts,
    day=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    total_fen=st.none() | st.integers(0, 10**9),
    social_paid_fen=st.integers(0, 10**9),
    self_paid_fen=st.integers(0, 10**9),
    patient_is_insured=st.booleans(),
    doubt_unconfirmed=st.booleans(),
    raised=st.booleans(),
    used_before=st.booleans(),
)


@pytest.mark.rule("SERV-9")
@settings(deadline=None)
@given(
    st.lists(FACTS, max_size=3),
    st.dates(date(2025, 1, 1), date(2028, 1, 1)),
    st.sampled_from([EVENT, None, replace(EVENT, code="death"), replace(EVENT, steps=())]),
    st.booleans(),
    st.booleans(),
)
def test_no_input_makes_the_rules_refuse_and_they_never_pay_nothing(invoices, day, event, missing, asked):
    case = replace(
        CASE,
        invoices=tuple(invoices),
        happened_on=day,
        event=event,
        missing=(LABEL,) if missing else (),
        asked_for_person=asked,
    )
    result = assess(case)
    assert result.decision.outcome in ("pay", "ask", "refer")
    assert result.decision.reasons
    if result.decision.outcome == "pay":
        assert 0 < result.calculation.amount_fen <= EVENT.instant_limit_fen


@pytest.mark.rule("SERV-5")
def test_all_that_is_missing_is_named_in_one_answer():
    case = replace(CASE, missing=(Text("病历", "Record"), Text("发票", "Invoice")), being_read=True)
    decision = assess(case).decision
    assert decision.outcome == "ask"
    assert [reason.code for reason in decision.reasons] == ["papers_missing", "papers_being_read"]
    assert "病历、发票" in decision.reasons[0].text.zh


@pytest.mark.rule("SERV-5")
def test_the_days_of_the_law_count_in_shanghai():
    notice = deadlines.named("refusal_notice", "")
    late_in_london = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # already 23 November in Shanghai
    assert deadlines.decide_by(late_in_london).isoformat() == "2026-12-23T23:59:59+08:00"
    assert deadlines.pay_by(late_in_london).isoformat() == "2026-12-03T23:59:59+08:00"
    assert deadlines.falls_at(notice, late_in_london).isoformat() == "2026-11-26T23:59:59+08:00"
    assert deadlines.advance_by(late_in_london).isoformat() == "2027-01-22T23:59:59+08:00"
    assert deadlines.reply_by(late_in_london).isoformat() == "2026-11-24T18:00:00+08:00"
