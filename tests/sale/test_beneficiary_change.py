"""Who receives, by order and share, and changed after issue with the insured's consent alone (SALE-13)."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from baohe.faces.shop.policy_timeline import timeline
from baohe.flows import change_beneficiaries, insured_consent
from baohe.plumbing import clock
from baohe.rooms.assents.errors import LinkVoid
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import facade as claims
from baohe.rooms.claims.contracts import FirstNotice
from baohe.rooms.evidence.models import EvidenceLeaf
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import BeneficiaryChoice, PolicyView
from baohe.rooms.policies.errors import BeneficiariesDoNotAddUp, BeneficiaryChangeClosed
from baohe.rooms.policies.models import BeneficiaryChange
from baohe.rooms.policies.rules.parties import check_beneficiaries, equal_shares
from tests.sale import steps, world
from tests.sale.world import Customer

LIFE = "yunshan-term-life"
THEIRS = "13700000077"
A, B, C = (UUID(int=number) for number in (1, 2, 3))


def of(*choices: tuple[UUID, int, int | None]) -> tuple[BeneficiaryChoice, ...]:
    return tuple(BeneficiaryChoice(*one) for one in choices)


@pytest.mark.rule("SALE-13")
@pytest.mark.parametrize(
    ("stated", "shares"),
    [
        (of((A, 1, None)), [100]),
        (of((A, 1, None), (B, 1, None)), [50, 50]),
        (of((A, 1, None), (B, 1, None), (C, 1, None)), [34, 33, 33]),
        (of((A, 1, 70), (B, 1, 30), (C, 2, None)), [70, 30, 100]),
        (of((A, 1, None), (B, 2, 60), (C, 2, 40)), [100, 60, 40]),
    ],
)
def test_an_order_that_states_no_share_is_shared_equally(
    stated: tuple[BeneficiaryChoice, ...], shares: list[int]
) -> None:
    told = equal_shares(stated)
    assert [one.share_percent for one in told] == shares
    check_beneficiaries(told, UUID(int=9), covers_death=True)


@pytest.mark.rule("SALE-13")
@pytest.mark.parametrize(
    "stated",
    [of((A, 1, 60), (B, 1, None)), of((A, 1, 60), (B, 1, 60)), of((A, 2, 100)), of((A, 1, 50), (A, 1, 50))],
)
def test_a_list_that_does_not_add_up_is_refused(stated: tuple[BeneficiaryChoice, ...]) -> None:
    with pytest.raises(BeneficiariesDoNotAddUp):
        check_beneficiaries(equal_shares(stated), UUID(int=9), covers_death=True)


@pytest.fixture
def mother(lin: Customer) -> PersonView:
    return world.relative(lin.id, "周敏", "parent", date(1965, 7, 9), order=68)


@pytest.fixture
def own(lin: Customer, mother: PersonView) -> PolicyView:
    """A policy on her own life, for the statutory heirs."""
    return steps.sold(steps.drafted(lin, product=LIFE, instalment="yearly"), "yearly")


@pytest.fixture
def spouses(lin: Customer, mother: PersonView) -> PolicyView:
    """A policy on the life of another adult."""
    spouse = world.relative(lin.id, "周远", "spouse", date(1990, 6, 1), order=67)
    return steps.sold(steps.drafted(lin, spouse, LIFE, instalment="yearly"), "yearly")


def receives(policy: PolicyView) -> list[tuple[str, int, int]]:
    return [(one.name, one.rank, one.share_percent) for one in policies.policy_by_id(policy.id).beneficiaries]


def asked(policy: PolicyView, person: PersonView) -> str:
    """A change that waits for the insured, and the link to it."""
    change_beneficiaries.ask(policy.account_id, policy.id, of((person.id, 1, None)))
    change_beneficiaries.send(policy.account_id, policy.id, THEIRS)
    return steps.link_sent_to(THEIRS)


def died(policy: PolicyView) -> None:
    notice = FirstNotice(policy.id, "death", "突发疾病去世", clock.today())
    claims.first_notice(policy.account_id, notice, str(uuid4()))


@pytest.mark.rule("SALE-13")
def test_ones_own_policy_changes_at_once_and_keeps_its_history(
    lin: Customer, own: PolicyView, mother: PersonView
) -> None:
    change_beneficiaries.ask(lin.id, own.id, of((mother.id, 1, None)))
    assert receives(own) == [("周敏", 1, 100)]
    change_beneficiaries.ask(lin.id, own.id, ())
    changed = policies.policy(lin.id, own.id)
    assert receives(own) == []
    assert [(one.number, one.state, one.consent_by) for one in changed.beneficiary_changes] == [
        (1, "effective", "self"),
        (2, "effective", "self"),
    ]
    assert EvidenceLeaf.objects.filter(kind="beneficiaries_changed").count() == 2
    entries = timeline(changed, catalog.version(changed.version_id), clock.today())
    assert [one.title.zh for one in entries if "受益人" in one.title.zh] == [
        "受益人变更（第 1 号批注）",
        "受益人变更（第 2 号批注）",
    ]


@pytest.mark.rule("SALE-13")
def test_without_the_insureds_consent_it_is_void(lin: Customer, spouses: PolicyView, mother: PersonView) -> None:
    token = asked(spouses, mother)
    assert receives(spouses) == []
    insured_consent.answer(token, steps.opened(token, THEIRS).terms, agreed=False)
    assert receives(spouses) == []
    assert BeneficiaryChange.objects.get().state == "refused"


@pytest.mark.rule("SALE-13")
def test_with_it_the_change_holds(lin: Customer, spouses: PolicyView, mother: PersonView) -> None:
    token = asked(spouses, mother)
    insured_consent.answer(token, steps.opened(token, THEIRS).terms, agreed=True)
    assert receives(spouses) == [("周敏", 1, 100)]


@pytest.mark.rule("SALE-13")
def test_a_list_asked_anew_voids_the_link_to_the_one_before(
    lin: Customer, spouses: PolicyView, mother: PersonView
) -> None:
    token = asked(spouses, mother)
    terms = steps.opened(token, THEIRS).terms
    change_beneficiaries.ask(lin.id, spouses.id, of((lin.me.id, 1, None)))
    with pytest.raises(LinkVoid):
        insured_consent.answer(token, terms, agreed=True)
    assert [one.state for one in BeneficiaryChange.objects.order_by("number")] == ["void", "waiting"]
    assert receives(spouses) == []


@pytest.mark.rule("SALE-13")
def test_a_parent_answers_for_an_insured_minor(lin: Customer, mother: PersonView) -> None:
    child = world.relative(lin.id, "林小满", "child", date(2015, 6, 1), order=44)
    inputs = {"sum_insured": "100000", "plan": "basic"}
    policy = steps.sold(steps.drafted(lin, child, "songtao-accident", inputs=inputs))
    change = change_beneficiaries.ask(lin.id, policy.id, of((lin.me.id, 1, None)))
    assert (change.consent_by, change.state) == ("guardian", "effective")


@pytest.mark.rule("SALE-13")
def test_after_the_event_nothing_changes_any_more(lin: Customer, spouses: PolicyView, mother: PersonView) -> None:
    # given a change that the insured may still answer
    token = asked(spouses, mother)
    terms = steps.opened(token, THEIRS).terms
    # when the death is notified
    died(spouses)
    # then neither a yes that comes late nor a new list changes who receives
    with pytest.raises(LinkVoid):
        insured_consent.answer(token, terms, agreed=True)
    with pytest.raises(BeneficiaryChangeClosed):
        change_beneficiaries.ask(lin.id, spouses.id, of((lin.me.id, 1, None)))
    assert receives(spouses) == []
    assert BeneficiaryChange.objects.filter(state="effective").count() == 0


@pytest.mark.rule("SALE-13")
def test_neither_after_the_end_nor_without_death_cover(lin: Customer, own: PolicyView, mother: PersonView) -> None:
    medical = steps.sold(steps.drafted(lin))
    policies.cancel(lin.id, own.id, own.paid_fen)
    for policy in (own, medical):
        with pytest.raises((BeneficiaryChangeClosed, BeneficiariesDoNotAddUp)):
            change_beneficiaries.ask(lin.id, policy.id, of((mother.id, 1, None)))
    assert BeneficiaryChange.objects.count() == 0


@pytest.mark.rule("SALE-13")
def test_the_history_cannot_be_rewritten(lin: Customer, own: PolicyView, mother: PersonView) -> None:
    change_beneficiaries.ask(lin.id, own.id, of((mother.id, 1, None)))
    for rewrite in (lambda rows: rows.update(state="void"), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rewrite(BeneficiaryChange.objects.all())
    assert receives(own) == [("周敏", 1, 100)]
