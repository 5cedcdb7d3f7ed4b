"""What the database itself refuses."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from baohe.adapters.oracles.simulator.server import OraclesSimulator
from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput
from baohe.plumbing import clock
from baohe.rooms.parametric import facade as parametric
from baohe.rooms.parametric.contracts import NewSource
from baohe.rooms.parametric.errors import SourceTaken
from baohe.rooms.parametric.models import Breaker, Report, SourceKey
from tests.parametric import world

GROWS = ("report", "refusedreport", "outcome", "settlement", "watch", "sourcekey")


@pytest.mark.parametrize("table", GROWS)
@pytest.mark.parametrize("change", ["DELETE FROM {}", "UPDATE {} SET id = id"])
def test_what_was_told_decided_and_settled_only_grows(
    sky: OraclesSimulator, seller: UUID, table: str, change: str
) -> None:
    world.ticket(seller, "T-1")
    sky.faults.set({"wrong_signature": 3})
    world.tell(sky, 47)
    world.work()
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(f"parametric_{table}"))


@pytest.mark.parametrize("table", GROWS)
def test_nor_is_it_emptied(db: None, table: str) -> None:
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE parametric_{table} CASCADE")


def test_a_breaker_has_one_end_by_two_people(db: None) -> None:
    now, one = clock.now(), uuid4()
    row = Breaker.objects.create(scope="flight-a", reason="stale", tripped_at=now, answer_by=now)
    changes = ({"reopened_at": now}, {"reopened_at": now, "reopened_by": one, "asked_by": one})
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            Breaker.objects.filter(id=row.id).update(**change)
    Breaker.objects.filter(id=row.id).update(asked_by=one, reopened_by=uuid4(), reopened_at=now)
    with pytest.raises(DatabaseError), transaction.atomic():
        Breaker.objects.filter(id=row.id).update(reopened_at=None, reopened_by=None)


def test_a_source_is_who_its_key_says(sky: OraclesSimulator) -> None:
    known = SourceKey.objects.get(source_id="flight-a")
    same = NewSource(
        "flight-a",
        Text("数据 flight-a", "Data flight-a"),
        ("flight_arrival",),
        "http://127.0.0.1:9",
        300,
        known.key,
        known.public_pem,
        known.valid_from,
        known.valid_until,
    )
    parametric.register_source(same)
    other = SourceKey.objects.get(source_id="flight-b").public_pem
    with pytest.raises(SourceTaken):
        parametric.register_source(replace(same, public_key=other))
    with pytest.raises(InvalidInput):
        parametric.register_source(replace(same, key="k2", public_key="none"))
    with pytest.raises(InvalidInput):
        parametric.register_source(replace(same, measures=("moon",)))
    parametric.register_source(replace(same, key="k2", public_key=other))
    assert SourceKey.objects.filter(source_id="flight-a").count() == 2


def test_an_outdated_key_vouches_for_nothing(sky: OraclesSimulator, seller: UUID) -> None:
    world.ticket(seller, "T-1")
    with clock.travel(clock.now().replace(year=2041)):
        sky.lines.tell("flight_arrival", world.SUBJECT, 47, clock.now(), None)
        world.work()
    assert Report.objects.count() == 0
