"""A step that a proposal still needs holds up its signature, or its payment, alone or in the basket."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from baohe.flows import readiness
from baohe.flows.readiness import Moment, Need
from baohe.kernel.decisions import Text
from baohe.rooms.baskets.errors import ItemNotPayable
from baohe.rooms.payments.models import PaymentIntent
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import ProposalView
from baohe.rooms.policies.errors import StepsMissing
from tests.sale import basket_steps, steps
from tests.sale.world import Customer

Waiting = Callable[[Moment], set[str]]


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> Waiting:
    """A room that wants one step of every proposal; what is put into the answer is done."""

    def start(before: Moment) -> set[str]:
        done: set[str] = set()

        def contributor(proposal: ProposalView) -> Iterable[Need]:
            title = Text("家庭情况", "About the household")
            yield Need("household", title, title, str(proposal.id) in done, before, "/buy")

        monkeypatch.setattr(readiness, "_CONTRIBUTORS", (contributor,))
        return done

    return start


def test_nothing_is_signed_before_the_step(lin: Customer, waiting: Waiting) -> None:
    # given a proposal whose step is not done
    done = waiting("sign")
    proposal = steps.confirmed(steps.drafted(lin))
    # when it is signed, then the step is named and nothing was signed
    with pytest.raises(StepsMissing) as refused:
        steps.signed(proposal)
    assert refused.value.facts["codes"] == ["household"]
    assert policies.proposal(lin.id, proposal.id).signed_at is None
    # when the step is done, then it signs
    done.add(str(proposal.id))
    assert steps.signed(proposal).state == "signed"


def test_nothing_is_paid_before_the_step(lin: Customer, waiting: Waiting) -> None:
    # given a signed proposal whose step is not done
    done = waiting("pay")
    proposal = steps.signed(steps.drafted(lin))
    # when it is paid, then no payment was opened
    with pytest.raises(StepsMissing):
        steps.locked(proposal)
    assert not PaymentIntent.objects.exists()
    assert policies.proposal(lin.id, proposal.id).state == "signed"
    # when the step is done, then it is
    done.add(str(proposal.id))
    assert steps.locked(proposal).state == "created"


def test_a_basket_waits_for_the_step_of_each(lin: Customer, waiting: Waiting) -> None:
    # given two covers, and the step of one done
    done = waiting("pay")
    first, second = basket_steps.of_two(lin)
    done.add(str(first.proposal.id))
    # when both are paid, then the other one is named and nothing is opened
    with pytest.raises(ItemNotPayable) as refused:
        basket_steps.paying(lin, (first, second))
    assert "家庭情况" in refused.value.message_zh
    assert not PaymentIntent.objects.exists()
    # when its step is done too, then one payment buys both
    done.add(str(second.proposal.id))
    assert basket_steps.paying(lin, (first, second)).state == "created"
