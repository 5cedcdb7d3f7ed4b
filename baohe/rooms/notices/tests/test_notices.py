"""Messages: with their fact or not at all, sent once, words sealed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from baohe.config.wiring import handlers
from baohe.kernel.errors import NotFound
from baohe.plumbing import clock, outbox
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.notices import facade as notices
from baohe.rooms.notices.models import Message
from baohe.rooms.notices.rules import TEMPLATES, fields_of, render

PHONE = "13800138111"
CODE = {"code": "482913", "minutes": "5"}


def send(
    phone: str = PHONE, template: str = "login_code", params: dict[str, str] | None = None, **more: Any
) -> Message:
    with transaction.atomic():
        made = notices.send(phone, template, params or CODE, **more)
    return Message.objects.get(id=made)


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_both_languages_of_a_template_render_from_the_same_facts(template: str) -> None:
    text = render(template, {name: f"<{name}>" for name in fields_of(template)})

    assert text.zh.startswith("【保和】")
    assert text.en.startswith("[Baohe]")
    assert all(f"<{name}>" in text.zh and f"<{name}>" in text.en for name in fields_of(template))


@pytest.mark.django_db
def test_a_missing_fact_stops_the_message() -> None:
    with pytest.raises(KeyError):
        send(template="policy_issued", params={"number": "P1"})
    assert Message.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_queued() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        notices.send(PHONE, "login_code", CODE)
    assert Message.objects.count() == OutboxEvent.objects.count() == 0


@pytest.mark.django_db
def test_the_demo_inbox_shows_a_message_at_once_and_after_it_was_sent(settings: Any) -> None:
    settings.BAOHE_DEMO = True
    row = send()

    (queued,) = notices.demo_inbox(PHONE)
    outbox.work_once(handlers())
    (sent,) = notices.demo_inbox()

    assert "482913" in queued.body.zh
    assert queued.state == "queued"
    assert (sent.id, sent.state, sent.phone) == (row.id, "sent", PHONE)
    assert notices.demo_inbox("13900000000") == []


@pytest.mark.django_db
def test_a_repeated_event_sends_nothing_twice(settings: Any) -> None:
    settings.BAOHE_DEMO = True
    row = send()
    event = outbox.Event(1, notices.TOPIC, str(row.id), {"message_id": str(row.id)}, 1)

    notices.deliver(event)
    settled = Message.objects.get().settled_at
    notices.deliver(event)

    assert Message.objects.get().settled_at == settled


@pytest.mark.django_db
def test_a_number_that_does_not_exist_fails_for_certain(settings: Any) -> None:
    settings.BAOHE_DEMO = True
    send("13800130000")

    outbox.work_once(handlers())

    assert Message.objects.get().state == "failed"


@pytest.mark.django_db
def test_without_a_gateway_nothing_pretends_to_be_sent_and_there_is_no_inbox() -> None:
    send()

    outbox.work_once(handlers())

    assert Message.objects.get().state == "queued"
    assert "no_message_gateway" in OutboxEvent.objects.get().last_error
    with pytest.raises(NotFound):
        notices.demo_inbox()


@pytest.mark.django_db
def test_an_account_reads_its_own_messages_and_no_codes() -> None:
    account = clock.new_id()
    send(account_id=account)
    send(
        template="policy_issued",
        params={"product": "意外险", "number": "P1", "start": "2026-11-23"},
        params_en={"product": "Accident cover"},
        account_id=account,
    )

    (message,) = notices.notices_of(account)

    assert "意外险已承保" in message.body.zh
    assert "Accident cover is issued" in message.body.en
    assert notices.notices_of(clock.new_id()) == []
