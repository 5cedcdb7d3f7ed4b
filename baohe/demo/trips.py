"""Two trips of the family: it rained on one, and the money came by itself; the other still waits for its weather."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from baohe.adapters.oracles.simulator.server import OraclesSimulator
from baohe.demo import family, parametric
from baohe.demo.family import Bought
from baohe.flows import settle_parametric
from baohe.kernel.dates import SHANGHAI
from baohe.plumbing import clock
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.claims import facade as claims
from baohe.rooms.people import facade as people
from baohe.rooms.policies import facade as policies
from baohe.rooms.policies.contracts import PolicyView

_CODE = "songtao-weather-trip"
_WET = Bought("self", _CODE, 3, {"city": "haikou", "benefit": "500", "days": "1"})
_AHEAD = Bought("child", _CODE, 0, {"city": "xiamen", "benefit": "500", "days": "3"})
_STATION, _PLACE = "59758", (200_400, 1_101_900)
_RAIN = {"weather-a": 512, "weather-b": 518, "weather-c": 507}
"""Tenths of a millimetre: three instruments, one band."""
_KNOTS = 18
"""Far from the first band, so that the day's typhoon is decided as well and waits for nobody."""


def build() -> bool:
    """Make what is missing. Returns whether anything was made. Before the product was on sale there are no trips."""
    if not _on_sale(clock.today() - timedelta(days=_WET.days_ago)):
        return False
    account = people.open_account(family.PHONE)
    held = _trips(account.id)
    missing = [one for one in (_WET, _AHEAD) if one.relation not in held]
    if not missing and claims.claims_of_policy(held[_WET.relation].id):
        return False
    with family.simulators(), parametric.simulator() as weather:
        persons = {person.relation: person for person in people.people_of(account.id)}
        for one in missing:
            with clock.travel(clock.now() - timedelta(days=one.days_ago)):
                family.buy(account.id, persons[one.relation], one)
        _rain(weather, _trips(account.id)[_WET.relation].start)
    return True


def _on_sale(day: date) -> bool:
    return any(version.product_code == _CODE for version in catalog.on_sale("app", day))


def _trips(account_id: UUID) -> dict[str, PolicyView]:
    mine = policies.policies_of(account_id, page=1, size=50).items
    return {one.insured_relation: one for one in mine if one.product_code == _CODE}


def _rain(weather: OraclesSimulator, day: date) -> None:
    """What the three sources measured on `day`; the next morning it is decided, paid and told to the family."""
    measured = datetime.combine(day, time(20), SHANGHAI)
    with clock.travel(datetime.combine(day + timedelta(days=1), time(6, 10), SHANGHAI)):
        for source, tenths in _RAIN.items():
            others = _RAIN.keys() - {source}
            weather.lines.tell("rain_24h", f"{_STATION}/{day}", tenths, measured, _PLACE, without=others)
            weather.lines.tell("typhoon_wind", f"{_STATION}/{day}", _KNOTS, measured, _PLACE, without=others)
        settle_parametric.round_()
        family.let_the_worker_work()
