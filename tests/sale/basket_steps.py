"""What a customer does with a basket, each step through the doors of the rooms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from baohe.flows import basket, pay_basket
from baohe.rooms.baskets.contracts import ItemView
from baohe.rooms.payments.contracts import IntentView
from baohe.rooms.people.contracts import PersonView
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView, ProposalView
from tests.sale import steps, world
from tests.sale.world import Customer

ACCIDENT = "songtao-accident"


@dataclass(frozen=True, slots=True)
class Chosen:
    item: ItemView
    proposal: ProposalView


def husband(customer: Customer) -> PersonView:
    return world.relative(customer.id, "周远", "spouse", date(1990, 6, 1), order=51)


def put_in(
    customer: Customer, insured: PersonView | None = None, product: str = steps.MEDICAL, instalment: str = "single"
) -> ItemView:
    quote = steps.quoted(customer, insured, product)
    return basket.add(customer.id, quote.id, instalment)


def ready(
    customer: Customer, insured: PersonView | None = None, product: str = steps.MEDICAL, instalment: str = "single"
) -> Chosen:
    """In the basket, declared, read and signed."""
    quote = steps.quoted(customer, insured, product)
    item = basket.add(customer.id, quote.id, instalment)
    drafted = policies.draft_proposal(customer.id, steps.decided(quote), insured or customer.me, (), None, instalment)
    return Chosen(item, steps.signed(drafted))


def of_two(customer: Customer) -> tuple[Chosen, Chosen]:
    """Medical cover for herself with one insurer, accident cover for her husband with another."""
    return ready(customer), ready(customer, husband(customer), ACCIDENT)


def picks(chosen: Sequence[Chosen], agreed: bool = False) -> list[pay_basket.ItemChoice]:
    return [pay_basket.ItemChoice(one.item.id, one.proposal.instalment.code, agreed) for one in chosen]


def paying(customer: Customer, chosen: Sequence[Chosen], key: str | None = None, agreed: bool = False) -> IntentView:
    return pay_basket.start_payment(customer.id, picks(chosen, agreed), key or uuid4().hex)


def bought(customer: Customer, chosen: Sequence[Chosen]) -> dict[UUID, PolicyView]:
    """Paid and issued: proposal → policy."""
    intent = paying(customer, chosen)
    assert steps.told(intent).word == "accepted"
    found = policies.policies_of_payment(intent.id, intent.shard_key)
    return {policy.proposal_id: policy for policy in found if policy.proposal_id is not None}


def states(customer: Customer) -> list[str]:
    return [entry.state for entry in basket.entries(customer.id)]


def draft_of(customer: Customer, entry: basket.Entry) -> ProposalView:
    """Declared and filled in for an item as it is priced now."""
    return policies.draft_proposal(customer.id, steps.decided(entry.quote), entry.person, (), None, "single")
