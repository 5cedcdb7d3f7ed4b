"""Costs reimbursed twice (SALE-7): by policies here and elsewhere, told as little as possible, and in one basket."""

from __future__ import annotations

from datetime import date

import pytest

from baohe.flows import basket, suitable
from baohe.kernel.errors import NotFound
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.payments.models import PaymentIntent
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.people.models import ReadLog
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView, ProposalView
from baohe.rooms.policies.errors import StepsMissing
from baohe.rooms.policies.models import ProposalSignature
from tests.sale import basket_steps as does
from tests.sale import steps, world
from tests.sale.suitability_steps import statement, waiting
from tests.sale.test_journey import Phone
from tests.sale.world import Customer

BORN = date(1990, 6, 1)
HIS_NUMBER = 51


def lines(proposal: ProposalView) -> list[str]:
    """The page as it is shown: every Chinese line of it, none when there is no such page."""
    statements = suitable.picture_of(proposal).statements
    return [line.zh for one in statements if one.code == "duplicate" for line in one.lines]


def him(customer: Customer, name: str = "周远", relation: str = "spouse", order: int = HIS_NUMBER) -> PersonView:
    return world.relative(customer.id, name, relation, BORN, order)


@pytest.fixture
def his_own(lin: Customer) -> PolicyView:
    """Medical cover that the husband bought under his own account."""
    his = world.customer("13900000061", date(1980, 1, 1))
    return steps.sold(steps.drafted(his, him(his, relation="parent")))


@pytest.mark.rule("SALE-7")
def test_a_policy_elsewhere_is_told_by_kind_and_last_day_alone(lin: Customer, his_own: PolicyView) -> None:
    proposal = steps.confirmed(steps.drafted(lin, him(lin)))
    assert waiting(proposal) == ["duplicate"]
    said = lines(proposal)
    assert said[1] == "别处投保的一份医疗险，保到 2027-11-22"
    everything = "".join(said)
    assert his_own.number not in everything
    assert everything.count(catalog.version(his_own.version_id).name.zh) == 1  # what she buys herself
    with pytest.raises(StepsMissing):
        steps.signed_alone(proposal)
    assert ProposalSignature.objects.filter(proposal_id=proposal.id).count() == 0
    assert steps.signed(proposal).state == "signed"


@pytest.mark.rule("SALE-7")
@pytest.mark.parametrize(
    ("name", "relation", "order"),
    [
        ("周近", "spouse", HIS_NUMBER),  # his number under another name: a guess
        ("周远", "other", HIS_NUMBER),  # nobody of the family
        ("周远", "spouse", HIS_NUMBER + 2),  # his name with another number
    ],
)
def test_who_probes_for_a_stranger_learns_nothing(
    lin: Customer, his_own: PolicyView, name: str, relation: str, order: int
) -> None:
    proposal = steps.drafted(lin, him(lin, name, relation, order))
    assert (lines(proposal), waiting(proposal)) == ([], [])


@pytest.mark.rule("SALE-7")
def test_nothing_is_told_outside_a_proposal_of_ones_own(lin: Customer, his_own: PolicyView) -> None:
    husband = him(lin)
    mine = steps.drafted(lin, husband)
    with pytest.raises(NotFound):
        policies.covers_elsewhere(his_own.account_id, mine.id)
    # the basket says no word of it
    does.put_in(lin, husband)
    [entry] = basket.entries(lin.id)
    assert entry.same_costs_as == ()


@pytest.mark.rule("DATA-5")
def test_looking_again_opens_no_identity_number(lin: Customer, his_own: PolicyView) -> None:
    proposal = steps.drafted(lin, him(lin))
    before = ReadLog.objects.count()
    for _ in range(3):
        lines(proposal)
    assert ReadLog.objects.count() == before


