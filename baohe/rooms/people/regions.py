"""The table of regions, read once when first needed, and the check of a typed identity number against it."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from importlib import resources

from baohe.kernel import identity
from baohe.kernel.decisions import Text
from baohe.plumbing import clock


@functools.cache
def regions() -> Mapping[str, Text]:
    """GB/T 2260 codes of two, four and six digits → name."""
    table = resources.files("baohe.kernel").joinpath("regions.csv")
    with table.open(encoding="utf-8") as stream:
        return {row["code"]: Text(row["name_zh"], row["name_en"]) for row in csv.DictReader(stream)}


def check_identity(typed: str, field: str = "identity_number") -> identity.IdentityNumber:
    """What the number says, as of today. Raises `kernel.identity.IdentityProblem`."""
    return identity.parse(typed, regions(), clock.today(), field)
