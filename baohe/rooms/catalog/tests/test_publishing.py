"""What may be published (PUB-1, 5, 6, 7, SALE-4, SERV-9, DATA-8)."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from django.conf import settings

from baohe.rooms.catalog import facade
from baohe.rooms.catalog.errors import NotPublishable
from baohe.rooms.catalog.rules.package import Raw
from baohe.rooms.catalog.tests.conftest import read


def refused(raw: Raw) -> NotPublishable:
    with pytest.raises(NotPublishable) as refusal:
        facade.check_package(raw)
    return refusal.value


@pytest.mark.parametrize("code", ["haijia-medical-a", "songtao-accident", "yunshan-term-life", "yizhan-freight-return"])
def test_every_package_of_the_house_may_be_published(code: str) -> None:
    version = facade.check_package(read(code))

    assert version.product_code == code
    assert version.sample


@pytest.mark.rule("PUB-1")
@pytest.mark.parametrize(
    "field",
    [
        "clause_name",
        "filing_number",
        "name",
        "promise",
        "covered",
        "not_covered",
        "coverages",
        "plain_rules",
        "waiting_days",
        "cooling_off_days",
        "figures",
        "documents",
        "insurer",
    ],
)
def test_a_missing_field_is_named(raw: Raw, field: str) -> None:
    del raw["product"][field]

    refusal = refused(raw)

    assert refusal.facts["field"] == f"product.{field}"
    assert refusal.facts["rule"] == "PUB-1"


@pytest.mark.rule("PUB-1")
@pytest.mark.parametrize(
    "field", ["renewal", "fees", "surrender", "cash_value", "untrue_disclosure", "claim_process", "delivery"]
)
def test_a_missing_disclosure_is_named(raw: Raw, field: str) -> None:
    del raw["product"]["disclosure"][field]

    assert refused(raw).facts["field"] == f"product.disclosure.{field}"


@pytest.mark.rule("PUB-1")
@pytest.mark.parametrize("field", ["name", "complaint_phone", "service_phone", "licence"])
def test_a_missing_fact_of_the_insurer_is_named(raw: Raw, field: str) -> None:
    del raw["product"]["insurer"][field]

    assert refused(raw).facts["field"] == f"product.insurer.{field}"


@pytest.mark.rule("PUB-1")
def test_a_text_in_one_language_only_is_refused(raw: Raw) -> None:
    raw["product"]["promise"] = {"zh": "住院费用，医保报完再报。"}

    assert refused(raw).facts["field"] == "product.promise.en"


@pytest.mark.rule("PUB-5")
def test_an_exclusion_without_plain_words_is_refused(raw: Raw) -> None:
    raw["exclusions"] = [e for e in raw["exclusions"] if e["clause"] != "3.1(7)"]

    refusal = refused(raw)

    assert refusal.facts["rule"] == "PUB-5"
    assert "3.1(7)" in refusal.message_en


@pytest.mark.rule("PUB-5")
def test_each_exclusion_carries_the_wording_of_its_clause(raw: Raw) -> None:
    version = facade.check_package(raw)

    assert len(version.exclusions) == 14
    assert version.exclusions[3].wording == "特需医疗部、国际医疗部或贵宾病房发生的费用"
    assert all(section.exclusion == (section.number == "3.1") for section in version.clauses)


@pytest.mark.rule("PUB-6")
def test_an_internet_product_says_so_in_its_name(raw: Raw) -> None:
    raw["product"]["name"]["zh"] = "海岬健康百万医疗保险（A 款）"

    refusal = refused(raw)

    assert (refusal.facts["rule"], refusal.facts["field"]) == ("PUB-6", "product.name.zh")


@pytest.mark.rule("PUB-6")
@pytest.mark.parametrize(
    ("code", "field", "most"),
    [
        ("haijia-medical-a", "expense_first_year_bp", 3_500),
        ("yunshan-term-life", "expense_first_year_bp", 6_000),
        ("yunshan-term-life", "expense_average_bp", 2_500),
    ],
)
def test_expense_loadings_have_a_limit(code: str, field: str, most: int) -> None:
    raw = copy.deepcopy(read(code))
    raw["product"][field] = most
    facade.check_package(raw)
    raw["product"][field] = most + 1

    refusal = refused(raw)

    assert (refusal.facts["rule"], refusal.facts["field"]) == ("PUB-6", f"product.{field}")


@pytest.mark.rule("PUB-6")
def test_instalments_within_a_year_must_be_equal(raw: Raw) -> None:
    raw["formula"]["steps"][-1]["multiple_fen"] = 10

    assert refused(raw).facts["rule"] == "PUB-6"


@pytest.mark.rule("PUB-7")
def test_short_term_health_never_promises_automatic_renewal(raw: Raw) -> None:
    raw["product"]["promise"]["zh"] = "1 年期，到期自动续保。"

    assert refused(raw).facts["rule"] == "PUB-7"


@pytest.mark.rule("PUB-7")
def test_short_term_health_says_that_renewal_is_not_guaranteed(raw: Raw) -> None:
    raw["product"]["disclosure"]["renewal"]["zh"] = "期满可以重新投保。"

    assert refused(raw).facts["field"] == "product.disclosure.renewal.zh"


@pytest.mark.rule("PUB-7")
def test_the_waiting_period_of_health_cover_is_at_most_180_days(raw: Raw) -> None:
    raw["product"]["waiting_days"] = 180
    facade.check_package(raw)
    raw["product"]["waiting_days"] = 181

    assert refused(raw).facts["field"] == "product.waiting_days"


@pytest.mark.rule("SALE-4")
@pytest.mark.parametrize("title", ["你是否还有其他疾病或不适？", "是否有任何异常？", "以上未提及的情况有吗？"])
def test_a_catch_all_question_is_refused(raw: Raw, title: str) -> None:
    raw["questionnaire"]["questions"][0]["title"]["zh"] = title

    refusal = refused(raw)

    assert refusal.facts["rule"] == "SALE-4"
    assert refusal.facts["field"] == "questionnaire.questions[0]"


@pytest.mark.rule("SALE-4")
def test_a_follow_up_opens_from_an_earlier_answer_only(raw: Raw) -> None:
    raw["questionnaire"]["questions"][3]["asked_when"] = {"severe": ["yes"]}

    assert refused(raw).facts["field"] == "questionnaire.questions[3].asked_when.severe"


@pytest.mark.rule("SERV-9")
@pytest.mark.parametrize("outcome", ["refuse", "decline", "reject", "declined_by_person"])
def test_a_rule_that_refuses_cannot_be_published(raw: Raw, outcome: str) -> None:
    raw["underwriting"]["rules"][0]["outcome"] = outcome

    assert refused(raw).facts["rule"] == "SERV-9"


@pytest.mark.rule("DATA-8")
def test_genetic_data_cannot_price(raw: Raw) -> None:
    raw["formula"]["inputs"][1]["code"] = "genetic_risk"

    assert refused(raw).facts["rule"] == "DATA-8"


def test_an_unreadable_file_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "broken" / "2026-01-01"
    folder.mkdir(parents=True)
    (folder / "clauses.md").write_text("## 1 总则\n")
    (folder / "product.yaml").write_text("name: {zh: [\n")

    with pytest.raises(NotPublishable) as refusal:
        facade.read_package(folder)

    assert refusal.value.facts["field"] == "product.yaml"


def test_packages_contain_no_real_insurer() -> None:
    names = {
        read(p.parent.name)["product"]["insurer"]["name"]["zh"] for p in facade.packages_below(settings.BAOHE_PRODUCTS)
    }

    assert names <= {
        "澜江人寿保险股份有限公司",
        "青岑养老健康保险股份有限公司",
        "驰野财产保险股份有限公司",
        "穗禾财产保险股份有限公司",
        "海岬健康保险股份有限公司",
        "松涛财产保险股份有限公司",
        "云杉人寿保险股份有限公司",
        "驿站财产保险股份有限公司",
    }


@pytest.mark.rule("SERV-7")
@pytest.mark.parametrize(
    ("place", "wrong", "field"),
    [
        ("steps", {"op": "guess"}, "claims.events[0].steps[0].op"),
        ("steps", {"field": "tip"}, "claims.events[0].steps[0].field"),
        ("papers", {"kind": "photo"}, "claims.events[0].papers[0].kind"),
    ],
)
def test_a_claim_may_only_use_what_the_claims_room_can_do(raw: Raw, place: str, wrong: dict, field: str) -> None:
    raw["claims"]["events"][0][place][0].update(wrong)

    assert refused(raw).facts["field"] == field