@pytest.mark.rule("SALE-7")
def test_two_of_one_kind_for_one_person_in_a_basket_are_flagged_before_declaring(lin: Customer) -> None:
    phone = Phone(lin)
    husband = does.husband(lin)
    for insured, product in ((lin.me, steps.MEDICAL), (lin.me, steps.MEDICAL), (husband, steps.MEDICAL)):
        does.put_in(lin, insured, product)
    does.put_in(lin, lin.me, does.ACCIDENT)
    first, second, his, accident = basket.entries(lin.id)
    assert [entry.state for entry in (first, second, his, accident)] == ["to_declare"] * 4
    assert (first.same_costs_as, second.same_costs_as) == ((second.item.id,), (first.item.id,))
    assert (his.same_costs_as, accident.same_costs_as) == ((), ())
    shown = [item for person in phone.get("basket")["people"] for item in person["items"]]
    told = {item["id"]: [name["zh"] for name in item["same_costs_as"]] for item in shown}
    assert told[str(first.item.id)] == [second.version.name.zh]
    assert told[str(his.item.id)] == []
    # one is taken out: the flag goes
    basket.remove(lin.id, first.item.id)
    assert [entry.same_costs_as for entry in basket.entries(lin.id)] == [(), (), ()]


@pytest.mark.rule("SALE-7")
def test_the_second_of_a_basket_is_acknowledged_before_it_is_signed(lin: Customer) -> None:
    items = [does.put_in(lin), does.put_in(lin)]
    first, second = (
        steps.confirmed(does.draft_of(lin, entry)) for entry in basket.entries(lin.id) if entry.item in items
    )
    assert (waiting(first), waiting(second)) == ([], ["duplicate"])
    assert lines(second)[1].endswith("也在你的投保篮里")
    with pytest.raises(StepsMissing) as refused:
        steps.signed_alone(second)
    assert refused.value.facts["codes"] == ["duplicate"]
    assert ProposalSignature.objects.count() == 0
    # acknowledged, both are bought with one payment
    chosen = [does.Chosen(item, steps.signed(one)) for item, one in zip(items, (first, second), strict=True)]
    assert len(does.bought(lin, chosen)) == 2


@pytest.mark.rule("SALE-7")
def test_taking_the_first_out_of_the_basket_leaves_nothing_to_acknowledge(lin: Customer) -> None:
    items = [does.put_in(lin), does.put_in(lin)]
    second = does.draft_of(lin, basket.entries(lin.id)[1])
    assert waiting(second) == ["duplicate"]
    basket.remove(lin.id, items[0].id)
    assert waiting(second) == []


@pytest.mark.rule("SALE-7")
def test_a_second_policy_that_reimburses_is_shown_with_the_first_and_acknowledged(lin: Customer) -> None:
    # given a medical policy in force
    held = steps.sold(steps.drafted(lin))
    # when a second one is drafted, then it waits for its own page that names both
    proposal = steps.confirmed(steps.drafted(lin))
    assert waiting(proposal) == ["duplicate"]
    with pytest.raises(StepsMissing):
        steps.signed_alone(proposal)
    picture = suitable.picture_of(proposal)
    shown = statement(picture, "duplicate")
    assert held.number in "".join(line.zh for line in shown.lines)
    # when it is acknowledged, then nothing else stands against it
    suitable.state(lin.id, proposal.id, "duplicate", shown.digest)
    assert steps.signed_alone(proposal).state == "signed"


@pytest.mark.rule("SALE-7")
def test_another_person_and_another_account_have_no_duplicate(lin: Customer) -> None:
    steps.sold(steps.drafted(lin))
    mother = world.relative(lin.id, "周敏", "parent", date(1975, 7, 9), order=68)
    assert waiting(steps.drafted(lin, mother)) == []
    other = world.customer("13800000003")
    assert waiting(steps.drafted(other)) == []


@pytest.mark.rule("SALE-7")
def test_a_policy_that_was_left_is_no_duplicate(lin: Customer) -> None:
    from baohe.flows.cancel import cancel_policy, leaving_today

    held = steps.sold(steps.drafted(lin))
    cancel_policy(lin.id, held.id, leaving_today(lin.id, held.id).refund_fen, "k")
    assert waiting(steps.drafted(lin)) == []


@pytest.mark.rule("SALE-7")
def test_a_policy_bought_meanwhile_holds_up_the_payment(lin: Customer) -> None:
    first, second = steps.signed(steps.drafted(lin)), steps.signed(steps.drafted(lin))
    intent = steps.locked(first)
    assert steps.told(intent).word == "accepted"
    with pytest.raises(StepsMissing) as refused:
        steps.locked(second)
    assert refused.value.facts["codes"] == ["duplicate"]
    assert PaymentIntent.objects.count() == 1
