"""Cover of a thing says which thing: asked, checked, sealed, signed and printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from baohe.flows import deliver_policy, proposal_paper, wait_for_data
from baohe.flows.deliver_policy import policy_document
from baohe.kernel.decisions import Text
from baohe.plumbing import outbox
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import InsuredField
from baohe.rooms.parametric.models import Watch
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import ObjectLine, ProposalView
from baohe.rooms.policies.errors import InsuredObjectNeeded
from baohe.rooms.policies.models import Policy, Proposal
from tests.sale import steps
from tests.sale.basket_steps import ACCIDENT
from tests.sale.world import Customer

PLATE = InsuredField("plate", Text("车牌号", "Plate"), r"[京沪粤][A-Z][A-Z0-9]{5}", "京A12345", sealed=True)
FRAME = InsuredField("frame", Text("车架号后 6 位", "Frame"), r"[A-Z0-9]{6}", "A1B2C3", sealed=True)
ANSWERS = {"plate": " 京A12345 ", "frame": "A1B2C3"}


@pytest.fixture
def with_things(lin: Customer, monkeypatch: pytest.MonkeyPatch) -> Customer:
    real = catalog.version
    monkeypatch.setattr(catalog, "version", lambda id_: replace(real(id_), insured_object=(PLATE, FRAME)))
    return lin


def draft(customer: Customer, answers: dict[str, str]) -> ProposalView:
    quote = steps.quoted(customer, product=ACCIDENT)
    return policies.draft_proposal(customer.id, steps.decided(quote), customer.me, (), None, "single", answers)


def test_the_answers_go_from_the_proposal_to_the_paper_and_the_policy(with_things: Customer) -> None:
    proposal = draft(with_things, ANSWERS)
    assert proposal.insured_object == (ObjectLine("plate", "京A12345"), ObjectLine("frame", "A1B2C3"))
    paper = proposal_paper.proposal_document(proposal)
    assert paper.insured_object == (("车牌号", "京A12345"), ("车架号后 6 位", "A1B2C3"))
    assert any("京A12345" in line.zh for line in proposal_paper.lines(proposal))

    policy = steps.sold(proposal)
    assert policy.insured_object == proposal.insured_object
    assert policy_document(policy, catalog.version(policy.version_id)).insured_object == paper.insured_object


@pytest.mark.rule("DATA-4")
def test_the_answers_lie_sealed(with_things: Customer) -> None:
    steps.sold(draft(with_things, ANSWERS))
    for row in (Proposal.objects.values().get(), Policy.objects.values().get()):
        assert "京A12345" not in str(row)
        assert "京A12345".encode() not in bytes(row["parties_sealed"])


def test_another_thing_needs_another_signature(with_things: Customer) -> None:
    first, second = draft(with_things, ANSWERS), draft(with_things, {**ANSWERS, "plate": "沪B54321"})
    assert proposal_paper.document_digest(first) != proposal_paper.document_digest(second)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({}, "insured_object.plate"),
        ({"plate": "京A12345"}, "insured_object.frame"),
        ({**ANSWERS, "plate": "京a12345"}, "insured_object.plate"),
        ({**ANSWERS, "plate": "京A12345京A12345"}, "insured_object.plate"),
        ({**ANSWERS, "frame": "A1B2C3\n"}, None),
        ({**ANSWERS, "frame": "x" * 5_000}, "insured_object.frame"),
        ({**ANSWERS, "colour": "red"}, "insured_object.colour"),
    ],
)
def test_a_wrong_answer_names_its_field_and_nothing_is_written(
    with_things: Customer, answers: dict[str, str], field: str | None
) -> None:
    if field is None:  # blanks around an answer are not part of it
        assert draft(with_things, answers).insured_object[1].value == "A1B2C3"
        return
    with pytest.raises(InsuredObjectNeeded) as refusal:
        draft(with_things, answers)
    assert refusal.value.facts["field"] == field
    assert Proposal.objects.count() == 0


def test_a_product_without_things_asks_for_none(lin: Customer) -> None:
    assert draft(lin, {}).insured_object == ()
    with pytest.raises(InsuredObjectNeeded):
        draft(lin, {"plate": "京A12345"})


def test_a_sensor_named_at_the_sale_is_waited_for_on_each_covered_day(lin: Customer) -> None:
    quote = steps.quoted(lin, product="suihe-water-leak", valve="no", benefit="1000", days="7")
    answers = {"device": "SH-2026-00183A"}
    draft_ = policies.draft_proposal(lin.id, steps.decided(quote), lin.me, (), None, "single", answers)
    policy = steps.sold(draft_)
    issued = OutboxEvent.objects.get(topic=deliver_policy.EVENT)
    wait_for_data.policy_issued(outbox.Event(issued.id, issued.topic, issued.subject, issued.payload, 1))
    waited = Watch.objects.filter(policy_id=policy.id).order_by("observation__day")
    days = [policy.start + timedelta(days=number) for number in range(7)]
    assert list(waited.values_list("observation__subject", flat=True)) == [f"SH-2026-00183A/{day}" for day in days]
