"""Resident identity numbers of 18 digits (GB 11643-1999): format, region, birthday, sex, check digit.

Nothing here looks anything up: the table of regions and today's date come from the caller. A number that parses is
well formed; whether it belongs to the person who typed it is a question for the identity service, not for us.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from baohe.kernel.decisions import Text
from baohe.kernel.errors import InvalidInput

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_FORMAT = re.compile(r"[1-9][0-9]{16}[0-9X]")
_SEPARATORS = re.compile(r"[\s\-‐-―·.]+")
_OLDEST_YEARS = 130

PROBLEMS: Mapping[str, Text] = {
    "length": Text("身份证号应为 18 位", "An identity number has 18 characters"),
    "first_generation": Text(
        "15 位的第一代号码已停用，请填写 18 位号码",
        "15-digit numbers are out of use; enter the 18-digit number",
    ),
    "characters": Text("只能有数字，最后一位可以是 X", "Only digits are allowed; the last character may also be X"),
    "region": Text("前 6 位不是已知的地区", "The first 6 digits name no known region"),
    "birthday": Text("第 7–14 位不是真实的日期", "Digits 7 to 14 are not a real date"),
    "future_birthday": Text("出生日期在今天之后", "The birthday lies in the future"),
    "too_old": Text("出生日期早于 130 年前", "The birthday lies more than 130 years back"),
    "check_digit": Text(
        "最后一位校验不符，请逐位核对", "The last character does not match; check the number digit by digit"
    ),
}


class IdentityProblem(InvalidInput):
    """The number is wrong in the way named by `problem`, one of the keys of `PROBLEMS`."""

    def __init__(self, problem: str, field: str = "identity_number") -> None:
        self.text = PROBLEMS[problem]
        super().__init__(field=field, problem=problem, reason_zh=self.text.zh, reason_en=self.text.en)


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A well-formed number and what it says. `sex` is male or female."""

    number: str
    region: Text
    birth: date
    sex: str

    @property
    def masked(self) -> str:
        return mask(self.number)


def parse(typed: str, regions: Mapping[str, Text], today: date, field: str = "identity_number") -> IdentityNumber:
    """What a typed number says. Raises `IdentityProblem`.

    `regions` maps codes of two, four and six digits to names. Spaces, hyphens, full-width digits and a small x are
    forgiven. Checks run from the most helpful message to the least: a wrong check digit is named last, because any
    other mistake also breaks it.
    """
    number = normalise(typed)
    if len(number) != 18:
        digits = number.isascii() and number.isdigit()
        raise IdentityProblem("first_generation" if len(number) == 15 and digits else "length", field)
    if not _FORMAT.fullmatch(number):
        raise IdentityProblem("characters", field)
    region = region_of(number, regions)
    if region is None:
        raise IdentityProblem("region", field)
    birth = _birth(number, today, field)
    if check_character(number[:17]) != number[17]:
        raise IdentityProblem("check_digit", field)
    return IdentityNumber(number, region, birth, "male" if int(number[16]) % 2 else "female")


def normalise(typed: str) -> str:
    """The number as the register writes it: half-width, no separators, capital X."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", typed)).upper()


def check_character(first_17: str) -> str:
    """ISO 7064 MOD 11-2 over the first 17 digits."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHECK_CHARACTERS[total % 11]


def region_of(number: str, regions: Mapping[str, Text]) -> Text | None:
    """Province, city and county in words, or None for an unknown province.

    A number keeps the code of the day it was given out. Counties and cities that were abolished since are no
    mistake: the name then stops at the city or the province.
    """
    province = regions.get(number[:2])
    if province is None:
        return None
    parts = [province]
    for length in (4, 6):
        part = regions.get(number[:length])
        if part is not None and part.zh:
            parts.append(part)
    return Text("".join(part.zh for part in parts), ", ".join(part.en for part in reversed(parts)))


def mask(number: str) -> str:
    """`310101********1234`: region and the last four stay, birthday goes."""
    return f"{number[:6]}********{number[14:]}"


def _birth(number: str, today: date, field: str) -> date:
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise IdentityProblem("birthday", field) from None
    if birth > today:
        raise IdentityProblem("future_birthday", field)
    if today.year - birth.year > _OLDEST_YEARS:
        raise IdentityProblem("too_old", field)
    return birth
