"""What the customer, the calendar and the worker do to a policy that is paid in parts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

from baohe.config.wiring import handlers
from baohe.flows import billing_round, collect_instalment, reinstate
from baohe.flows.billing_round import Round
from baohe.kernel.dates import SHANGHAI
from baohe.plumbing import clock, outbox
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.billing import facade as billing
from baohe.rooms.billing.contracts import InstalmentView
from baohe.rooms.commission import facade as commission
from baohe.rooms.ledger import facade as ledger
from baohe.rooms.notices.models import Message
from baohe.rooms.payments import facade as payments
from baohe.rooms.payments.contracts import AgreementView, IntentView
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView
from tests.sale import steps
from tests.sale.world import Customer

LIFE = "yunshan-term-life"
CHENG = UUID("019307a2-0000-7000-8000-000000000001")
_OF_THE_SALE = ("login_code", "signing_code", "policy_issued")
"""Messages that every sale sends, whatever its premiums do."""


def monthly(customer: Customer) -> PolicyView:
    """Medical cover for a year in twelve parts of ¥26, 30 days of grace; its first covered day is 23 November."""
    return steps.sold(steps.drafted(customer, instalment="monthly"), "monthly")


def yearly(customer: Customer) -> PolicyView:
    """Term life for twenty years, a premium a year, 60 days of grace."""
    return steps.sold(steps.drafted(customer, product=LIFE, instalment="yearly"), "yearly")


def bound(customer: Customer) -> AgreementView:
    """The customer signs the agreement at the bank."""
    agreement, _ = payments.sign_agreement(
        customer.id, policies.policyholder(customer.id).name, "http://shop.example/plan"
    )
    return payments.refresh_agreement(agreement.id)


@contextmanager
def on(day: date, hour: int = 10) -> Iterator[None]:
    with clock.travel(datetime.combine(day, time(hour), SHANGHAI).astimezone(UTC)):
        yield


def round_on(day: date) -> Round:
    """The round of a day and everything the worker does after it."""
    with on(day):
        done = billing_round.run(day)
        work()
        return done


def work() -> None:
    """Also what was put off: a look at a bank that did not answer comes at its time."""
    begin = clock.now()
    for minutes in (0, 1, 30):
        with clock.travel(begin + timedelta(minutes=minutes)):
            while outbox.work_once(_handlers(), batch=50):
                pass


def work_all() -> None:
    """Everything the worker handles that speaks of money or of cover."""
    wanted = {
        t: h for t, h in handlers().items() if t.startswith(("payments.", "policies.")) and t != "policies.issued"
    }
    while outbox.work_once(wanted, batch=50):
        pass


def allowed(policy: PolicyView) -> None:
    """The customer asks for cover back, and 程立 of the desk lets it be."""
    request = reinstate.ask(policy.account_id, policy.id, True, "", True)
    reinstate.decide(CHENG, "程立", request.id, True, "健康告知无变化")


def in_order() -> None:
    assert [ledger.check(), commission.problems(), billing.problems()] == [[], [], []]


def paid_by_hand(customer: Customer, policy: PolicyView, number: int) -> IntentView:
    intent = collect_instalment.pay_by_hand(customer.id, policy.id, number, uuid4().hex)
    assert steps.told(intent).word == "accepted"
    return payments.intent(intent.id)


def item(policy: PolicyView, number: int) -> InstalmentView:
    return next(one for one in billing.plan_of(policy.id) if one.number == number)


def seen(policy: PolicyView) -> PolicyView:
    return policies.policy(policy.account_id, policy.id)


def messages(customer: Customer) -> list[str]:
    """Templates of what the customer was told about premiums, oldest first."""
    rows = Message.objects.filter(account_id=customer.id).exclude(template__in=_OF_THE_SALE)
    return list(rows.order_by("created_at", "id").values_list("template", flat=True))


def events(topic: str) -> int:
    return OutboxEvent.objects.filter(topic=topic).count()


def _handlers() -> dict[str, outbox.Handler]:
    """Without the policy document: it takes a second and says nothing of money."""
    return {topic: handler for topic, handler in handlers().items() if topic.startswith("payments.")}
