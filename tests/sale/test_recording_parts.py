"""SALE-5: what a phone, or somebody else, may send into a record."""

from __future__ import annotations

import gzip
import threading
from uuid import uuid4

import pytest
from django.db import connections

from baohe.flows import record_sale
from baohe.kernel.errors import NotFound
from baohe.rooms.recordings import facade as recordings
from baohe.rooms.recordings.errors import PageUnknown, PartDiffers, PartOutOfOrder, PartTooLarge, PartUnreadable
from baohe.rooms.recordings.models import Page, Part, Recording, Subject
from baohe.rooms.recordings.rules.events import MOST_PLAIN
from tests.journey.recording import content, events, mark, whole_page
from tests.sale import recorded, steps, world
from tests.sale.world import Customer

pytestmark = pytest.mark.rule("SALE-5")


def _part(lin: Customer, body: bytes, number: int = 0, previous: str = recordings.START, packed: bool = True):
    view = recorded.begun(lin.id)
    return record_sale.append(lin.id, view.id, number, previous, body, packed=packed)


def test_a_repeated_part_changes_nothing(lin: Customer) -> None:
    view = recorded.begun(lin.id)
    body = gzip.compress(content(events(["enter"], [])))
    first = record_sale.append(lin.id, view.id, 0, view.head, body, packed=True)
    assert (
        record_sale.append(lin.id, view.id, 0, view.head, gzip.compress(gzip.decompress(body), 1), packed=True) == first
    )
    assert (Part.objects.count(), Page.objects.count()) == (1, 1)
    # other content under the same number is refused
    with pytest.raises(PartDiffers):
        record_sale.append(lin.id, view.id, 0, view.head, gzip.compress(content(events(["pay"], []))), packed=True)
    assert Part.objects.count() == 1


def test_order_and_chain_are_kept(lin: Customer) -> None:
    view = recorded.begun(lin.id)
    body = gzip.compress(content(events(["enter"], [])))
    with pytest.raises(PartOutOfOrder) as ahead:
        record_sale.append(lin.id, view.id, 1, view.head, body, packed=True)
    assert ahead.value.facts["expected"] == 0
    with pytest.raises(PartDiffers):
        record_sale.append(lin.id, view.id, 0, "f" * 64, body, packed=True)
    assert Part.objects.count() == 0


def test_nobody_writes_into_anothers_record(lin: Customer) -> None:
    other = world.customer("13800000002")
    view = recorded.begun(lin.id)
    body = gzip.compress(content(events(["enter"], [])))
    with pytest.raises(NotFound):
        record_sale.append(other.id, view.id, 0, view.head, body, packed=True)
    # nor names another's sale in a record of their own
    theirs = steps.drafted(lin)
    for subject in (theirs.id, theirs.quote_id, uuid4()):
        own = recorded.begun(other.id)
        with pytest.raises(NotFound):
            recorded.sent(own, events(["enter"], [subject]))
    assert (Part.objects.count(), Subject.objects.count()) == (0, 0)


_MARK = mark("enter", [], 1_790_000_000_001)
_PAGE = whole_page(1_790_000_000_000)


def _with(**changes: object) -> bytes:
    payload = {**_MARK["data"]["payload"], **changes}
    return content([*_PAGE, {**_MARK, "data": {"tag": "page", "payload": payload}}])


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"{}",
        b"[]",
        b"[1]",
        b"\xff\xfe",
        b'[{"type":3,"timestamp":1,"data":NaN}]',
        b"[" * 90_000,
        content([{"type": 6, "timestamp": 1, "data": {}}]),
        content([{"type": True, "timestamp": 1, "data": {}}]),
        content([{"type": 2, "timestamp": -1, "data": {}}]),
        content([{"type": 2, "timestamp": 1, "data": []}]),
        content([{"type": 3, "timestamp": 1, "data": {}}]),
        content([{"type": 2, "timestamp": 1, "data": {}}]).replace(b"{}", b'{"a":' * 300 + b"1" + b"}" * 300),
        _with(kind="gift"),
        _with(page="../etc"),
        _with(page="buy-who\x00"),
        _with(subjects=["x"]),
        _with(subjects=[1]),
        _with(subjects=["00000000-0000-0000-0000-000000000000"] * 21),
        _with(shown={"a": "\x00"}),
        _with(shown={"a": "b" * 101}),
        _with(shown=["a"]),
    ],
)
def test_what_is_no_recording_is_refused(lin: Customer, plain: bytes) -> None:
    for body, packed in ((plain, False), (gzip.compress(plain), True)):
        with pytest.raises(PartUnreadable):
            _part(lin, body, packed=packed)
    assert (Part.objects.count(), Page.objects.count()) == (0, 0)


def test_a_bomb_is_not_unpacked(lin: Customer) -> None:
    bomb = gzip.compress(b"[" + b" " * (200 * MOST_PLAIN // 4) + b"]")
    assert len(bomb) < 96 * 1024
    with pytest.raises(PartTooLarge):
        _part(lin, bomb)
    with pytest.raises(PartTooLarge):
        _part(lin, b"[" + b" " * 97 * 1024, packed=False)
    for damaged in (b"\x1f\x8b", gzip.compress(content(_PAGE))[:-4], gzip.compress(content(_PAGE)) + b"x"):
        with pytest.raises(PartUnreadable):
            _part(lin, damaged)
    assert Part.objects.count() == 0


def test_an_unknown_build_is_refused(lin: Customer) -> None:
    with pytest.raises(PageUnknown):
        recordings.open_recording(lin.id, "f" * 64)
    assert Recording.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_one_part_is_kept_when_many_send_it_at_once(now) -> None:
    steps_customer = world.customer()
    view = recorded.begun(steps_customer.id)
    body = gzip.compress(content(events(["enter"], [])))
    answers: list[object] = []

    def send() -> None:
        try:
            answers.append(record_sale.append(steps_customer.id, view.id, 0, view.head, body, packed=True).head)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 6
    assert len(set(answers)) == 1
    assert (Part.objects.count(), Page.objects.count()) == (1, 1)
