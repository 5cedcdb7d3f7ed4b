"""The code that opens a link: it works for five minutes, for its own link, and a link sends only so many (SALE-11)."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from baohe.flows import insured_consent
from baohe.plumbing import clock
from baohe.rooms.assents import facade as assents
from baohe.rooms.assents.errors import ConsentCodeSpent, ConsentCodeWrong, TooManyLinks
from baohe.rooms.assents.models import Link
from baohe.rooms.notices.models import Message
from tests.sale import steps, world
from tests.sale.world import Customer

pytestmark = pytest.mark.rule("SALE-11")
THEIRS = "13700000077"
BASIC = {"sum_insured": "100000", "plan": "basic"}


@pytest.fixture
def token(lin: Customer) -> str:
    return _link_about("周远", lin, order=67)


def _link_about(name: str, lin: Customer, order: int) -> str:
    other = world.relative(lin.id, name, "parent", date(1965, 6, 1), order=order)
    proposal = steps.drafted(lin, other, "songtao-accident", inputs=BASIC)
    insured_consent.send(lin.id, proposal.id, THEIRS, insured_decides=True)
    return steps.link_sent_to(THEIRS)


def _code_of(token: str) -> str:
    assents.send_code(token)
    [code] = re.findall(r"\b\d{6}\b", steps.newest_message(THEIRS))
    return code


def _another(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_a_code_works_for_five_minutes_as_its_message_says(token: str) -> None:
    code = _code_of(token)
    assert "5 分钟" in steps.newest_message(THEIRS)
    with clock.travel(world.NOW + timedelta(minutes=6)), pytest.raises(ConsentCodeSpent):
        assents.open_link(token, code)
    assert Link.objects.get().opened_at is None
    with clock.travel(world.NOW + timedelta(minutes=4)):
        assert assents.open_link(token, code).link.state == "waiting"


def test_a_new_code_has_all_its_tries(token: str) -> None:
    wrong = _another(_code_of(token))
    for _ in range(4):
        with pytest.raises(ConsentCodeWrong):
            assents.open_link(token, wrong)
    with clock.travel(world.NOW + timedelta(minutes=2)):
        code = _code_of(token)
        with pytest.raises(ConsentCodeWrong) as refused:
            assents.open_link(token, _another(code))
        assert refused.value.facts["tries_left"] == 4
        assents.open_link(token, code)


def test_a_link_sends_ten_codes_and_then_none_while_it_lives(token: str) -> None:
    for minute in range(0, 20, 2):
        with clock.travel(world.NOW + timedelta(minutes=minute)):
            assents.send_code(token)
    sent = Message.objects.count()
    with clock.travel(world.NOW + timedelta(hours=71)), pytest.raises(TooManyLinks) as refused:
        assents.send_code(token)
    assert refused.value.facts["retry_after_seconds"] > 600  # the hour that the link lives yet, and no minute's pause
    assert (Message.objects.count(), Link.objects.get().codes_sent) == (sent, 10)


def test_a_code_carried_over_to_another_link_opens_nothing(lin: Customer, token: str) -> None:
    """By somebody who can write to the database and reads the messages of one telephone."""
    other = _link_about("周敏", lin, order=68)
    code = _code_of(other)
    row = Link.objects.get(code_mac__isnull=False)
    Link.objects.exclude(id=row.id).update(code_mac=row.code_mac, code_sent_at=row.code_sent_at)
    with pytest.raises(ConsentCodeWrong):
        assents.open_link(token, code)
    assert Link.objects.exclude(id=row.id).get().opened_at is None
    assents.open_link(other, code)
