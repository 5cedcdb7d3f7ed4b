"""Prove a product package before it is published: its own cases must come out, to the fen.

What this flow will not do: publish. It reads a folder and answers with every case that fails, not only the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from baohe.kernel.errors import BaoheError
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import PackageCase, ProductVersion
from baohe.rooms.rating import facade as rating
from baohe.rooms.underwriting import facade as underwriting


@dataclass(frozen=True, slots=True)
class Proof:
    """`failures` is empty when every rule and case holds; `cases` is how many were run."""

    version_id: str
    content_hash: str
    cases: int
    failures: tuple[str, ...]


def prove_package(folder: Path) -> Proof:
    """Check the publishing rules, compile the tariff, run the cases. Nothing is raised for a faulty package."""
    name = f"{folder.parent.name}@{folder.name}"
    try:
        version = catalog.check_package(catalog.read_package(folder))
        rating.rater(version)
    except BaoheError as refusal:
        return Proof(name, "", 0, (refusal.message_zh,))
    failures = [*_card(version), *(said for case in version.cases for said in _run(version, case))]
    return Proof(version.id, version.content_hash, len(version.cases), tuple(failures))


def _card(version: ProductVersion) -> Iterator[str]:
    """The price on the card is the price of the conditions beside it."""
    try:
        price = rating.rater(version).price(rating.complete(version, version.from_inputs))
    except BaoheError as refusal:
        yield f"product.from.inputs：{refusal.message_zh}"
        return
    shown = {plan.code: plan.each_fen for plan in price.instalments}.get(version.from_plan)
    if shown != version.from_fen:
        yield f"product.from.fen：写的是 {version.from_fen}，算出来是 {shown}"


def _run(version: ProductVersion, case: PackageCase) -> Iterator[str]:
    got: dict[str, str | int] = {}
    try:
        if case.kind == "price":
            got["premium_fen"] = rating.rater(version).premium(case.inputs)
        else:
            decision = underwriting.decide(version, case.inputs, case.answers)
            got.update(outcome=decision.outcome, loading_bp=decision.detail["loading_bp"])
    except BaoheError as refusal:
        got["refused_field"] = str(refusal.facts.get("field", refusal.code))
    wrong = {key: (value, got.get(key)) for key, value in case.expect.items() if got.get(key) != value}
    for key, (expected, found) in wrong.items():
        yield f"{case.name}：{key} 应为 {expected}，得到 {found if found is not None else got}"
