"""The fifteen working days of a file that went to an underwriter: begun, standing still, ended, raised (SERV-4)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from baohe.flows import contest, keep_service_clocks
from baohe.plumbing import clock, outbox
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.notices import facade as notices
from baohe.rooms.service_clocks import facade as service_clocks
from baohe.rooms.service_clocks.models import ServiceClock, ServiceEscalation
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.contracts import DeclarationView
from tests.sale import steps as sale
from tests.sale.world import Customer
from tests.service_clocks.steps import House, at, clocks, deliver_events, look_at, raised, told
from tests.underwriting import world

pytestmark = pytest.mark.rule("SERV-4")

LAST_DAY = "2026-12-11"
"""The fifteenth working day after Sunday 22 November, a Friday."""


@pytest.fixture
def referred(house: House, lin: Customer) -> DeclarationView:
    made = world.referred(lin)
    deliver_events()
    return made


def asked(house: House, referred: DeclarationView, moment: str) -> None:
    with clock.travel(at(moment)):
        underwriting.ask_for_papers(house.ning, referred.id, {"health_report": world.WHY})
        deliver_events()


def handed_in(lin: Customer, referred: DeclarationView, moment: str) -> None:
    with clock.travel(at(moment)):
        underwriting.hand_in(lin.id, referred.id, ["health_report"])
        deliver_events()


def test_each_level_is_raised_at_its_moment_and_not_a_second_before(
    house: House, referred: DeclarationView, lin: Customer
) -> None:
    asked(house, referred, "2026-11-23 10:00:00")  # takes the file, and has the papers the same day
    handed_in(lin, referred, "2026-11-23 11:00:00")
    assert clocks() == [("referral", LAST_DAY, "running")]
    names = ["沈宁", "顾远", "方规"]
    for number, day in enumerate(("2026-12-09", "2026-12-10", "2026-12-11"), start=1):
        look_at(f"{day} 08:59:59")
        assert len(raised("referral")) == number - 1
        look_at(f"{day} 09:00:00")
        look_at(f"{day} 09:00:01")  # a round again raises nothing again
        assert raised("referral") == list(enumerate(names[:number], start=1))


def test_on_the_day_the_customer_hears_who_answers_and_by_when_and_no_illness(
    house: House, referred: DeclarationView, lin: Customer
) -> None:
    look_at("2026-12-11 09:00:00")
    [words] = told(lin.id)
    product = catalog.version(referred.version_id).name.zh
    for part in (product, "出具保单", "期限是 2026-12-11", "方规 负责", "12-11 18:00 前答复"):
        assert part in words
    body = notices.notices_of(lin.id)[0].body
    assert "Issue the policy" in body.en and "核保" not in words
    look_at("2026-12-14 09:00:00")
    assert len(told(lin.id)) == 1


def test_a_worker_that_was_down_raises_everything_once(house: House, referred: DeclarationView) -> None:
    look_at("2026-12-21 10:00:00")
    look_at("2026-12-21 10:01:00")
    assert [level for level, _ in raised("referral")] == [1, 2, 3]
    assert len(told(referred.account_id)) == 1


def test_it_stands_still_while_papers_are_with_the_customer(
    house: House, referred: DeclarationView, lin: Customer
) -> None:
    asked(house, referred, "2026-11-25 10:00:00")
    assert clocks() == [("referral", LAST_DAY, "standing")]
    look_at("2026-12-09 10:00:00")  # where the first level would have come
    assert raised("referral") == []
    handed_in(lin, referred, "2026-12-09 15:00:00")  # ten working days later
    assert clocks() == [("referral", "2026-12-25", "running")]
    look_at("2026-12-23 08:59:59")
    assert raised("referral") == []
    look_at("2026-12-23 09:00:00")
    assert raised("referral") == [(1, "沈宁")]


def test_an_offer_waits_for_the_customer_and_their_answer_ends_it_in_time(
    house: House, referred: DeclarationView, lin: Customer
) -> None:
    with clock.travel(at("2026-12-11 15:00:00")):
        underwriting.decide_referral(house.ning, referred.id, "load", "指标略高", loading_bp=3_000)
        deliver_events()
    assert clocks() == [("referral", LAST_DAY, "standing")]
    with clock.travel(at("2026-12-21 10:00:00")):
        offer = underwriting.own_referral_view(lin.id, referred.id).offer
        assert offer is not None
        underwriting.accept_offer(lin.id, referred.id, offer.id)
        deliver_events()
        assert clocks() == [("referral", "2026-12-21", "ended")]
        [issue, *_] = service_clocks.kept()
        assert (issue.due, issue.in_time) == (1, 1)


def test_a_decision_ends_it_and_nothing_is_raised_any_more(house: House, referred: DeclarationView) -> None:
    look_at("2026-12-09 09:00:00")
    with clock.travel(at("2026-12-09 15:00:00")):
        underwriting.decide_referral(house.ning, referred.id, "accept", "资料齐，标准承保")
        deliver_events()
    look_at("2026-12-20 09:00:00")
    assert clocks() == [("referral", LAST_DAY, "ended")]
    assert [level for level, _ in raised("referral")] == [1]
    assert told(referred.account_id) == []


def test_the_second_name_is_still_our_turn(house: House, referred: DeclarationView) -> None:
    with clock.travel(at("2026-12-09 15:00:00")):
        world.to_confirm(world.Desk(house.ning, house.gu, house.su), referred.id)
        deliver_events()
    assert clocks() == [("referral", LAST_DAY, "running")]


def test_what_a_customer_contests_has_a_clock_from_that_moment(house: House, lin: Customer) -> None:
    made = world.loaded(lin)
    deliver_events()
    assert clocks() == []
    with clock.travel(at("2026-11-25 10:00:00")):
        contest.request_review(lin.id, made.id, "指标是旧的")
        deliver_events()
    assert clocks() == [("referral", "2026-12-16", "running")]


def test_what_the_rules_decide_has_none(house: House, lin: Customer) -> None:
    sale.sold(sale.drafted(lin))
    deliver_events()
    look_at("2026-11-30 09:00:00")
    assert clocks() == []
    assert ServiceEscalation.objects.count() == 0


def test_told_twice_late_and_out_of_order_it_comes_to_the_same(
    house: House, referred: DeclarationView, lin: Customer
) -> None:
    with clock.travel(at("2026-11-25 10:00:00")):
        underwriting.ask_for_papers(house.ning, referred.id, {"health_report": world.WHY})
    with clock.travel(at("2026-11-30 10:00:00")):
        underwriting.hand_in(lin.id, referred.id, ["health_report"])
    with clock.travel(at("2026-12-01 10:00:00")):
        deliver_events()
        for _ in range(2):
            keep_service_clocks.referral_passed_on(outbox.Event(1, underwriting.PASSED_ON, str(referred.id), {}, 1))
    assert clocks() == [("referral", "2026-12-16", "running")]


def test_a_file_from_before_the_clocks_is_found_by_the_round(house: House, lin: Customer) -> None:
    made = world.referred(lin)  # and nobody hears of it
    assert clocks() == []
    look_at("2026-11-24 10:00:00")
    assert clocks() == [("referral", LAST_DAY, "running")]
    row = ServiceClock.objects.get()
    assert (row.subject_id, row.begun_at) == (made.id, underwriting.referral_turns(made.id).turns[0][0])


def test_the_last_of_a_team_of_one_is_raised_to_compliance_and_an_empty_house_to_nobody(lin: Customer) -> None:
    world.referred(lin)
    look_at("2026-12-11 09:00:00")
    assert raised("referral") == [(1, ""), (2, ""), (3, "")]
    [words] = told(lin.id)
    assert "保和合规 负责" in words


def test_a_clock_goes_forward_and_what_was_raised_is_never_rewritten(house: House, referred: DeclarationView) -> None:
    look_at("2026-12-11 09:00:00")
    for statement in (
        "UPDATE service_clocks_serviceescalation SET level = 1",
        "DELETE FROM service_clocks_serviceescalation",
        "DELETE FROM service_clocks_serviceclock",
        "UPDATE service_clocks_serviceclock SET begun_at = begun_at + interval '1 day'",
        "UPDATE service_clocks_serviceclock SET falls_at = falls_at - interval '1 day'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_operators_check_names_a_round_that_does_not_run(house: House, referred: DeclarationView) -> None:
    with clock.travel(at("2026-12-09 09:30:00")):
        assert service_clocks.problems() == []
    with clock.travel(at("2026-12-09 10:30:00") + timedelta(seconds=1)):
        assert service_clocks.problems() == ["1 service clocks should have been raised an hour ago"]
