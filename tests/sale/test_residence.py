"""Where the insured lives is a closed question of term life; living abroad goes to a person and declines nobody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from baohe.flows import underwrite
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.underwriting import facade as underwriting
from baohe.rooms.underwriting.models import Referral
from tests.sale import steps
from tests.sale.test_journey import Phone
from tests.sale.world import Customer

LIFE = "yunshan-term-life"
HEALTHY = {"severe": "no", "chronic": "none", "tobacco": "none", "declined": "no"}
ASKED = datetime(2026, 11, 25, 6, tzinfo=UTC)
"""The first day of the version that asks."""


@pytest.mark.rule("SALE-4")
def test_it_is_asked_from_the_first_day_of_its_version_with_its_reason(lin: Customer) -> None:
    path = f"products/{LIFE}/questions?person_id={lin.me.id}"
    phone = Phone(lin)
    assert "abroad" not in {question["id"] for question in phone.get(path)["questions"]}
    with clock.travel(ASKED):
        [asked] = [question for question in phone.get(path)["questions"] if question["id"] == "abroad"]
    assert "183 天" in asked["title"]["zh"] and asked["why"]["zh"] and asked["why"]["en"]
    assert [answer["value"] for answer in asked["answers"]] == ["no", "hmt", "abroad", "unsure"]


@pytest.mark.rule("SERV-9")
@pytest.mark.parametrize(
    ("answer", "outcome", "codes"),
    [
        ("no", "accept", []),
        ("hmt", "accept", []),
        ("abroad", "refer", ["lives_abroad"]),
        ("unsure", "refer", ["unsure_answer"]),
    ],
)
def test_living_abroad_goes_to_a_person(lin: Customer, answer: str, outcome: str, codes: list[str]) -> None:
    with clock.travel(ASKED):
        quote = steps.quoted(lin, product=LIFE)
        found = underwrite.declare(lin.id, quote.id, {**HEALTHY, "abroad": answer}, health_consent=True)
        assert found.outcome == outcome
        assert [reason.code for reason in found.decision.reasons if reason.code in codes] == codes
        assert Referral.objects.count() == (outcome == "refer")
        assert underwriting.replay(found.id) == found.decision


def test_the_version_before_never_asks(lin: Customer) -> None:
    ids = {version: {q.id for q in catalog.version(f"{LIFE}@{version}").questionnaire} for version in _VERSIONS}
    assert ids["2026-11-25"] - ids["2026-02-01"] == {"abroad"}


_VERSIONS = ("2026-02-01", "2026-11-25")
