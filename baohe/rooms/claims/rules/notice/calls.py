"""Which signs of a sentence mean which event of a product, as dated data beside `words.py`. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Call:
    """All of `needs` and none of `unless` call the event.

    `weak`: the event is only the likeliest of its policy ("摔了" may be a hospital stay), so it is proposed and asked.
    `faint`: even the policy is a guess ("住院了" is said of illness and accident alike).
    """

    needs: frozenset[str]
    unless: frozenset[str] = frozenset()
    weak: bool = False
    faint: bool = False


def _call(needs: str, unless: str = "") -> Call:
    return Call(frozenset(needs.split()), frozenset(unless.split()))


def _weak(needs: str, unless: str = "") -> Call:
    return Call(frozenset(needs.split()), frozenset(unless.split()), weak=True)


def _faint(needs: str, unless: str = "") -> Call:
    return Call(frozenset(needs.split()), frozenset(unless.split()), weak=True, faint=True)


_NOT_A_PERSON = "vet pet_alone others_hurt"

EVENTS: Mapping[str, tuple[Call, ...]] = {
    "accident:accident_outpatient": (
        _call("accident outpatient", f"death hospital {_NOT_A_PERSON}"),
        _weak("accident", f"death hospital {_NOT_A_PERSON}"),
    ),
    "accident:hospital": (_call("accident hospital", f"death {_NOT_A_PERSON}"),),
    "accident:death": (_call("accident death"), _weak("accident disabled"), _faint("death")),
    "ride:accident_outpatient": (
        _call("ride accident outpatient", "death hospital others_hurt others_thing asked_to_pay"),
        _weak("ride accident", "death hospital others_hurt others_thing asked_to_pay"),
    ),
    "ride:hospital": (_call("ride accident hospital", "death others_hurt"),),
    "ride:third_party": (
        _call("ride others_hurt"),
        _call("ride others_thing"),
        _call("ride asked_to_pay"),
        _weak("ride struck_others"),
    ),
    "ride:death": (_call("ride death"),),
    "travel:accident_outpatient": (
        _call("trip accident outpatient", "death hospital"),
        _call("trip illness outpatient", "death hospital"),
        _weak("trip accident", "death hospital"),
        _weak("trip illness", "death hospital cancelled"),
        _weak("trip outpatient", "death hospital"),
        _weak("trip at_hospital", "death hospital"),
    ),
    "travel:hospital": (
        _call("trip accident hospital", "death"),
        _call("trip illness hospital", "death"),
        _call("trip hospital", "death"),
    ),
    "travel:baggage_late": (_call("baggage late"), _faint("baggage")),
    "travel:travel_delay": (_call("carrier late", "baggage"), _call("carrier carrier_late")),
    "travel:trip_cancelled": (_call("trip cancelled"), _weak("carrier cancelled")),
    "travel:death": (_call("trip death"),),
    "medical:hospital": (
        _call("illness hospital", "death critical vet pet_alone accident"),
        _faint("hospital", "death critical vet pet_alone"),
        _faint("critical hospital", "death vet pet_alone"),
    ),
    "medical:hospital_allowance": (
        _call("hospital allowance", "death care"),
        _call("illness hospital allowance", "death care"),
        _call("accident hospital allowance", "death care"),
        _call("critical hospital allowance", "death care"),
        _weak("allowance", "death care"),
    ),
    "medical:hospital_critical": (
        _call("critical hospital", "death stage"),
        _weak("critical hospital stage", "death"),
        _weak("critical", "death"),
    ),
    "medical:outpatient": (
        _call("illness outpatient", "death hospital accident vet pet_alone"),
        _weak("illness", "death hospital accident vet pet_alone"),
        _faint("outpatient", "death hospital vet pet_alone"),
        _faint("at_hospital", "death hospital vet pet_alone"),
    ),
    "critical_illness:critical_illness": (
        _call("critical", "death early again stage"),
        _weak("critical stage", "death early again unproven"),
        _faint("critical unproven", "death early again"),
    ),
    "critical_illness:mild_illness": (_weak("critical early", "death"), _weak("early", "death")),
    "critical_illness:cancer_again": (_call("critical again", "death"),),
    "elder_care:cancer": (_call("cancer", "death stage"), _weak("cancer stage", "death")),
    "elder_care:care": (_call("care"),),
    "term_life:death": (_call("death"), _faint("disabled")),
    "whole_life:death": (_call("death"), _faint("disabled")),
    "whole_life:survival": (_call("survived"),),
    "annuity:death": (_call("death"),),
    "annuity:pension": (_call("pension"),),
    "sudden_death:death": (_call("death"),),
    "sudden_death:emergency": (_call("rescue", "death"),),
    "pet:pet_treated": (
        _call("pet vet", "others_hurt"),
        _call("pet pet_ill", "others_hurt bitten own_hurt"),
        _faint("pet accident", "others_hurt bitten own_hurt"),
        _faint("pet hospital", "others_hurt bitten own_hurt"),
        _faint("pet outpatient", "others_hurt bitten own_hurt"),
    ),
    "pet:pet_hurt_others": (_call("pet others_hurt", "bitten vet"), _weak("pet others_hurt", "bitten")),
    "home:house_damaged": (
        _call("building fire", "trip carrier car"),
        _call("home building fire"),
        _call("home fire", "contents"),
        _weak("building shaken", "car ride"),
        _weak("fire", "trip carrier car"),
    ),
    "home:contents_damaged": (
        _call("contents fire"),
        _call("home contents fire"),
        _call("contents leak fire"),
        _weak("home contents", "stolen leak"),
        _weak("contents soaked", "leak"),
    ),
    "home:pipe_leaked": (
        _call("home leak", "fire downstairs"),
        _weak("home leak downstairs", "fire"),
        _weak("leak", "trip fire"),
        _weak("home soaked", "fire"),
    ),
    "home:burgled": (_call("home stolen"), _call("home contents stolen"), _call("building stolen", "car")),
    "broken_screen:broken_screen": (_call("screen"), _call("phone screen")),
    "broken_screen:broken_back": (_call("back_cover"), _call("phone back_cover")),
    "account_security:money_stolen": (
        _call("drained", "new_card tricked"),
        _weak("account", "new_card"),
        _weak("drained", "new_card"),
    ),
    "account_security:card_replaced": (_call("new_card"), _call("account new_card")),
    "account_security:phone_stolen": (_call("phone stolen", "account"),),
    "shared_car:car_damaged": (
        _call("rented car_damage", "idle others_thing others_hurt"),
        _weak("rented car_damage", "idle"),
        _weak("rented"),
    ),
    "shared_car:car_idle": (_call("rented idle"), _call("idle")),
    "shared_car:people_injured": (_call("rented in_car accident"), _call("rented seat accident")),
    "commercial_motor:own_damage": (
        _call("car car_damage", "rented ride others_hurt others_thing bitten hired struck"),
        _call("car car_damage own_part", "rented ride others_hurt others_thing bitten hired"),
        _weak("car car_damage", "rented ride bitten hired"),
    ),
    "commercial_motor:third_party": (
        _call("car others_hurt", "ride rented hired"),
        _call("car others_hurt death", "ride rented"),
        _call("car others_thing", "ride rented"),
        _weak("car struck_others", "ride rented hired"),
        _faint("car struck", "ride rented hired own_part"),
    ),
    "commercial_motor:people_in_car": (
        _call("in_car accident", "rented ride hired"),
        _call("seat car accident", "rented ride hired"),
        _call("seat brake accident", "rented ride hired"),
    ),
    "compulsory_motor:third_party_injury": (_call("car others_hurt", "ride rented death disabled"),),
    "compulsory_motor:third_party_death": (
        _call("car others_hurt death", "rented"),
        _weak("car others_hurt disabled", "rented"),
    ),
    "compulsory_motor:third_party_property": (
        _call("car others_thing", "ride rented death disabled"),
        _weak("car struck_others", "ride rented hired death disabled"),
        _faint("car struck", "ride rented hired own_part death disabled"),
    ),
    "flight_delay:flight_cancelled": (_call("carrier cancelled"),),
    "flight_delay:flight_diverted": (_call("diverted"),),
    "flight_delay:flight_late_15": (_weak("carrier late"),),
    "goods_quality:faulty_goods": (_call("goods goods_bad"), _faint("goods")),
    "goods_quality:inspection_fee": (_call("inspect_fee"), _call("goods inspect_fee"), _weak("goods inspect")),
    "goods_quality:return_shipping": (_call("parcel"),),
    "credit_guarantee:default": (_call("loan"),),
}
"""Keyed by line and event. An event that no word calls may still be proposed by the words of its own label."""

THINGS = frozenset(
    [
        "pet",
        "home",
        "broken_screen",
        "account_security",
        "shared_car",
        "commercial_motor",
        "compulsory_motor",
        "flight_delay",
        "freight_return",
        "goods_quality",
        "credit_guarantee",
    ]
)
"""Lines where a thing is insured: whoever is named in the sentence need not be the insured."""

HOMES: Mapping[str, tuple[str, ...]] = {
    "accident": ("accident",),
    "ride": ("ride",),
    "travel": ("trip", "baggage"),
    "medical": ("illness", "hospital", "critical", "outpatient", "at_hospital"),
    "critical_illness": ("critical", "early"),
    "elder_care": ("critical", "care"),
    "term_life": ("death",),
    "whole_life": ("death",),
    "sudden_death": ("death", "rescue"),
    "pet": ("pet",),
    "home": ("home", "leak", "fire"),
    "commercial_motor": ("car",),
    "compulsory_motor": ("car",),
    "shared_car": ("rented",),
    "broken_screen": ("phone",),
    "account_security": ("account",),
    "flight_delay": ("carrier", "diverted"),
    "freight_return": ("parcel",),
}
"""What a line is about at all: where no event is called, a policy of such a line is where "something else" belongs."""

ABOUT_BODIES = frozenset(["accident", "illness", "hospital", "outpatient", "at_hospital"])
"""Signs that any cover of people shares: a more special call of a person's policy stands above those made of them."""
