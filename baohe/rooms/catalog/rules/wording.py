"""The wording of a product: numbered chapters and points, and the points that exclude.

`## 3 责任免除` opens a chapter, `### 3.1 … 〔免责〕` a point that excludes; items of a point begin with （n）.
"""

from __future__ import annotations

import re

from baohe.rooms.catalog.contracts import ClauseSection

_HEADING = re.compile(r"^(##|###) (\d+(?:\.\d+)*) (.+?)(\s*〔免责〕)?$")
_ITEM = re.compile(r"^（(\d+)）(.+?)[；。;]?$", re.MULTILINE)


def sections(markdown: str) -> tuple[ClauseSection, ...]:
    """Chapters and points in the order of the wording."""
    found: list[ClauseSection] = []
    for line in markdown.splitlines():
        heading = _HEADING.match(line)
        if heading:
            number, title, excludes = heading.group(2), heading.group(3), heading.group(4)
            found.append(ClauseSection(number, title, "", excludes is not None))
        elif found and line.strip():
            last = found[-1]
            body = f"{last.body}\n{line.strip()}" if last.body else line.strip()
            found[-1] = ClauseSection(last.number, last.title, body, last.exclusion)
    return tuple(found)


def items(section: ClauseSection) -> dict[str, str]:
    """Items （1）, （2）… of a point, without their closing mark."""
    return dict(_ITEM.findall(section.body))


def wording_of(all_sections: tuple[ClauseSection, ...], clause: str) -> str | None:
    """The text behind "2.4" or "3.1(4)"; None when the wording has no such place."""
    number, _, item = clause.removesuffix(")").partition("(")
    section = next((s for s in all_sections if s.number == number), None)
    if section is None:
        return None
    return items(section).get(item) if item else section.body or section.title


def excluding_places(all_sections: tuple[ClauseSection, ...]) -> list[str]:
    """Every place that excludes: the items of the marked points, or the point itself where it has none."""
    places: list[str] = []
    for section in all_sections:
        if section.exclusion:
            numbered = items(section)
            places += [f"{section.number}({n})" for n in numbered] if numbered else [section.number]
    return places
