"""Underwriting through the doors: everything a person has counts, every decision replays, a person is a button away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from baohe.flows import contest, endorse, review, underwrite
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.people import facade as people
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.errors import DecisionNeeded, StepsMissing
from baohe.rooms.quoting.models import Quote
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting import population, rule_sets
from baohe.rooms.underwriting.contracts import DeclarationView, RulePage, RuleRow
from baohe.rooms.underwriting.errors import (
    CasesFail,
    DeclaredElsewhere,
    NotAnUnderwriter,
    ReviewNotPossible,
    RuleDraftMoved,
    RuleSetRefused,
    SecondPersonNeeded,
)
from baohe.rooms.underwriting.models import AnswerDraft, Declaration, Referral, RuleDraft, RuleSet
from baohe.rooms.underwriting.rules.engine import compiled
from tests.sale import steps, world
from tests.sale.test_journey import Phone
from tests.sale.test_settle import in_parallel
from tests.sale.world import Customer
from tests.shelf import put_on_sale

ILLNESS, LIFE, ACCIDENT = "qingcen-critical-illness", "yunshan-term-life", "songtao-accident"
HEALTHY = {
    "height": "168",
    "weight": "60",
    "income": "30",
    "severe": "no",
    "chronic": "none",
    "nodule": "none",
    "family": "no",
    "tobacco": "none",
    "pregnancy": "no",
}
LIFE_ANSWERS = {"severe": "no", "chronic": "none", "tobacco": "none", "declined": "no"}


@pytest.fixture
def phone(lin: Customer) -> Phone:
    return Phone(lin)


def told(customer: Customer, insured: PersonView | None = None, **changes: str) -> DeclarationView:
    quote = steps.quoted(customer, insured, ILLNESS)
    return underwrite.declare(customer.id, quote.id, {**HEALTHY, **changes}, health_consent=True)


def codes(found: DeclarationView) -> list[str]:
    return [reason.code for reason in found.reasons]


def rows_fired(found: DeclarationView) -> dict[str, str]:
    return {hit["table"]: hit["row"] for hit in found.decision.detail["fired"]}


@pytest.mark.parametrize(
    ("changes", "outcome", "loading_bp", "reason"),
    [
        ({}, "accept", 0, "answers_clean"),
        ({"weight": "84"}, "accept", 0, "answers_clean"),  # BMI 29.8
        ({"weight": "85"}, "load", 2_500, "bmi_raised"),  # 30.1
        ({"weight": "85", "tobacco": "under20"}, "load", 5_000, "smoker_and_bmi"),
        ({"weight": "100"}, "load", 5_000, "bmi_high"),
        ({"weight": "113"}, "refer", 0, "bmi_very_high"),
        ({"weight": "45"}, "postpone", 0, "bmi_very_low"),
        ({"income": "2"}, "refer", 0, "critical_over_income"),  # 30 万 over 2 万 a year
        ({"income": "0"}, "accept", 0, "answers_clean"),  # a child, a homemaker: no income is no multiple
        ({"chronic": "unsure"}, "refer", 0, "unsure_answer"),
    ],
)
@pytest.mark.rule("DATA-3")
def test_build_and_income_decide(
    lin: Customer, changes: dict[str, str], outcome: str, loading_bp: int, reason: str
) -> None:
    found = told(lin, **changes)
    assert (found.outcome, found.loading_bp) == (outcome, loading_bp)
    assert reason in codes(found)
    assert underwriting.replay(found.id) == found.decision
    assert all(line.said.zh and line.said.en for line in underwriting.explain(found.id))


@pytest.mark.rule("DATA-3")
def test_postponed_says_until_when_and_why(lin: Customer, phone: Phone) -> None:
    found = told(lin, weight="45")
    seen = phone.get(f"declarations/{found.id}")
    assert (seen["outcome"], seen["postponed_until"], seen["may_review"]) == ("postpone", "2027-05-21", True)
    assert "半年" in seen["reasons"][0]["text"]["zh"]
    with pytest.raises(DecisionNeeded):
        policies.draft_proposal(lin.id, found, lin.me, (), None, "single")


def test_a_decision_replays_years_later_under_its_own_rules(lin: Customer) -> None:
    found = told(lin, weight="85")
    before = underwriting.replay(found.id)
    with clock.travel(world.NOW + timedelta(days=3_000)):
        release(changed_build("3000"))
        assert underwriting.replay(found.id) == before == found.decision
    assert rows_fired(found)["build"] == "raised"
    assert "30.0–34.9" in str(underwriting.explain(found.id)[0].conditions)


def test_what_the_rules_saw_lies_sealed(lin: Customer) -> None:
    told(lin, weight="85")
    row = Declaration.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT underwriting_declaration::text FROM underwriting_declaration")
        plain = cursor.fetchone()[0]
    assert row.seen_sealed is not None
    assert "bmi_tenths" not in plain and "income_fen" not in plain
    with pytest.raises(DatabaseError), transaction.atomic():
        Declaration.objects.update(rule_set=None)


def test_an_answer_outside_its_range_is_named_and_nothing_is_stored(lin: Customer) -> None:
    for value in ("", "39", "231", "1.7", "-170", "一百七", "99999999"):
        with pytest.raises(InvalidInput) as refused:
            told(lin, height=value)
        assert refused.value.facts["field"] == "answers.height"
    assert Declaration.objects.count() == 0


def test_what_another_account_holds_of_the_same_person_counts(lin: Customer) -> None:
    husband = world.customer("13900000002", birth=date(1990, 6, 1))
    same = world.relative(lin.id, "周远", "spouse", date(1990, 6, 1), order=4)
    for _ in range(3):
        sold = steps.drafted(husband, product=ILLNESS, inputs={"sum_insured": "500000"}, instalment="yearly")
        steps.sold(sold, "yearly")
    found = told(lin, same, income="300", pregnancy="no")
    assert (found.outcome, codes(found)) == ("refer", ["over_retention"])  # 180 万 with an insurer that keeps 100 万
    assert told(lin, income="300").outcome == "accept"  # lin herself has nothing


def test_a_payment_on_its_way_counts_and_a_left_policy_does_not(lin: Customer) -> None:
    inputs = {"sum_insured": "500000"}
    steps.locked(steps.signed(steps.drafted(lin, product=ILLNESS, inputs=inputs, instalment="yearly")), "yearly")
    second = steps.sold(steps.drafted(lin, product=ILLNESS, inputs=inputs, instalment="yearly"), "yearly")
    assert codes(told(lin)) == ["over_retention"]
    policies.cancel(lin.id, second.id, second.paid_fen)
    assert told(lin).outcome == "accept"


def test_a_lowered_sum_counts_as_it_is_now(lin: Customer) -> None:
    high = {"sum_insured": "1000000", "plan": "with_medical"}
    policy = steps.sold(steps.drafted(lin, product=ACCIDENT, inputs=high))
    with clock.travel(world.NOW + timedelta(days=100)):
        assert [item.sum_insured_fen for item in policies.covers_of(lin.id, lin.me.id)] == [100_000_000]
        chosen = next(one for one in endorse.lower_choices(lin.id, policy.id) if one.value == "300000")
        endorse.reduce_cover(lin.id, policy.id, "300000", chosen.refund_fen, "lower-once-0001")
    with clock.travel(world.NOW + timedelta(days=102)):
        assert [item.sum_insured_fen for item in policies.covers_of(lin.id, lin.me.id)] == [30_000_000]


def test_the_third_medical_policy_is_told_and_the_fourth_goes_to_a_person(lin: Customer) -> None:
    answers = {"advised": "no", "stayed": "no", "chronic": "none", "nodule": "none", "severe": "no", "pregnancy": "no"}
    outcomes = []
    for _ in range(4):
        quote = steps.quoted(lin)
        found = underwrite.declare(lin.id, quote.id, answers, health_consent=True)
        outcomes.append((found.outcome, codes(found)))
        steps.sold(steps.drafted(lin))
    again = ("accept", ["indemnity_again"])
    assert outcomes == [("accept", ["answers_clean"]), again, again, ("refer", ["indemnity_many"])]


@pytest.mark.rule("SALE-12")
def test_a_childs_cap_is_seen_before_anything_is_filled_in(lin: Customer) -> None:
    child = world.relative(lin.id, "林小满", "child", date(2017, 1, 5), order=44)
    inputs = {"sum_insured": "100000", "plan": "basic"}
    answers = {"duties": "none", "sports": "none"}
    for outcome in ("accept", "accept", "refer"):
        quote = steps.quoted(lin, child, ACCIDENT, **inputs)
        found = underwrite.declare(lin.id, quote.id, answers, health_consent=False)
        assert found.outcome == outcome
        if outcome == "accept":
            steps.sold(steps.drafted(lin, child, ACCIDENT, inputs=inputs))
    assert codes(found) == ["minor_over_cap"]


@pytest.mark.parametrize(("risk_class", "outcome"), [(1, "accept"), (5, "load"), (9, "refer")])
def test_an_occupation_outside_the_classes_goes_to_a_person(lin: Customer, risk_class: int, outcome: str) -> None:
    work = next(item for item in catalog.occupations(clock.today(), limit=100) if item.risk_class == risk_class)
    me = replace(lin.me, occupation_code=work.code)
    quote = steps.quoted(lin, product=LIFE)
    found = underwriting.declare(
        lin.id, quote, me, LIFE_ANSWERS, held=underwrite.held_by(quote, lin.me), health_consent=True
    )
    assert (found.outcome, found.occupation_edition) == (outcome, "2024")


# --- a person on request (DATA-3)

WHY = "近两年体检都正常"


@pytest.mark.rule("DATA-3")
def test_a_loading_is_reviewed_by_a_person_on_request(lin: Customer, phone: Phone) -> None:
    found = told(lin, weight="85")
    why = {"reason": "近两年体检都正常"}
    assert phone.post(f"declarations/{found.id}/review", why)["state"] == "open"
    seen = phone.get(f"declarations/{found.id}")
    assert (seen["outcome"], seen["may_review"]) == ("load", False)  # the terms of the rules stay until the answer
    assert seen["referral"]["handler"]
    assert phone.post(f"declarations/{found.id}/review", why, status=409)["code"] == "review_not_possible"
    assert Referral.objects.get().cause == "customer"
    staff = people.create_staff("shen", "沈宁", ("underwriter",), "a-long-enough-phrase").id
    underwriting.decide_referral(staff, found.id, "accept", "近两年体检正常")
    after = phone.get(f"declarations/{found.id}")
    assert (after["outcome"], after["loading_bp"]) == ("accept", 0)
    with pytest.raises(ReviewNotPossible):
        contest.request_review(lin.id, found.id, WHY)


@pytest.mark.rule("DATA-3")
def test_standard_terms_leave_nothing_to_review_and_strangers_find_nothing(lin: Customer) -> None:
    with pytest.raises(ReviewNotPossible):
        contest.request_review(lin.id, told(lin).id, WHY)
    stranger = world.customer("13900000002")
    with pytest.raises(NotFound):
        contest.request_review(stranger.id, told(lin, weight="85").id, WHY)
    assert Referral.objects.count() == 0


@pytest.mark.rule("DATA-3")
def test_nothing_is_signed_or_paid_while_a_person_looks(lin: Customer) -> None:
    found = told(lin, weight="85")
    proposal = policies.draft_proposal(lin.id, found, lin.me, (), None, "yearly")
    contest.request_review(lin.id, found.id, WHY)
    with pytest.raises(StepsMissing) as refused:
        steps.signed(proposal)
    assert refused.value.facts["codes"] == ["underwriting_review"]
    staff = people.create_staff("shen", "沈宁", ("underwriter",), "a-long-enough-phrase").id
    underwriting.decide_referral(staff, found.id, "accept", "近两年体检正常")
    [need] = review.needs(proposal)
    assert (need.code, need.done) == ("underwriting_review", False)  # the draft still has the loading
    decided = underwriting.declaration(lin.id, found.id)
    with clock.travel(world.NOW + timedelta(days=1)):  # the quote has run out; a person's word outlives it
        better = policies.draft_proposal(lin.id, decided, lin.me, (), None, "yearly")
    assert better.premium_fen < proposal.premium_fen
    assert [need.done for need in review.needs(better)] == [True]


@pytest.mark.rule("DATA-3")
def test_what_is_being_paid_cannot_be_reviewed_any_more(lin: Customer) -> None:
    found = told(lin, weight="85")
    steps.locked(steps.signed(policies.draft_proposal(lin.id, found, lin.me, (), None, "yearly")), "yearly")
    with pytest.raises(ReviewNotPossible):
        contest.request_review(lin.id, found.id, WHY)
    assert Referral.objects.count() == 0


@pytest.mark.rule("DATA-3")
def test_a_person_may_keep_a_postponement_and_make_none(lin: Customer) -> None:
    staff = people.create_staff("shen", "沈宁", ("underwriter",), "a-long-enough-phrase").id
    postponed, loaded = told(lin, weight="45"), told(lin, weight="85")
    for found in (postponed, loaded):
        contest.request_review(lin.id, found.id, WHY)
    with pytest.raises(InvalidInput):
        underwriting.decide_referral(staff, loaded.id, "postpone", "再等等")
    assert underwriting.declaration(lin.id, loaded.id).referral_state == "open"
    kept = underwriting.decide_referral(staff, postponed.id, "postpone", "体重恢复后再来")
    assert (kept.outcome, kept.postponed_until, kept.referral_state) == ("postpone", date(2027, 5, 21), "decided")


# --- answers on their way


def test_another_device_goes_on_where_this_one_stopped(lin: Customer, phone: Phone) -> None:
    quote = steps.quoted(lin, product=ILLNESS)
    path = f"quotes/{quote.id}/answers"
    some = {"height": "168", "severe": "no"}
    kept = phone.put(path, {"answers": some, "revision": 0, "health_consent": True})
    assert kept["revision"] == 1
    other = Phone(lin)
    assert other.get(path)["answers"] == some
    assert b"168" not in bytes(AnswerDraft.objects.get().answers_sealed or b"")
    # when both go on, the first wins and the other is told; nothing it saved is overwritten
    other.put(path, {"answers": {**some, "weight": "60"}, "revision": 1, "health_consent": True})
    refused = phone.put(path, {"answers": {**some, "weight": "99"}, "revision": 1, "health_consent": True}, status=409)
    assert refused["code"] == "answers_moved"
    assert phone.get(path)["answers"]["weight"] == "60"


def test_of_two_devices_that_finish_one_is_first_and_the_other_is_told(lin: Customer, phone: Phone) -> None:
    quote = steps.quoted(lin, product=ILLNESS)
    kept = phone.put(f"quotes/{quote.id}/answers", {"answers": HEALTHY, "revision": 0, "health_consent": True})
    body = {"quote_id": str(quote.id), "answers": HEALTHY, "health_consent": True, "draft_revision": kept["revision"]}
    first = phone.post("declarations", body)
    refused = Phone(lin).post("declarations", body, status=409)
    assert (refused["code"], refused["declaration_id"]) == ("declared_elsewhere", first["id"])
    assert Declaration.objects.count() == 1
    after = phone.get(f"quotes/{quote.id}/answers")
    assert (after["answers"], after["declaration_id"]) == ({}, first["id"])


@pytest.mark.django_db(transaction=True)
def test_two_devices_finishing_in_the_same_instant_make_one_declaration(now: None) -> None:
    put_on_sale()
    lin = world.customer()
    quote = steps.quoted(lin, product=ILLNESS)
    person, version = lin.me, catalog.version(quote.version_id)
    underwriting.keep_answers(person, version, HEALTHY, 0, health_consent=True)

    def finish() -> str:
        try:
            underwrite.declare(lin.id, quote.id, HEALTHY, health_consent=True, draft_revision=1)
        except DeclaredElsewhere:
            return "told"
        return "declared"

    assert sorted(in_parallel(4, finish)) == ["declared", "told", "told", "told"]
    assert Declaration.objects.count() == 1


def test_expired_answers_are_erased_and_said_so(lin: Customer, phone: Phone) -> None:
    quote = steps.quoted(lin, product=ILLNESS)
    phone.put(f"quotes/{quote.id}/answers", {"answers": {"height": "168"}, "revision": 0, "health_consent": True})
    with clock.travel(world.NOW + timedelta(days=7, minutes=5)):
        fresh = steps.quoted(lin, product=ILLNESS)
        seen = phone.get(f"quotes/{fresh.id}/answers")
        assert (seen["answers"], seen["expired"]) == ({}, True)
        body = {"quote_id": str(fresh.id), "answers": HEALTHY, "health_consent": True, "draft_revision": 1}
        assert phone.post("declarations", body, status=410)["code"] == "answers_expired"
        assert underwriting.forget_answers() == 1
        assert AnswerDraft.objects.get().answers_sealed is None
        again = phone.put(f"quotes/{fresh.id}/answers", {"answers": HEALTHY, "revision": 1, "health_consent": True})
        assert phone.post("declarations", {**body, "draft_revision": again["revision"]})["outcome"] == "accept"


@pytest.mark.rule("DATA-1")
def test_no_health_answer_is_kept_without_consent(lin: Customer, phone: Phone) -> None:
    quote = steps.quoted(lin, product=ILLNESS)
    body = {"answers": {"severe": "no"}, "revision": 0, "health_consent": False}
    assert phone.put(f"quotes/{quote.id}/answers", body, status=422)["code"] == "health_consent_missing"
    wrong = {"answers": {"severe": "maybe"}, "revision": 0, "health_consent": True}
    phone.put(f"quotes/{quote.id}/answers", wrong, status=422)
    assert AnswerDraft.objects.count() == 0
    Phone(world.customer("13900000002")).get(f"quotes/{quote.id}/answers", status=404)
    assert Quote.objects.count() == 1


# --- writing rules


def underwriters() -> tuple[UUID, UUID]:
    return tuple(  # type: ignore[return-value]  # two of them
        people.create_staff(name, name, ("underwriter",), "a-long-enough-phrase").id for name in ("ning", "yuan")
    )


def draft_of(author: UUID) -> RulePage:
    [shipped] = [line for line in underwriting.rule_sets() if line.shipped]
    return underwriting.rule_draft(underwriting.start_rules(author, shipped.id, "*", "通用核保规则"))


def changed_build(loading_bp: str) -> tuple[UUID, UUID, RulePage]:
    """A draft whose raised BMI costs `loading_bp`, with the cases that then come out."""
    author, second = underwriters()
    draft = draft_of(author)
    build = next(table for table in draft.tables if table.id == "build")
    rows = [replace(r, says={**r.says, "loading_bp": loading_bp}) if r.id == "raised" else r for r in build.rows]
    underwriting.save_table(author, draft.id, draft.revision, "build", rows)
    draft = underwriting.rule_draft(draft.id)
    cases = [replace(c, loading_bp=c.got_loading_bp or 0) for c in draft.cases]
    underwriting.save_cases(author, draft.id, draft.revision, cases)
    return author, second, underwriting.rule_draft(draft.id)


def release(made: tuple[UUID, UUID, RulePage]) -> UUID:
    author, second, draft = made
    underwriting.submit_rules(author, draft.id, draft.revision, clock.today(), "BMI 加费按今年的经验调整")
    return underwriting.release_rules(second, draft.id)


def test_a_released_set_decides_from_its_first_day(lin: Customer) -> None:
    author, second, draft = changed_build("3000")
    tomorrow = clock.today() + timedelta(days=1)
    underwriting.submit_rules(author, draft.id, draft.revision, tomorrow, "BMI 加费上调")
    underwriting.release_rules(second, draft.id)
    assert told(lin, weight="85").loading_bp == 2_500
    with clock.travel(world.NOW + timedelta(days=1)):
        later = told(lin, weight="85")
        assert (later.loading_bp, later.decision.rule_version[-3:]) == (3_000, "*/2")
        assert underwriting.replay(later.id) == later.decision
    assert RuleDraft.objects.count() == 0


def test_the_maker_does_not_release_and_the_database_says_so_too(lin: Customer) -> None:
    author, _, draft = changed_build("3000")
    underwriting.submit_rules(author, draft.id, draft.revision, clock.today(), "调整")
    with pytest.raises(SecondPersonNeeded):
        underwriting.release_rules(author, draft.id)
    assert RuleSet.objects.count() == 1
    row = RuleSet.objects.get()
    row.id, row.number, row.shipped, row.author_id, row.released_by_id = clock.new_id(), 9, False, author, author
    with pytest.raises(IntegrityError, match="rule_set_maker_is_not_checker"), transaction.atomic():
        row.save(force_insert=True)
    with pytest.raises(DatabaseError), transaction.atomic():
        RuleSet.objects.update(name="x")


def test_a_submitted_draft_is_frozen_until_it_is_given_back(lin: Customer) -> None:
    author, second, draft = changed_build("3000")
    underwriting.submit_rules(author, draft.id, draft.revision, clock.today(), "调整")
    now = underwriting.rule_draft(draft.id)
    with pytest.raises(RuleDraftMoved):
        underwriting.save_table(author, draft.id, now.revision, "build", now.tables[1].rows)
    underwriting.return_rules(second, draft.id)
    now = underwriting.rule_draft(draft.id)
    with pytest.raises(RuleDraftMoved):  # an older window
        underwriting.save_table(author, draft.id, now.revision - 1, "build", now.tables[1].rows)
    with pytest.raises(RuleDraftMoved):
        underwriting.release_rules(second, draft.id)
    assert RuleSet.objects.count() == 1


@pytest.mark.rule("SERV-9")
@pytest.mark.rule("DATA-8")
def test_what_can_never_be_released_is_not_even_kept(lin: Customer) -> None:
    author, _ = underwriters()
    draft = draft_of(author)
    minors = next(table for table in draft.tables if table.id == "minors")
    for said in ({"outcome": "decline"}, {"reason_zh": "基因检测异常"}):
        rows = [replace(row, says={**row.says, **said}) if row.id == "over" else row for row in minors.rows]
        with pytest.raises(RuleSetRefused):
            underwriting.save_table(author, draft.id, draft.revision, "minors", rows)
    assert underwriting.rule_draft(draft.id) == draft


def test_a_hole_may_be_written_but_not_submitted(lin: Customer) -> None:
    author, _ = underwriters()
    draft = draft_of(author)
    minors = next(table for table in draft.tables if table.id == "minors")
    underwriting.save_table(author, draft.id, draft.revision, "minors", minors.rows[:1])
    draft = underwriting.rule_draft(draft.id)
    assert [(place, code) for place, code, _ in draft.faults] == [("minors", "hole")]
    with pytest.raises(RuleSetRefused):
        underwriting.submit_rules(author, draft.id, draft.revision, clock.today(), "调整")
    new = RuleRow("", {"minor_over_cap": '"yes"'}, {**minors.rows[1].says})
    underwriting.save_table(author, draft.id, draft.revision, "minors", [*minors.rows[:1], new])
    assert underwriting.rule_draft(draft.id).faults == ()


def test_a_case_that_does_not_come_out_holds_up_the_draft(lin: Customer) -> None:
    author, second, draft = changed_build("3000")
    cases = [replace(draft.cases[0], outcome="refer"), *draft.cases[1:]]
    underwriting.save_cases(author, draft.id, draft.revision, cases)
    draft = underwriting.rule_draft(draft.id)
    with pytest.raises(CasesFail) as refused:
        underwriting.submit_rules(author, draft.id, draft.revision, clock.today(), "调整")
    assert refused.value.facts["count"] == 1
    with pytest.raises(NotAnUnderwriter):
        underwriting.start_rules(
            people.create_staff("li", "李", ("auditor",), "a-long-enough-phrase").id, second, "*", "x"
        )


def test_exported_and_imported_a_set_stays_the_same(lin: Customer) -> None:
    author, _ = underwriters()
    draft = draft_of(author)
    underwriting.import_rules(author, draft.id, draft.revision, draft.content)
    assert underwriting.rule_draft(draft.id).content == draft.content
    with pytest.raises(RuleSetRefused):
        underwriting.import_rules(author, draft.id, draft.revision + 1, '{"nodes": []}')


def test_what_a_draft_would_change_is_counted_on_the_sample(lin: Customer) -> None:
    _, _, draft = changed_build("3000")
    found = underwriting.simulate_rules(draft.id)
    assert found.straight_before_bp == found.straight_after_bp
    assert {(change.before, change.after) for change in found.changes} >= {("load +25%", "load +30%")}


def test_simple_products_are_decided_without_a_person(lin: Customer) -> None:
    versions = [version for version in population.on_shelf(clock.today()) if population.simple(version)]
    rules = compiled(rule_sets.in_force("", "", clock.today()).content)
    assert population.share(versions, rules, 9_000, 11, clock.today()).straight_bp >= 9_900
    few = population.share(versions, rules, 900, 11, clock.today())
    assert few == population.share(versions, rules, 900, 11, clock.today())
