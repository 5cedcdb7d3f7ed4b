"""A comparison as the phone shows it (PUB-3)."""

from __future__ import annotations

from collections.abc import Sequence

from baohe.faces.shop import shapes
from baohe.faces.shop.schemas import catalog as schema
from baohe.rooms.catalog.contracts import ClauseCell, ClauseRow, CompareRow, Comparison


def comparison(columns: Sequence[schema.ProductCard], compared: Comparison) -> schema.Comparison:
    return schema.Comparison(
        columns=list(columns),
        differences=[shapes.text(line) for line in compared.differences],
        rows=[_row(row) for row in compared.rows],
        clauses=[_clauses(row) for row in compared.clauses],
    )


def _row(row: CompareRow) -> schema.CompareRow:
    cells = [
        schema.CompareCell(
            text=shapes.text(cell.text),
            sub=shapes.text_or_none(cell.sub),
            apart=cell.apart,
            parts=[schema.ComparePart(text=shapes.text(part.text), apart=part.apart) for part in cell.parts],
        )
        for cell in row.cells
    ]
    return schema.CompareRow(code=row.code, label=shapes.text(row.label), cells=cells, same=row.same)


def _clauses(row: ClauseRow) -> schema.ClauseRow:
    cells = [_clause(cell) if cell else None for cell in row.cells]
    return schema.ClauseRow(code=row.code, label=shapes.text(row.label), cells=cells, same=row.same)


def _clause(cell: ClauseCell) -> schema.ClauseCell:
    sentences = [schema.Sentence(text=sentence.text, apart=sentence.apart) for sentence in cell.sentences]
    return schema.ClauseCell(number=cell.number, title=cell.title, sentences=sentences)
