"""Comparison without ranking (PUB-3): cover, exclusions, waiting period and price together, differences in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from baohe.kernel.decisions import Text
from baohe.kernel.money import yuan
from baohe.rooms.catalog.contracts import CompareCell, ComparePart, CompareRow, Comparison, ProductVersion
from baohe.rooms.catalog.errors import RankingRefused
from baohe.rooms.catalog.rules.comparing_clauses import clause_rows
from baohe.rooms.catalog.rules.listing import LINES
from baohe.rooms.rating.contracts import Indication

_LABELS = {
    "renewal": Text("续保", "Renewal"),
    "limit": Text("保额", "Limit"),
    "deductible": Text("自己先付 · 报销比例", "You pay first · share paid"),
    "exclusions": Text("不保什么", "Not covered"),
    "scope": Text("在哪里、给谁赔", "Where and for whom"),
}
_PATH_LABEL = Text("一直续下去的保费合计，按现行费率", "All premiums added up, at today's rates")
_NOTHING = Text("不适用", "does not apply")
_LISTS = ("exclusions",)
"""Rows whose text is a list joined by 、."""
_TOLD = 3
"""How many differences are put into words."""


def refuse_ranking(order_by: str | None) -> None:
    """Only the customer's own order. Raises `RankingRefused`."""
    if order_by:
        # Half a surrogate pair can be written in JSON but not sent back as UTF-8.
        raise RankingRefused(order_by=order_by[:40].encode(errors="replace").decode())


def compare(versions: Sequence[ProductVersion], prices: Sequence[Indication]) -> Comparison:
    """One column a version, in the order given. Price cells never stand apart."""
    words = [
        _in_parts(_words_row(code, versions)) if code in _LISTS else _words_row(code, versions) for code in _LABELS
    ]
    days = [
        _days_row("waiting", Text("等待期", "Waiting period"), [v.waiting_days for v in versions]),
        _days_row("cooling_off", Text("犹豫期", "Cooling-off"), [v.cooling_off_days for v in versions]),
    ]
    covers = [_line_row(versions), _in_parts(_cover_row(versions)), *words[:3], days[0], *words[3:], days[1]]
    rows = [*_price_rows(prices), *covers]
    return Comparison(_differences(versions, covers), tuple(rows), clause_rows(versions))


def _price_rows(prices: Sequence[Indication]) -> list[CompareRow]:
    first = [CompareCell(*_price_words(price), apart=False) for price in prices]
    later = [CompareCell(*_path_words(price), apart=False) for price in prices]
    return [
        CompareRow("price", Text("保费 · 首年或每单", "Premium · first year or order"), tuple(first), _same(first)),
        CompareRow(
            "path",
            _PATH_LABEL,
            tuple(later),
            _same(later),
        ),
    ]


def _price_words(price: Indication) -> tuple[Text, Text | None]:
    if price.price is None:
        return Text("不能投保", "Not available"), price.refusal
    amount = f"¥{yuan(price.price.premium_fen)}"
    plan = price.price.instalments[0]
    unit = Text("每单", "per order") if price.price.period == "order" else None
    sub = Text(f"¥{yuan(plan.each_fen)} × {plan.count} 期", f"¥{yuan(plan.each_fen)} × {plan.count}")
    return Text(amount, amount), sub if plan.count > 1 else unit


def _path_words(price: Indication) -> tuple[Text, Text | None]:
    if price.price is None or not price.path_total_fen:
        return _NOTHING, None
    amount = f"¥{yuan(price.path_total_fen)}"
    until = price.path_until_age
    return Text(amount, amount), Text(f"到 {until} 岁", f"to age {until}") if until else Text("交完为止", "all years")


def _words_row(code: str, versions: Sequence[ProductVersion]) -> CompareRow:
    titles, subs = [], []
    for version in versions:
        said = version.compare.get(code)
        titles.append(said.title if said else _NOTHING)
        subs.append(said.detail if said and said.detail.zh else None)
        if code == "exclusions":
            number = len(version.exclusions)
            subs[-1] = Text(f"全部 {number} 条", f"all {number}")
    return _row(code, _LABELS[code], titles, subs)


