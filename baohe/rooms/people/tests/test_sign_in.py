"""Signing in by telephone code: one use, five tries, five minutes, one request (ASVS 6.5, 6.6)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from baohe.kernel.dates import SHANGHAI
from baohe.kernel.errors import BaoheError, InvalidInput
from baohe.plumbing import clock
from baohe.plumbing.models import OutboxEvent
from baohe.rooms.notices.models import Message
from baohe.rooms.people import facade as people
from baohe.rooms.people import rules
from baohe.rooms.people.errors import AccountClosed, CodeSpent, CodeWrong, TooManyCodes
from baohe.rooms.people.models import Account, LoginCode
from baohe.rooms.people.tests.people_made import IP, OTHER_PHONE, PHONE, last_code, wrong

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 22, 9, 0, tzinfo=SHANGHAI)


def ask(phone: str = PHONE, ip: str = IP) -> tuple[UUID, str]:
    sent = people.send_code(phone, ip)
    return sent.request_id, last_code()


def test_the_first_sign_in_opens_an_account_and_the_next_finds_it() -> None:
    with clock.travel(MORNING):
        request, code = ask()
        first = people.sign_in(PHONE, code, request)
    with clock.travel(MORNING + timedelta(minutes=2)):
        request, code = ask()
        second = people.sign_in(f"+86 {PHONE}", f" {code[:3]} {code[3:]} ", request)

    assert first == second
    assert first.phone_masked == first.display_name == "138****8111"
    assert Account.objects.count() == 1


def test_a_code_opens_the_door_once() -> None:
    request, code = ask()
    people.sign_in(PHONE, code, request)

    with pytest.raises(CodeSpent):
        people.sign_in(PHONE, code, request)


def test_five_wrong_tries_lock_the_code_even_for_its_owner() -> None:
    request, code = ask()
    left = []
    for _ in range(4):
        with pytest.raises(CodeWrong) as refused:
            people.sign_in(PHONE, wrong(code), request)
        left.append(refused.value.facts["tries_left"])
    with pytest.raises(CodeSpent):
        people.sign_in(PHONE, wrong(code), request)
    with pytest.raises(CodeSpent):
        people.sign_in(PHONE, code, request)

    assert left == [4, 3, 2, 1]
    assert Account.objects.count() == 0


def test_a_code_dies_after_five_minutes() -> None:
    with clock.travel(MORNING):
        request, code = ask()

    with clock.travel(MORNING + timedelta(minutes=5, seconds=1)), pytest.raises(CodeSpent):
        people.sign_in(PHONE, code, request)


def test_a_code_works_only_for_the_request_that_asked() -> None:
    request, code = ask()

    with pytest.raises(CodeSpent):
        people.sign_in(PHONE, code, uuid4())
    with pytest.raises(CodeSpent):
        people.sign_in(OTHER_PHONE, code, request)
    assert people.sign_in(PHONE, code, request)


def test_the_code_is_not_in_the_database() -> None:
    request, code = ask()

    row = LoginCode.objects.get(id=request)
    assert code.encode() not in bytes(row.code_mac)
    assert row.expires_at - row.sent_at == timedelta(minutes=5)


def test_asking_answers_the_same_with_and_without_an_account() -> None:
    people.open_account(PHONE)

    known = people.send_code(PHONE, IP)
    unknown = people.send_code(OTHER_PHONE, IP)

    assert (known.resend_after_seconds, known.expires_in_seconds) == (60, 300)
    assert (unknown.resend_after_seconds, unknown.expires_in_seconds) == (60, 300)
    assert Message.objects.count() == 2


def test_a_second_code_waits_a_minute_and_nothing_is_sent_before() -> None:
    with clock.travel(MORNING):
        ask()
        with pytest.raises(TooManyCodes) as refused:
            ask()
    assert 58 <= refused.value.facts["retry_after_seconds"] <= 60
    assert Message.objects.count() == OutboxEvent.objects.count() == 1


def test_a_telephone_has_a_daily_quota() -> None:
    for number in range(rules.CODES_PER_PHONE):
        with clock.travel(MORNING + timedelta(minutes=2 * number)):
            ask(ip=f"192.0.2.{number}")

    with clock.travel(MORNING + timedelta(hours=1)), pytest.raises(TooManyCodes) as refused:
        ask(ip="198.51.100.1")
    with clock.travel(MORNING + timedelta(days=1, seconds=1)):
        assert ask()

    assert refused.value.facts["retry_after_seconds"] == pytest.approx(23 * 3600, abs=5)


def test_an_address_has_a_daily_quota(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "CODES_PER_IP", 3)
    for number in range(3):
        ask(phone=f"1380013800{number}")

    with pytest.raises(TooManyCodes):
        ask(phone="13800138009")
    assert ask(phone="13800138009", ip="198.51.100.1")


@pytest.mark.parametrize("phone", ["", "12800138111", "1380013811", "138001381111", "+1 202 555 0123", "1380013811a"])
def test_a_wrong_number_is_named_and_nothing_is_sent(phone: str) -> None:
    with pytest.raises(InvalidInput):
        people.send_code(phone, IP)
    assert Message.objects.count() == 0


def test_a_closed_account_stays_closed() -> None:
    account = people.open_account(PHONE)
    Account.objects.filter(id=account.id).update(is_active=False)
    request, code = ask()

    with pytest.raises(AccountClosed):
        people.sign_in(PHONE, code, request)


def test_the_database_refuses_a_sixth_try_and_a_longer_life() -> None:
    request, _ = ask()
    row = LoginCode.objects.filter(id=request)

    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(tries=6)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(expires_at=clock.now() + timedelta(minutes=10))


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Run every act in a thread of its own, released together; a refusal is a result."""
    gate = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(index: int) -> None:
        gate.wait()
        try:
            results[index] = acts[index]()
        except BaoheError as refused:
            results[index] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_one_code_verified_twice_at_once_signs_in_once() -> None:
    request, code = ask()

    results = at_once([lambda: people.sign_in(PHONE, code, request)] * 6)

    assert sum(isinstance(result, people.AccountView) for result in results) == 1
    assert sum(isinstance(result, CodeSpent) for result in results) == 5
    assert Account.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_guessing_at_once_gives_no_extra_tries() -> None:
    request, code = ask()

    results = at_once([lambda: people.sign_in(PHONE, wrong(code), request)] * 8)

    assert sum(isinstance(result, CodeWrong) for result in results) == 4
    assert LoginCode.objects.get(id=request).tries == 5


@pytest.mark.django_db(transaction=True)
def test_asking_at_once_sends_one_message() -> None:
    results = at_once([lambda: people.send_code(PHONE, IP)] * 6)

    assert sum(isinstance(result, people.CodeRequested) for result in results) == 1
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_first_sign_ins_at_once_open_one_account() -> None:
    results = at_once([lambda: people.open_account(PHONE)] * 6)

    assert len({result.id for result in results if isinstance(result, people.AccountView)}) == 1
    assert Account.objects.count() == 1
