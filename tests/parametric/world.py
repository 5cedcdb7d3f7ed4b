"""Sources of data that are simulated over a real line, tickets that wait for a flight, and handlers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings

from baohe.adapters.oracles import keys
from baohe.adapters.oracles.simulator.lines import SOURCES
from baohe.adapters.oracles.simulator.server import OraclesSimulator
from baohe.flows import settle_parametric
from baohe.flows.issue_in_bulk import Order, issue_in_bulk
from baohe.kernel.decisions import Text
from baohe.kernel.ids import shard_of
from baohe.plumbing import clock, outbox
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.parametric import facade as parametric
from baohe.rooms.parametric.contracts import NewSource, ObservationView, Watching
from baohe.rooms.parametric.models import Observation
from baohe.rooms.partners import facade as partners
from tests.claims import world as claimed

FLIGHT = "yizhan-flight-delay@2026-11-15"
LIMITS = ("claims_an_hour", "fen_an_hour")
NUMBER = "MU5101"
DAY = claimed.NOW.date()
SUBJECT = f"{NUMBER}/{DAY.isoformat()}"
LANDED = claimed.NOW - timedelta(minutes=20)
"""Long enough ago to be settled at once."""


def register(address: str) -> None:
    for code, measures in SOURCES.items():
        parametric.register_source(
            NewSource(
                code,
                Text(f"数据 {code}", f"Data {code}"),
                measures,
                address,
                300,
                keys.KEY,
                keys.public_pem(keys.simulated(code)),
                datetime(2020, 1, 1, tzinfo=UTC),
                datetime(2040, 1, 1, tzinfo=UTC),
            )
        )


def publish_with_breaker(limit: dict[str, int]) -> str:
    """The filed version with other limits of an hour, as a version of its own."""
    code, _, version = FLIGHT.partition("@")
    raw = catalog.read_package(Path(settings.BAOHE_PRODUCTS) / code / version)
    # versions never change and are remembered by their id: each limit has its own
    raw["version"] = raw["product"]["effective_from"] = f"2026-11-{16 + sorted(LIMITS).index(*limit)}"
    raw["triggers"]["triggers"][0]["breaker"] |= limit
    [made] = catalog.publish([raw])
    return made


def ticket(
    account_id: UUID,
    reference: str,
    *,
    partner: bool = True,
    benefit: int = 400,
    version_id: str = FLIGHT,
    watched: bool = True,
    **changes: object,
) -> UUID:
    """A ticket of today's flight that waits for it; a partner's order, or a customer's own."""
    shard = shard_of(f"{account_id}:{reference}" if partner else str(account_id))
    of_partner = {"partner_id": account_id, "partner_reference": reference, "payment_id": None, "proposal_id": None}
    policy_id = claimed.policy(
        account_id,
        version_id,
        **{
            "shard_key": shard,
            "person_id": None,
            "inputs": {"benefit": str(benefit), "flight": NUMBER, "day": DAY.isoformat()},
            "sum_insured_fen": benefit * 100,
            "start": DAY,
            "end": DAY + timedelta(days=3),
            **(of_partner | {"parties_sealed": None} if partner else {}),
            **changes,
        },
    )
    if watched:
        parametric.watch([Watching(policy_id, shard, version_id, "arrival", SUBJECT, DAY)])
    return policy_id


def tickets(count: int, version_id: str = FLIGHT) -> UUID:
    seller = uuid4()
    for number in range(count):
        ticket(seller, f"T-{number}", version_id=version_id)
    return seller


def tell(sky: OraclesSimulator, value: int | str, at: datetime = LANDED) -> None:
    sky.lines.tell("flight_arrival", SUBJECT, value, at, None)


def tell_by(sky: OraclesSimulator, **values: int | str) -> None:
    """`a=47, b=45`: each source on its own, through the line of the simulator."""
    for letter, value in values.items():
        others = [source for source in ("flight-a", "flight-b", "flight-c") if source[-1] != letter]
        sky.lines.tell("flight_arrival", SUBJECT, value, LANDED, None, without=others)


def work() -> None:
    """The worker: one round, then every event there is."""
    settle_parametric.round_()
    while outbox.work_once({settle_parametric.AGREED: settle_parametric.settle_agreed}):
        pass


def observed() -> ObservationView:
    return parametric.observation(Observation.objects.get().id)


def later(**passed: int) -> datetime:
    return clock.now() + timedelta(**passed)


def sold(count: int) -> None:
    """Tickets of today's flight as a partner sells them, a thousand a call: they wait for it from the sale on."""
    partner = partners.create_partner("tickets", "机票店")
    version = catalog.version(FLIGHT)
    inputs = {item.code: item.default for item in version.rating_inputs} | {"flight": NUMBER, "day": DAY.isoformat()}
    for first in range(0, count, 1_000):
        orders = [Order(f"S-{n}", version.product_code, DAY, inputs) for n in range(first, min(first + 1_000, count))]
        assert {outcome.status for outcome in issue_in_bulk(partner, orders)} == {"issued"}
