"""One request, one effect."""

import threading

import pytest
from django.db import connection

from baohe.kernel.errors import InvalidInput
from baohe.plumbing.idempotency import Answer, KeyReused, answer_once
from baohe.plumbing.models import RememberedAnswer

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_first_answer_is_replayed():
    calls = []

    def act():
        calls.append(1)
        return Answer(201, {"n": len(calls)})

    first = answer_once("s", "k", {"a": 1}, act)
    again = answer_once("s", "k", {"a": 1}, act)
    assert (first.body, again.body, len(calls)) == ({"n": 1}, {"n": 1}, 1)
    assert (first.replayed, again.replayed) == (False, True)


@pytest.mark.field_bug(22)
def test_two_keys_are_two_effects_and_another_request_under_a_key_is_refused():
    calls = []

    def act():
        calls.append(1)
        return Answer(201, {})

    answer_once("s", "k1", {"a": 1}, act)
    answer_once("s", "k2", {"a": 1}, act)
    with pytest.raises(KeyReused):
        answer_once("s", "k1", {"a": 2}, act)
    assert len(calls) == 2


def test_a_failed_act_is_not_remembered():
    def fail():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        answer_once("s", "k", {}, fail)
    assert RememberedAnswer.objects.count() == 0
    assert answer_once("s", "k", {}, lambda: Answer(200, {})).replayed is False


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_without_sense_is_refused(key):
    with pytest.raises(InvalidInput):
        answer_once("s", key, {}, lambda: Answer(200, {}))


def test_fifty_at_once_act_once():
    calls, answers = [], []

    def act():
        calls.append(1)
        return Answer(201, {"n": len(calls)})

    def ask():
        try:
            answers.append(answer_once("s", "k", {"a": 1}, act).body)
        finally:
            connection.close()

    askers = [threading.Thread(target=ask) for _ in range(50)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len(calls) == 1
    assert answers == [{"n": 1}] * 50
