"""Versions to price in tests: the packages of the house, and small tariffs written on the spot."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from hypothesis import strategies as st

from baohe.kernel.canonical import digest
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.catalog.rules.price_part import formula, rate_tables, rating_inputs
from baohe.rooms.catalog.rules.reading import Node

CODES = ("haijia-medical-a", "songtao-accident", "yunshan-term-life", "yizhan-freight-return")
SAID = {"zh": "项", "en": "item"}
ROUND = {"op": "round", "label": SAID}


@cache
def version(code: str) -> ProductVersion:
    """The first version of a product of the house, read from its folder."""
    folder = next(p for p in catalog.packages_below(Path(settings.BAOHE_PRODUCTS)) if p.parent.name == code)
    return catalog.check_package(catalog.read_package(folder))


def changed_table(code: str, name: str, rows: list[tuple[str, ...]]) -> ProductVersion:
    whole = version(code)
    tables = tuple(replace(t, rows=tuple(rows)) if t.name == name else t for t in whole.rate_tables)
    return replace(whole, rate_tables=tables, content_hash=digest([name, [list(row) for row in rows]]))


def people_of(whole: ProductVersion) -> st.SearchStrategy[dict[str, str]]:
    """Inputs that a quote may have; not every combination need be sold."""
    return st.fixed_dictionaries(
        {
            item.code: st.sampled_from([c.value for c in item.choices])
            if item.kind == "choice"
            else st.integers(item.minimum, item.maximum).map(str)
            for item in whole.rating_inputs
        }
    )


def number(code: str, minimum: int, maximum: int, kind: str = "amount") -> dict[str, Any]:
    return {
        "code": code,
        "name": {"zh": code, "en": code},
        "kind": kind,
        "source": "customer",
        "default": str(minimum),
        "minimum": minimum,
        "maximum": maximum,
    }


def choice(code: str, *values: str) -> dict[str, Any]:
    return {
        "code": code,
        "name": {"zh": code, "en": code},
        "kind": "choice",
        "source": "customer",
        "default": values[0],
        "choices": [{"value": value, "label": {"zh": value, "en": value}} for value in values],
    }


def table(name: str, *dimensions: dict[str, Any], unit: str = "yuan", decimals: int = 2, **more: Any) -> dict[str, Any]:
    said = {"zh": f"{name}表", "en": name}
    return {
        "name": name,
        "title": said,
        "unit": unit,
        "unit_text": said,
        "decimals": decimals,
        "dimensions": list(dimensions),
        **more,
    }


def step(op: str, **more: Any) -> dict[str, Any]:
    return {"op": op, "label": {"zh": f"{op}步", "en": op}, **more}


def tariff(
    inputs: list[dict[str, Any]],
    tables: list[dict[str, Any]],
    rates: dict[str, str],
    steps: list[dict[str, Any]],
    **more: Any,
) -> ProductVersion:
    """A version with this formula. `rates` are the CSV rows of each table below its header, `;` between rows."""
    plan = {"code": "single", "name": SAID, "count": 1}
    written = {"inputs": inputs, "tables": tables, "steps": steps, "instalments": [plan], **more}
    rows = {}
    for of_one in tables:
        header: list[str] = []
        for dimension in of_one["dimensions"]:
            code = dimension["input"]
            header += [f"{code}_from", f"{code}_to"] if dimension.get("band") else [code]
        rows[of_one["name"]] = [[*header, "value"], *(row.split(",") for row in rates[of_one["name"]].split(";"))]
    node = Node(written, "formula", "test")
    return replace(
        version("haijia-medical-a"),
        rating_inputs=rating_inputs(node),
        rate_tables=rate_tables(node, Node(rows, "rates", "test")),
        formula=formula(node),
        content_hash=digest([written, rows]),
    )
