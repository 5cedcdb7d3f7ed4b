"""Any order of steps a customer, the wallet and the clock may take: the invariants hold after each."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baohe.flows import purchase
from baohe.flows.cancel import cancel_policy, leaving_today
from baohe.kernel.errors import BaoheError
from baohe.plumbing import clock
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.payments import facade as payments
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.models import Policy, Proposal
from tests.sale import steps, world
from tests.sale.world import Customer

STEPS = ("confirm", "sign", "lock_single", "lock_monthly", "tell", "tell", "close", "edit", "cancel", "wait")


class Sale:
    """One proposal and everything that may be done to it."""

    def __init__(self, customer: Customer) -> None:
        self.customer = customer
        self.proposal_id = steps.drafted(customer).id
        self.moment = world.NOW
        self.before = held()

    @property
    def proposal(self):  # type: ignore[no-untyped-def]  # read anew at every use
        return policies.proposal(self.customer.id, self.proposal_id)

    def step(self, name: str) -> None:
        act: dict[str, Callable[[], object]] = {
            "confirm": lambda: steps.confirmed(self.proposal),
            "sign": lambda: steps.signed(self.proposal),
            "lock_single": lambda: steps.locked(self.proposal, "single"),
            "lock_monthly": lambda: steps.locked(self.proposal, "monthly"),
            "tell": self.tell,
            "close": self.close,
            "edit": lambda: policies.set_beneficiaries(self.customer.id, self.proposal_id, ()),
            "cancel": self.cancel,
            "wait": self.wait,
        }
        act[name]()

    def tell(self) -> None:
        intent = payments.intent_of_subject(purchase.INTENT_KIND, self.proposal_id)
        if intent is not None:
            steps.told(intent)

    def close(self) -> None:
        intent = payments.intent_of_subject(purchase.INTENT_KIND, self.proposal_id)
        if intent is not None and intent.state != "paid":
            payments.close(intent.id)
            policies.payment_closed(self.proposal_id, intent.id)

    def cancel(self) -> None:
        policy = Policy.objects.filter(proposal_id=self.proposal_id).first()
        if policy is not None:
            leaving = leaving_today(self.customer.id, policy.id)
            cancel_policy(self.customer.id, policy.id, leaving.refund_fen, uuid4().hex)

    def wait(self) -> None:
        self.moment += timedelta(minutes=10)

    def invariants(self) -> None:
        row = Proposal.objects.get(id=self.proposal_id)
        bought = list(Policy.objects.filter(proposal_id=self.proposal_id))
        assert len(bought) == (1 if row.state == "issued" else 0)
        assert ledger.check() == []
        assert payments.check() == []
        kept = sum(p.paid_fen - (p.refund_fen or 0) for p in bought)
        assert held() - self.before == kept
        for policy in bought:
            assert policies.signature_of(self.proposal_id) is not None
            view = policies.policy(self.customer.id, policy.id)
            assert sum(due.amount_fen for due in view.dues) + view.paid_fen == view.premium_fen


def held() -> int:
    """What the wallet holds for policies: all of it but the money on its way back to who sent it too late, or left."""
    return sum(ledger.balance(account) for account in ("wallet/clearing", "suspense/wallet", "refunds/payable"))


@pytest.mark.field_bug(18)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(STEPS), min_size=4, max_size=14))
def test_no_order_of_steps_breaks_the_sale(lin: Customer, names: list[str]) -> None:
    sale = Sale(lin)
    for name in names:
        with clock.travel(sale.moment):
            with contextlib.suppress(BaoheError):  # a refusal is an answer; what counts is what stands afterwards
                sale.step(name)
            sale.invariants()
