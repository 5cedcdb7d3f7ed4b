"""HTML: the document's own order, every `<table>` counted, whatever it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from baohe.rooms.filings.rules.grid import Grid, RawCell, expand
from baohe.rooms.filings.rules.numbers import clean
from baohe.rooms.filings.rules.source import Source, unreadable

_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "br", "section", "header", "footer", "center", "title"}
)
_SILENT = frozenset({"script", "style", "head", "template", "noscript"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_DIGITS = re.compile(r"\d{1,4}")
_BREAK = re.compile(r"(?<=[\u4e00-\u9fff])\s*\n\s*|\s*\n\s*(?=[\u4e00-\u9fff])")
"""A line broken beside a Chinese sign is no space."""
LONGEST_SPAN = 2000


def read_html(name: str, text: str) -> Source:
    """Raises `FilingUnreadable` when there is nothing that could be parsed."""
    try:
        root = lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(huge_tree=False, remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as wrong:
        raise unreadable(name, "不是可读的 HTML", "is not readable HTML") from wrong
    items: list[str | Grid] = []
    line: list[str] = []
    for piece in _walk(root, False):
        if isinstance(piece, Grid) or piece == "\n":
            said = clean("".join(line))
            if said:
                items.append(said)
            line = []
            if isinstance(piece, Grid):
                items.append(piece)
        else:
            line.append(piece)
    said = clean("".join(line))
    return Source(name, [*items, said] if said else items)


def read_table(text: str) -> Grid:
    """One `<table>…</table>` of a Markdown file."""
    node = lxml_html.fragment_fromstring(text, create_parent="div")
    table = node.find(".//table")
    return grid_of(table) if table is not None else Grid([])


def _walk(node: lxml_html.HtmlElement, heading: bool) -> Iterator[str | Grid]:
    if node.tag in _SILENT or not isinstance(node.tag, str):
        return
    if node.tag == "table":
        yield "\n"
        for caption in node.iter("caption"):
            yield caption.text_content()
            yield "\n"
        yield grid_of(node)
        return
    block = node.tag in _BLOCKS
    if block:
        yield "\n"
    if node.tag in _HEADINGS:
        yield "# "
    if node.text:
        yield node.text
    for child in node:
        yield from _walk(child, heading)
        if child.tail:
            yield child.tail
    if block:
        yield "\n"


def grid_of(table: lxml_html.HtmlElement) -> Grid:
    """Rows of this table alone: those of a table nested in a cell stay that cell's text."""
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    cells = [[_cell(cell) for cell in row if cell.tag in ("td", "th")] for row in rows]
    return expand(cells)


def _cell(cell: lxml_html.HtmlElement) -> RawCell:
    for mark in cell.iter("br"):
        mark.tail = "\n" + (mark.tail or "")
    return RawCell(clean(_BREAK.sub("", cell.text_content())), _span(cell.get("colspan")), _span(cell.get("rowspan")))


def _span(text: str | None) -> int:
    found = _DIGITS.search(text or "")
    return min(max(int(found.group()), 1), LONGEST_SPAN) if found else 1
