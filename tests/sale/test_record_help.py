"""SALE-5: a device that cannot keep the record leads to a person, and lets no payment through."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from baohe.flows import record_sale
from baohe.kernel.errors import InvalidInput, NotFound
from baohe.plumbing import clock
from baohe.rooms.notices.models import Message
from baohe.rooms.payments.models import PaymentIntent
from baohe.rooms.policies.contracts import ProposalView
from baohe.rooms.policies.errors import StepsMissing
from baohe.rooms.recordings import facade as recordings
from baohe.rooms.recordings.errors import HelpEnded, LinkJustSent
from baohe.rooms.recordings.models import Help
from tests.journey.recording import events
from tests.sale import recorded, steps, world
from tests.sale.test_journey import SHOP, Phone
from tests.sale.world import Customer

pytestmark = pytest.mark.rule("SALE-5")
STAFF = (uuid4(), "沈一诺")


@pytest.fixture
def signed(lin: Customer) -> ProposalView:
    """Signed, and not one page of it on record."""
    return steps.signed_off_record(lin)


def asked(proposal: ProposalView, reason: str = "unsupported") -> UUID:
    return record_sale.ask_help(proposal.account_id, proposal.id, reason).id


def test_asking_twice_is_one_request_with_a_time(lin: Customer, signed: ProposalView) -> None:
    first = record_sale.ask_help(lin.id, signed.id, "unsupported")
    again = record_sale.ask_help(lin.id, signed.id, "sending")
    assert (again.id, again.reason, Help.objects.count()) == (first.id, "unsupported", 1)
    assert first.answer_by > first.asked_at
    assert recordings.helps(1, 10) == ([first], 1)


def test_asked_for_nothing_that_is_theirs_alone(lin: Customer, signed: ProposalView) -> None:
    other = world.customer("13800000009")
    with pytest.raises(NotFound):
        record_sale.ask_help(other.id, signed.id, "unsupported")
    with pytest.raises(InvalidInput):
        record_sale.ask_help(lin.id, signed.id, "no idea")
    assert Help.objects.count() == 0


def test_a_person_who_helps_lets_no_payment_through(lin: Customer, signed: ProposalView) -> None:
    # given a request that staff answered and ended
    help_id = asked(signed)
    record_sale.send_link(help_id)
    recordings.end_help(help_id, *STAFF, "hosted", "请客户到网点")
    # then the payment is refused as before, and nothing was begun
    with pytest.raises(StepsMissing) as refused:
        steps.locked(signed)
    assert refused.value.facts["codes"] == ["recorded"]
    assert PaymentIntent.objects.count() == 0
    # and all but one page is not enough either
    recorded.sitting(signed, ["enter", "identity", "entry", "clauses", "exclusions", "confirm", "submit"])
    with pytest.raises(StepsMissing):
        steps.locked(signed)


def test_another_device_with_the_whole_record_is_the_way_on(lin: Customer, signed: ProposalView) -> None:
    help_id = asked(signed)
    # when the rest is recorded on two other devices
    recorded.sitting(signed, ["enter", "identity", "entry", "clauses", "exclusions"])
    recorded.sent(recorded.begun(lin.id), events(["confirm", "submit", "pay"], [signed.id]))
    # then it is paid, and the request is over by itself, in nobody's name
    steps.told(steps.locked(signed))
    view = recordings.help_request(help_id)
    assert (view.state, view.outcome, view.by_name) == ("ended", "recorded", "")
    assert recordings.helps(1, 10) == ([], 0)


def test_the_link_goes_to_the_customers_own_telephone_not_twice_in_a_minute(
    lin: Customer, signed: ProposalView
) -> None:
    help_id = asked(signed)
    before = Message.objects.count()
    record_sale.send_link(help_id)
    with pytest.raises(LinkJustSent):
        record_sale.send_link(help_id)
    assert Message.objects.filter(template="record_link", account_id=lin.id).count() == 1
    assert Message.objects.count() == before + 1
    with clock.travel(clock.now().replace(hour=23)):
        record_sale.send_link(help_id)
    recordings.end_help(help_id, *STAFF, "own_device", "换了平板")
    for late in (lambda: record_sale.send_link(help_id), lambda: recordings.end_help(help_id, *STAFF, "hosted", "又")):
        with pytest.raises(HelpEnded):
            late()
    # a new trouble is a new request
    assert asked(signed) != help_id


def test_an_end_has_a_name_a_reason_and_stays(lin: Customer, signed: ProposalView) -> None:
    help_id = asked(signed)
    for outcome, note in (("recorded", "x"), ("hosted", " ")):
        with pytest.raises(InvalidInput):
            recordings.end_help(help_id, *STAFF, outcome, note)
    recordings.end_help(help_id, *STAFF, "given_up", "客户改天再办")
    for change in (
        lambda: Help.objects.update(outcome="hosted"),
        lambda: Help.objects.update(ended_at=None, outcome="", by=None),
        lambda: Help.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert recordings.help_of(signed.id).outcome == "given_up"


def test_the_phone_asks_once_and_reads_when_it_is_answered(lin: Customer, signed: ProposalView) -> None:
    phone = Phone(lin)
    path = f"proposals/{signed.id}/record"
    assert phone.get(path)["help"] is None
    made = [phone.post(f"{path}/help", {"reason": "other"}) for _ in range(2)]
    assert made[0] == made[1] == phone.get(path)["help"]
    assert (made[0]["state"], Help.objects.get().reason) == ("open", "other")
    paying = phone.client.post(
        f"{SHOP}/proposals/{signed.id}/payment",
        {"instalment": "single"},
        content_type="application/json",
        headers={"Idempotency-Key": "pay-1"},
    )
    assert (paying.status_code, paying.json()["codes"]) == (409, ["recorded"])
    stranger = Phone(world.customer("13800000009"))
    answer = stranger.client.post(f"{SHOP}/{path}/help", {"reason": "other"}, content_type="application/json")
    assert answer.status_code == 404
