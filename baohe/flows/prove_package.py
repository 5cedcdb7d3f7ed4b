"""Prove a product package before it is published: its own cases must come out, to the fen.

What this flow will not do: publish. It reads files and answers with everything that fails, not only the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from baohe.kernel.errors import BaoheError
from baohe.rooms.catalog import facade as catalog
from baohe.rooms.catalog.contracts import PackageCase, ProductVersion
from baohe.rooms.rating import facade as rating
from baohe.rooms.underwriting import facade as underwriting


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case that was run: what it expects and what came out, under the same names."""

    case: PackageCase
    got: Mapping[str, str | int]

    @property
    def wrong(self) -> dict[str, tuple[str | int, str | int | None]]:
        """What differs: name → (expected, got)."""
        return {
            key: (value, self.got.get(key)) for key, value in self.case.expect.items() if self.got.get(key) != value
        }

    @property
    def passed(self) -> bool:
        return not self.wrong


@dataclass(frozen=True, slots=True)
class Fault:
    """Something to correct, and where: `file` and `line` as far as they are known."""

    file: str
    line: int
    said_zh: str
    said_en: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """`failures` is empty when every rule and case holds; `cases` is how many were run."""

    version_id: str
    content_hash: str
    cases: int
    failures: tuple[str, ...]
    faults: tuple[Fault, ...] = ()
    results: tuple[CaseResult, ...] = ()
    version: ProductVersion | None = None


def prove_package(folder: Path) -> Proof:
    """`prove_files` of a folder. Nothing is raised for a faulty package."""
    folder = folder.resolve()
    try:
        files = catalog.read_files(folder)
    except catalog.NotPublishable as refusal:
        return _refused(f"{folder.parent.name}@{folder.name}", [_fault(refusal)])
    return prove_files(folder.parent.name, folder.name, files)


def prove_files(code: str, version: str, files: Mapping[str, str]) -> Proof:
    """Check the publishing rules, compile the tariff, run the cases. Nothing is raised for a faulty package."""
    name = f"{code}@{version}"
    found, faults, untold = catalog.check_files(code, version, files)
    if found is None:
        more = [Fault("", 0, f"还有 {untold} 处没有列出", f"{untold} more are not listed")] if untold else []
        return _refused(name, [*map(_fault, faults), *more])
    return prove_version(found)


def prove_version(found: ProductVersion) -> Proof:
    """Compile the tariff and run the cases of a version that was read already, be it published or not."""
    try:
        rating.rater(found)
    except BaoheError as refusal:
        return _refused(found.id, [_fault(refusal)])
    card = tuple(_card(found))
    results = tuple(CaseResult(case, _run(found, case)) for case in found.cases)
    failures = (*(fault.said_zh for fault in card), *(said for result in results for said in _said(result)))
    return Proof(found.id, found.content_hash, len(results), failures, card, results, found)


def _refused(name: str, faults: list[Fault]) -> Proof:
    return Proof(name, "", 0, tuple(fault.said_zh for fault in faults), tuple(faults))


def _fault(refusal: BaoheError) -> Fault:
    facts = refusal.facts
    file, line, rule = str(facts.get("file", "")), int(facts.get("line", 0)), str(facts.get("rule", ""))
    return Fault(file, line, refusal.message_zh, refusal.message_en, rule)


def _card(version: ProductVersion) -> Iterator[Fault]:
    """The price on the card is the price of the conditions beside it."""
    try:
        price = rating.rater(version).price(rating.complete(version, version.from_inputs))
    except BaoheError as refusal:
        said_zh, said_en = f"product.from.inputs：{refusal.message_zh}", f"product.from.inputs: {refusal.message_en}"
        yield Fault("product.yaml", 0, said_zh, said_en)
        return
    shown = {plan.code: plan.each_fen for plan in price.instalments}.get(version.from_plan)
    if shown != version.from_fen:
        yield Fault(
            "product.yaml",
            0,
            f"product.from.fen：写的是 {version.from_fen}，算出来是 {shown}",
            f"product.from.fen says {version.from_fen}, but {shown} comes out",
        )


def _run(version: ProductVersion, case: PackageCase) -> dict[str, str | int]:
    got: dict[str, str | int] = {}
    try:
        if case.kind == "price":
            got["premium_fen"] = rating.rater(version).premium(version.sold_in(case.inputs))
        else:
            decision = underwriting.decide(version, case.inputs, case.answers)
            got.update(outcome=decision.outcome, loading_bp=decision.detail["loading_bp"])
    except BaoheError as refusal:
        got["refused_field"] = str(refusal.facts.get("field", refusal.code))
    return got


def _said(result: CaseResult) -> Iterator[str]:
    for key, (expected, found) in result.wrong.items():
        said = found if found is not None else dict(result.got)
        yield f"{result.case.name}：{key} 应为 {expected}，得到 {said}"
