"""A rate book → a product-package skeleton; written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from baohe.rooms.filings.contracts import PackageDraft, RateBook
from baohe.rooms.filings.errors import DraftExists, FilingHasFaults, FilingUnreadable
from baohe.rooms.filings.rules import skeleton
from baohe.rooms.filings.rules.clauses import wording_of
from baohe.rooms.filings.rules.report import as_json_report, as_markdown
from baohe.rooms.filings.rules.tidy import taken, tidy_tables

_EMPTY = ("exclusions", "underwriting", "claims", "cases")


def package_of(book: RateBook, *, with_gaps: bool = False) -> PackageDraft:
    """The files of a package draft. Raises `FilingHasFaults` with the first fault unless `with_gaps`, which leaves
    every cell in doubt out of the tables and names it in the report.
    """
    if book.faults and not with_gaps:
        first = book.faults[0]
        raise FilingHasFaults(
            place=first.place, reason_zh=first.zh, reason_en=first.en, count=len(book.faults), kind=first.kind
        )
    gaps: list[str] = []
    tables = tidy_tables(book)
    files: dict[str, str] = {
        "product.yaml": skeleton.product_yaml(book, tables, gaps),
        "formula.yaml": skeleton.formula_yaml(tables, gaps),
        "report.md": as_markdown(book),
        "report.json": as_json_report(book),
    }
    if book.texts.get("clauses"):
        files["clauses.md"] = wording_of(book.texts["clauses"])
    else:
        gaps.append("clauses.md")
    for table in tables:
        files[f"rates/{table.name}.csv"] = skeleton.rates_csv(table)
        files[f"sources/{table.name}.csv"] = skeleton.sources_csv(table)
    for part in _EMPTY:
        files[f"{part}.yaml"] = f"{skeleton.GAP}\n"
        gaps.append(f"{part}.yaml")
    kept = len(taken(book))
    gaps += [f"{fault.place}: {fault.zh} · {fault.en}" for fault in book.faults]
    files["gaps.md"] = "# 待填 · To fill in\n\n" + "\n".join(f"- {gap}" for gap in gaps) + "\n"
    return PackageDraft(
        {name: text.encode() for name, text in sorted(files.items())}, tuple(gaps), kept, len(book.cells) - kept
    )


def write_draft(draft: PackageDraft, folder: Path) -> None:
    """Write the draft beside its place and rename it there. Raises `DraftExists`; a failure leaves nothing."""
    if folder.exists():
        raise DraftExists(folder=str(folder))
    made = _missing_parents(folder.parent)
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".draft-", dir=folder.parent))
    try:
        for name, content in draft.files.items():
            path = work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        work.chmod(0o755)
        os.rename(work, folder)  # noqa: PTH104 - refuses a folder that appeared meanwhile and holds files
    except OSError as wrong:
        shutil.rmtree(work, ignore_errors=True)
        for parent in made:
            parent.rmdir()
        said = wrong.strerror or "I/O"
        raise FilingUnreadable(
            file=str(folder), reason_zh=f"写不下：{said}", reason_en=f"cannot be written: {said}",
            next_step_zh="请检查空间和权限", next_step_en="Check space and permissions",
        ) from wrong  # fmt: skip


def _missing_parents(folder: Path) -> list[Path]:
    """Folders that will be made, deepest first, to be taken away again after a failure."""
    missing: list[Path] = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    return missing