def _days_row(code: str, label: Text, days: Sequence[int]) -> CompareRow:
    titles = [Text(f"{n} 天", f"{n} days") if n else Text("没有", "none") for n in days]
    return _row(code, label, titles, [None] * len(days))


def _line_row(versions: Sequence[ProductVersion]) -> CompareRow:
    names = [LINES.get(v.line, Text(v.line, v.line)) for v in versions]
    return _row("line", Text("险种", "Kind"), names, [None] * len(names))


def _cover_row(versions: Sequence[ProductVersion]) -> CompareRow:
    names = [
        Text("、".join(c.name.zh for c in v.coverages), ", ".join(c.name.en for c in v.coverages)) for v in versions
    ]
    return _row("coverages", Text("保什么", "Covered"), names, [None] * len(names))


def _row(code: str, label: Text, titles: Sequence[Text], subs: Sequence[Text | None]) -> CompareRow:
    """A cell stands apart when all the others agree with each other and not with it."""
    counts = Counter(title.zh for title in titles)
    apart = [len(titles) > 2 and len(counts) == 2 and counts[title.zh] == 1 for title in titles]
    cells = tuple(CompareCell(title, sub, mark) for title, sub, mark in zip(titles, subs, apart, strict=True))
    return CompareRow(code, label, cells, _same(cells))


def _in_parts(row: CompareRow) -> CompareRow:
    """The cells of a list piece by piece. A piece stands apart when no other column has it and most of its own cell
    is shared: where lists differ altogether, marks on everything would say nothing."""
    listed = [_pieces(cell.text) for cell in row.cells]
    counts = Counter(zh for pieces in listed for zh in {piece.zh for piece in pieces})
    cells = []
    for cell, pieces in zip(row.cells, listed, strict=True):
        alone = [counts[piece.zh] == 1 for piece in pieces]
        telling = 2 * sum(alone) <= len(alone)
        parts = (ComparePart(piece, telling and mark) for piece, mark in zip(pieces, alone, strict=True))
        cells.append(replace(cell, parts=tuple(parts)))
    return replace(row, cells=tuple(cells))


def _pieces(text: Text) -> list[Text]:
    """Both languages cut alike, or the Chinese pieces kept whole when the English has another number of them."""
    zh, en = text.zh.split("、"), text.en.split(", ")
    if len(zh) < 2 or len(zh) != len(en):
        return []
    return [Text(*pair) for pair in zip(zh, en, strict=True)]


def _same(cells: Sequence[CompareCell]) -> bool:
    return len({(cell.text.zh, cell.sub.zh if cell.sub else "") for cell in cells}) == 1


def _differences(versions: Sequence[ProductVersion], rows: Sequence[CompareRow]) -> tuple[Text, ...]:
    """The most telling differences of cover, never of price."""
    compared = [row for row in rows if row.code not in ("scope", "coverages")]
    telling = [row for row in compared if len({cell.text.zh for cell in row.cells}) > 1]
    told = [_sentence(versions, row) for row in telling]
    return tuple(told[:_TOLD])


def _sentence(versions: Sequence[ProductVersion], row: CompareRow) -> Text:
    names = [version.insurer.short_name for version in versions]
    is_line = row.code == "line"
    zh = "，".join(_said(name.zh, cell.text.zh, is_line) for name, cell in zip(names, row.cells, strict=True))
    en = "; ".join(f"{name.en}: {cell.text.en}" for name, cell in zip(names, row.cells, strict=True))
    if is_line:
        return Text(f"保的不是同一类事，不能互相代替：{zh}。", f"They cover different things: {en}.")
    alone = next((i for i, cell in enumerate(row.cells) if cell.apart), None)
    if alone is not None:
        mine, other = row.cells[alone].text, row.cells[alone - 1].text
        return Text(
            f"{row.label.zh}：{_said(names[alone].zh, mine.zh)}，{_said('另两款', other.zh)}。",
            f"{row.label.en}: {names[alone].en}: {mine.en}; the other two: {other.en}.",
        )
    return Text(f"{row.label.zh}：{zh}。", f"{row.label.en}: {en}.")


def _said(name: str, value: str, is_line: bool = False) -> str:
    """A figure stands apart from the name before it."""
    return f"{name}{'是' if is_line else ' ' if value[:1].isdigit() else ''}{value}"
