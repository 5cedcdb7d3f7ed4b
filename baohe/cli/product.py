"""`baohe product …`: product packages, read from their folders. No database is needed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from baohe.cli.product_diff import diff

if TYPE_CHECKING:
    from baohe.kernel.errors import BaoheError
    from baohe.rooms.catalog.contracts import ProductVersion

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True, help=__doc__)
app.command("diff")(diff)
_AS_JSON = typer.Option(False, "--json", help="One JSON object a line.")


@app.command()
def check(
    folder: Path = typer.Argument(..., help="A package, or a folder of packages.", exists=True, file_okay=False),  # noqa: B008 - Typer's way
    as_json: bool = _AS_JSON,
) -> None:
    """Check the publishing rules and run the package's own cases. Exit 0 when all hold, 1 when one fails."""
    _setup()
    from baohe.flows.prove_package import prove_package
    from baohe.rooms.catalog import facade as catalog

    packages = [folder] if (folder / "product.yaml").exists() else catalog.packages_below(folder)
    if not packages:
        print(f"{folder} 里没有产品包 · holds no product package", file=sys.stderr)
        raise typer.Exit(2)
    proofs = [prove_package(package.resolve()) for package in packages]
    for proof in proofs:
        if as_json:
            print(
                json.dumps(
                    {
                        "version": proof.version_id,
                        "cases": proof.cases,
                        "failures": list(proof.failures),
                        "faults": [{"file": f.file, "line": f.line, "said": f.said_en} for f in proof.faults],
                    },
                    ensure_ascii=False,
                )
            )
            continue
        verdict = "有错 · FAILED" if proof.failures else f"通过 · ok, {proof.cases} 例 · cases"
        english = {fault.said_zh: f" · {fault.said_en}" for fault in proof.faults}
        told = (f"  - {said}{english.get(said, '')}" for said in proof.failures)
        print(f"{proof.version_id}: {verdict}", *told, sep="\n")
    if any(proof.failures for proof in proofs):
        raise typer.Exit(1)


@app.command("list")
def list_packages(as_json: bool = _AS_JSON) -> None:
    """The packages of this checkout: version, line, insurer, name."""
    for version in _versions():
        facts = {
            "version": version.id,
            "line": version.line,
            "insurer": version.insurer.short_name.zh,
            "name": version.name.zh,
            "effective_from": str(version.effective_from),
            "content_hash": version.content_hash,
        }
        if as_json:
            print(json.dumps(facts, ensure_ascii=False))
        else:
            print(f"{version.id:<36} {version.line:<15} {version.insurer.short_name.zh:<6} {version.name.zh}")


@app.command()
def price(
    code: str = typer.Argument(..., help="Product code, or code@version."),
    inputs: list[str] = typer.Argument(None, help="key=value; what is missing takes the filed default."),  # noqa: B008 - Typer's way
    as_json: bool = _AS_JSON,
) -> None:
    """Price one contract and show the steps. Exit 2 for a product or input that does not exist."""
    from baohe.kernel.errors import BaoheError
    from baohe.kernel.money import yuan

    found = [version for version in _versions() if code in (version.id, version.product_code)]
    if not found:
        print(f"没有产品 {code} · there is no product {code}", file=sys.stderr)
        raise typer.Exit(2)
    version = max(found, key=lambda one: one.effective_from)
    from baohe.rooms.rating import facade as rating

    try:
        answer = rating.rater(version).price(rating.complete(version, _pairs(inputs or [])))
    except BaoheError as refusal:
        print(f"{refusal.message_zh} · {refusal.message_en}", file=sys.stderr)
        raise typer.Exit(2) from None
    if as_json:
        print(
            json.dumps(
                {
                    "version": answer.version_id,
                    "premium_fen": answer.premium_fen,
                    "period": answer.period,
                    "steps": [{"label": s.label.zh, "value": s.value, "source": s.source.zh} for s in answer.steps],
                    "instalments": [
                        {"code": i.code, "count": i.count, "each_fen": i.each_fen, "total_fen": i.total_fen}
                        for i in answer.instalments
                    ],
                },
                ensure_ascii=False,
            )
        )
        return
    print(f"{version.name.zh}  ¥{yuan(answer.premium_fen)}")
    for step in answer.steps:
        print(f"  {step.label.zh}  {step.value}  （{step.source.zh}）")


@app.command()
def rates(
    filing: Path = typer.Argument(..., help="A folder with a filing, or one file of it.", exists=True),  # noqa: B008 - Typer's way
    as_json: bool = _AS_JSON,
) -> None:
    """Read a filed rate book: every cell with its place, and what would not be guessed. Exit 2 when unreadable."""
    from baohe.kernel.errors import BaoheError
    from baohe.rooms.filings import facade as filings

    try:
        book = filings.read(filing)
    except BaoheError as refusal:
        raise typer.Exit(_refused(refusal)) from None
    if not as_json:
        print(filings.summary(book, first=20))
        return
    for line in filings.as_json_lines(book):
        print(line)


@app.command("import")
def import_filing(
    filing: Path = typer.Argument(..., help="A folder with clauses, rates, statement.", exists=True),  # noqa: B008 - Typer's way
    into: Path = typer.Option(None, "--into", help="Folder of the draft; must not exist."),  # noqa: B008 - Typer's way
    with_gaps: bool = typer.Option(False, "--with-gaps", help="Leave doubtful cells out, marked, instead of stopping."),
    as_json: bool = typer.Option(False, "--json", help="The report as one JSON object."),
) -> None:
    """Make a package draft of a filing, whole or not at all. Exit 1 when it has faults, 2 when it is unreadable."""
    from baohe.kernel.errors import BaoheError
    from baohe.rooms.filings import facade as filings

    folder = into or Path("drafts") / filing.resolve().stem
    try:
        book = filings.read(filing)
        print(filings.as_json_report(book) if as_json else filings.summary(book))
        draft = filings.package_of(book, with_gaps=with_gaps)
        filings.write_draft(draft, folder)
    except BaoheError as refusal:
        raise typer.Exit(_refused(refusal)) from None
    if not as_json:
        print(
            f"{folder}: {draft.quoted:,} 格写入 · cells written, {draft.left_out:,} 格留空 · left out, "
            f"{len(draft.gaps)} 项待填 · gaps (gaps.md)"
        )


def _refused(refusal: BaoheError) -> int:
    """Tell a refusal in both languages; 1 for faults in what was read, 2 for what cannot be read or written."""
    print(
        f"{refusal.message_zh} · {refusal.message_en}",
        f"{refusal.problem()['next']['zh']} · {refusal.problem()['next']['en']}",
        sep="\n",
        file=sys.stderr,
    )
    return 1 if refusal.code == "filing_has_faults" else 2


def _pairs(inputs: list[str]) -> dict[str, str]:
    pairs = dict(pair.partition("=")[::2] for pair in inputs if "=" in pair)
    if len(pairs) != len(inputs):
        print("投保项写成 key=value，每项一次 · write key=value, each key once", file=sys.stderr)
        raise typer.Exit(2)
    return pairs


def _versions() -> list[ProductVersion]:
    _setup()
    from django.conf import settings

    from baohe.rooms.catalog import facade as catalog

    return [catalog.check_package(catalog.read_package(p)) for p in catalog.packages_below(settings.BAOHE_PRODUCTS)]


def _setup() -> None:
    """Django's settings and models, without a connection."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baohe.config.settings")
    import django

    django.setup()
