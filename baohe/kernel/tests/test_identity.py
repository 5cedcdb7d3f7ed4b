"""Identity numbers: what is refused is named, what is forgiven is normalised, what parses says the truth."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput
from baohe.kernel.identity import IdentityProblem, check_character, mask, normalise, parse, region_of

TODAY = date(2026, 11, 22)
REGIONS = {
    "11": Text("北京市", "Beijing"),
    "110105": Text("朝阳区", "Chaoyang District"),
    "13": Text("河北省", "Hebei"),
    "1301": Text("石家庄市", "Shijiazhuang"),
    "130102": Text("长安区", "Chang'an District"),
}
KNOWN = "11010519491231002X"
"""The example number of the standard itself."""


def number(area: str, birth: date, order: int) -> str:
    first_17 = f"{area}{birth:%Y%m%d}{order:03d}"
    return first_17 + check_character(first_17)


areas = st.sampled_from(["110105", "130102", "130199", "119999"])
births = st.dates(date(1900, 1, 1), TODAY)
orders = st.integers(0, 999)
numbers = st.builds(number, areas, births, orders)


def problem_of(typed: str) -> str:
    with pytest.raises(IdentityProblem) as refused:
        parse(typed, REGIONS, TODAY)
    return str(refused.value.facts["problem"])


def test_the_example_of_the_standard() -> None:
    found = parse(KNOWN, REGIONS, TODAY)

    assert (found.birth, found.sex, found.region.zh) == (date(1949, 12, 31), "female", "北京市朝阳区")
    assert found.region.en == "Chaoyang District, Beijing"
    assert found.masked == "110105********002X"


@pytest.mark.parametrize(
    "typed",
    ["11010519491231002x", " 110105 19491231 002X ", "110105-19491231-002X", "１１０１０５１９４９１２３１００２Ｘ"],
)
def test_ways_of_typing_are_forgiven(typed: str) -> None:
    assert parse(typed, REGIONS, TODAY).number == KNOWN


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "length"),
        ("1101051949123100", "length"),
        (KNOWN + "1", "length"),
        ("110105491231002", "first_generation"),
        ("1101O519491231002X", "characters"),
        ("1101051949123100X2", "characters"),
        ("01010519491231002X", "characters"),
        ("990105194912310024", "region"),
        ("110105194913310020", "birthday"),
        ("110105190002290020", "birthday"),
        (number("110105", date(2026, 11, 23), 1), "future_birthday"),
        (number("110105", date(1895, 1, 1), 1), "too_old"),
        ("110105194912310021", "check_digit"),
    ],
)
def test_every_problem_has_a_name(typed: str, problem: str) -> None:
    assert problem_of(typed) == problem


def test_a_problem_speaks_both_languages_and_names_the_field() -> None:
    with pytest.raises(InvalidInput) as refused:
        parse("110105194912310021", REGIONS, TODAY, field="number")

    document = refused.value.problem()
    assert document["field"] == "number"
    assert document["message"] == {
        "zh": "number：最后一位校验不符，请逐位核对",
        "en": "number: The last character does not match; check the number digit by digit",
    }


def test_born_today_is_not_the_future() -> None:
    assert parse(number("110105", TODAY, 1), REGIONS, TODAY).birth == TODAY


@pytest.mark.parametrize(
    ("digits", "name"),
    [("130102", "河北省石家庄市长安区"), ("130199", "河北省石家庄市"), ("139999", "河北省"), ("110199", "北京市")],
)
def test_an_abolished_county_falls_back_to_city_and_province(digits: str, name: str) -> None:
    region = region_of(digits, REGIONS)

    assert region is not None
    assert region.zh == name


def test_an_unknown_province_has_no_region() -> None:
    assert region_of("990101", REGIONS) is None


@given(area=areas, birth=births, order=orders)
def test_a_well_formed_number_says_birthday_and_sex(area: str, birth: date, order: int) -> None:
    found = parse(number(area, birth, order), REGIONS, TODAY)

    assert found.birth == birth
    assert found.sex == ("male" if order % 2 else "female")


@given(value=numbers, position=st.integers(0, 17), character=st.sampled_from("0123456789X"))
def test_one_wrong_character_never_parses(value: str, position: int, character: str) -> None:
    """ISO 7064 MOD 11-2 catches every single substitution."""
    changed = value[:position] + character + value[position + 1 :]
    if changed != value:
        with pytest.raises(IdentityProblem):
            parse(changed, REGIONS, TODAY)


@given(value=numbers, position=st.integers(0, 16))
def test_two_swapped_neighbours_never_parse(value: str, position: int) -> None:
    left, right = value[position], value[position + 1]
    if left != right:
        with pytest.raises(IdentityProblem):
            parse(value[:position] + right + left + value[position + 2 :], REGIONS, TODAY)


@given(st.text(max_size=40))
def test_any_text_is_parsed_or_refused_by_name(typed: str) -> None:
    try:
        found = parse(typed, REGIONS, TODAY)
    except IdentityProblem:
        return
    assert found.number == normalise(typed)


@given(numbers)
def test_a_mask_hides_the_birthday(value: str) -> None:
    hidden = mask(value)

    assert len(hidden) == 18
    assert value[6:14] not in hidden
