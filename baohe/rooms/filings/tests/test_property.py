"""Any tidy rate book, printed in any of the layouts, is read back cell for cell."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baohe.rooms.filings import facade
from baohe.rooms.filings.contracts import RateBook
from baohe.rooms.filings.tests import paper as papers
from baohe.rooms.filings.tests.paper import Book, Paper, Sheet

_LEVELS = {
    "性别": [("男性", "女性"), ("男", "女")],
    "交费期间": [("趸交", "3年交", "5年交"), ("5年交", "10年交", "15年交", "20年交"), ("10年交",)],
    "保险期间": [("20年", "30年"), ("保至60周岁", "保至70周岁"), ("终身",)],
    "保障方案": [("方案一", "方案二"), ("保障计划A", "保障计划B", "保障计划C")],
    "职业类别": [("1类", "2类", "3类", "4类"), ("1-3类", "4类")],
}
_KEYS = {
    "年龄": st.tuples(st.integers(0, 40), st.integers(6, 24)).map(
        lambda one: tuple(str(one[0] + n) for n in range(one[1]))
    ),
    "投保年龄": st.integers(5, 9).map(lambda many: tuple(f"{n * 5}-{n * 5 + 4}" for n in range(many))),
    "保单年度末": st.integers(6, 20).map(lambda many: tuple(str(n + 1) for n in range(many))),
}


@st.composite
def books(draw: st.DrawFn, most_levels: int = 3, sections: bool = True) -> Book:
    names = draw(st.lists(st.sampled_from(sorted(_LEVELS)), min_size=1, max_size=most_levels, unique=True))
    levels = tuple((name, draw(st.sampled_from(_LEVELS[name]))) for name in names)
    key_name = draw(st.sampled_from(sorted(_KEYS)))
    keys = draw(_KEYS[key_name])
    captions = ("",)
    if sections and "保障方案" not in names:
        captions = draw(
            st.sampled_from(
                [("",), ("方案一", "方案二"), ("计划A：", "计划B："), ("领取年龄：55周岁", "领取年龄：60 周岁")]
            )
        )
    places = draw(st.integers(0, 3))
    base = draw(st.integers(50, 4000))
    slope = draw(st.integers(1, 40))
    book = Book(levels, (key_name, keys), captions, {})
    hole = draw(st.integers(0, len(book.paths) - 1))
    holes_from = draw(st.integers(2, len(keys)))
    for s, section in enumerate(captions):
        for k, key in enumerate(keys):
            for p, path in enumerate(book.paths):
                cents = (base + slope * k + (k * k) // 7) * (p + 2) * (s + 3)
                value = f"{cents / 10**places:.{places}f}"
                book.figures[(section, key, *path)] = "" if p == hole and k >= holes_from else value
    return book


_PRINTED = st.sampled_from(
    [
        lambda value: value,
        lambda value: value.replace(".", ". ", 1),
        lambda value: value.translate(str.maketrans("0123456789.", "０１２３４５６７８９．")),
        lambda value: (
            f"{int(value.partition('.')[0]):,}{'.' if '.' in value else ''}{value.partition('.')[2]}"
            if value
            else value
        ),
        lambda value: value or "-",
    ]
)
_SETTINGS = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
)


def _same(read: RateBook, paper: Paper, shifts: list[int] | None = None) -> None:
    got = {
        (c.table, c.row - (shifts[c.table] if shifts else 0), c.column): (
            c.value,
            frozenset(c.dimensions.items()),
            c.section,
        )
        for c in read.cells
    }
    if paper.nameless:
        assert {p: (v, _texts(d), s) for p, (v, d, s) in got.items()} == {
            p: (v, _texts(d), s) for p, (v, d, s) in paper.expected.items()
        }
    else:
        assert got == paper.expected
    assert [p for p in read.problems if p.kind not in ("empty", "monotony", "encoding")] == []


def _texts(dimensions: frozenset[tuple[str, str]]) -> list[str]:
    """The texts alone: where no name of a level is printed, the reader names it after its kind."""
    return sorted(text for _, text in dimensions)


def _read_all(paper: Paper, numbers: bool) -> None:
    """The same paper as Markdown with HTML tables, as an HTML page, with pipes, as a workbook and as CSV."""
    _same(facade.read({"flbe.md": papers.as_markdown(paper).encode()}), paper)
    _same(facade.read({"rates.html": papers.as_html(paper).encode()}), paper)


def _read_spanless(paper: Paper, numbers: bool) -> None:
    _same(facade.read({"flbe.md": papers.as_pipes(paper).encode()}), paper)
    content, shifts = papers.as_xlsx(paper, numbers)
    _same(facade.read({"费率.xlsx": content}), paper, shifts)
    if sum(isinstance(item, Sheet) for item in paper.items) == 1:
        text, shift = papers.as_csv(paper)
        for code in ("utf-8", "utf-8-sig", "gb18030"):
            _same(facade.read({"费率.csv": text.encode(code)}), paper, [shift])


@_SETTINGS
@given(
    books(), st.sampled_from(["rows", "merged", "bare"]), _PRINTED, st.booleans(), st.sampled_from(["caption", "rows"])
)
def test_a_wide_table_is_read_back(book, corner, printed, numbers, plans) -> None:
    paper = papers.wide(book, corner, "none", len(book.keys[1]), plans, printed)
    _read_all(paper, numbers)
    _read_spanless(paper, numbers)


@_SETTINGS
@given(
    books(),
    st.sampled_from(["rows", "merged", "bare"]),
    st.sampled_from(["full", "leaf", "table", "table_full"]),
    st.integers(2, 5),
    _PRINTED,
    st.sampled_from(["caption", "rows"]),
)
def test_a_table_broken_over_pages_is_read_back(book, corner, breaks, cut, printed, plans) -> None:
    if plans == "rows" and breaks.startswith("table") and len(book.sections) > 1:
        plans = "caption"
    paper = papers.wide(book, corner, breaks, cut, plans, printed)
    _read_all(paper, False)


@_SETTINGS
@given(books(), _PRINTED, st.booleans())
def test_a_turned_table_is_read_back(book, printed, numbers) -> None:
    paper = papers.turned(book, printed)
    _read_all(paper, numbers)
    _read_spanless(paper, numbers)


@_SETTINGS
@given(books(), st.booleans(), _PRINTED, st.booleans())
def test_a_tidy_table_is_read_back(book, merged, printed, numbers) -> None:
    paper = papers.tidy(book, merged, printed)
    read = facade.read({"flbe.md": papers.as_markdown(paper).encode()})
    _same(read, paper)
    _read_spanless(paper, numbers)


@_SETTINGS
@given(books(most_levels=2), st.sampled_from(["rows", "merged", "bare"]), st.integers(4, 6), _PRINTED)
def test_two_blocks_side_by_side_are_read_back(book, corner, cut, printed) -> None:
    paper = papers.beside(book, corner, cut, printed)
    _read_all(paper, False)


@_SETTINGS
@given(st.data())
def test_glued_headings_are_read_back(data) -> None:
    pays = data.draw(st.sampled_from([("5年交", "10年交", "15年交", "20年交"), ("10年交", "20年交", "30年交")]))
    keys = tuple(str(age) for age in range(18, 18 + data.draw(st.integers(6, 12))))
    levels = (("性别", ("男性", "女性")), ("交费期间", pays))
    book = Book(levels, ("年龄", keys), ("",), {})
    for k, key in enumerate(keys):
        for p, path in enumerate(book.paths):
            book.figures[("", key, *path)] = str((100 + k) * (p + 2))
    paper = papers.wide(book, "rows", "none", len(keys), "caption", str)
    (sheet,) = [item for item in paper.items if isinstance(item, Sheet)]
    papers.glue(
        book, sheet, data.draw(st.integers(0, 1)), data.draw(st.integers(0, len(pays) - 2)), data.draw(st.booleans())
    )
    _read_all(paper, False)
