"""Markdown: lines, HTML tables and pipe tables in one order."""

from __future__ import annotations

import re

from baohe.rooms.filings.rules.grid import RawCell, expand
from baohe.rooms.filings.rules.html_source import read_table
from baohe.rooms.filings.rules.numbers import clean
from baohe.rooms.filings.rules.source import Source

_TABLE = re.compile(r"<table\b.*?(?:</table\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_TAG = re.compile(r"<[^<>]{1,200}>")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")


def read_markdown(name: str, text: str) -> Source:
    source = Source(name)
    at = 0
    for found in _TABLE.finditer(text):
        _lines(source, text[at : found.start()])
        grid = read_table(found.group())
        grid.unclosed = not found.group().rstrip().endswith(">") or "</table" not in found.group().lower()
        source.items.append(grid)
        at = found.end()
    _lines(source, text[at:])
    return source


def _lines(source: Source, text: str) -> None:
    """Plain lines, and pipe tables where a line of dashes stands under a line with pipes."""
    lines = text.replace("\r\n", "\n").split("\n")
    number = 0
    while number < len(lines):
        line = lines[number]
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if "|" in line and "|" in following and _RULE.match(following):
            end = number + 2
            while end < len(lines) and "|" in lines[end]:
                end += 1
            rows = [line, *(one for one in lines[number + 2 : end] if not _RULE.match(one))]
            source.items.append(expand([_squares(row) for row in rows], spans_known=False))
            number = end
            continue
        said = clean(_TAG.sub(" ", _PICTURE.sub("", line)).replace("**", ""))
        if said:
            source.items.append(said)
        number += 1


def _squares(line: str) -> list[RawCell]:
    said = line.strip()
    parts = _PIPE.split(said)
    if said.startswith("|"):
        parts = parts[1:]
    if parts and said.endswith("|") and not said.endswith("\\|"):
        parts = parts[:-1]
    return [RawCell(clean(_TAG.sub(" ", part.replace("\\|", "|")).replace("**", ""))) for part in parts]
