"""The wordings side by side: for each subject the clause of every column, with the sentences only one of them has."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import ClauseCell, ClauseRow, ClauseSection, ProductVersion, Sentence

_ALIKE_PERCENT = 25
"""From this share of common sentences on, two clauses are alike enough for marks to mean something."""
_ENDS = re.compile(r"(?<=[。；！？\n])")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a clause may be about, and the words its title says it with."""

    label: Text
    titles: tuple[str, ...]


SUBJECTS: Mapping[str, Subject] = {
    "who": Subject(Text("谁能投保", "Who can be insured"), ("投保范围", "被保险人", "投保人与")),
    "period": Subject(Text("保险期间", "Period of cover"), ("保险期间",)),
    "renewal": Subject(Text("续保", "Renewal"), ("续保", "续约")),
    "waiting": Subject(Text("等待期", "Waiting period"), ("等待期", "观察期")),
    "cooling_off": Subject(Text("犹豫期", "Cooling-off"), ("犹豫期",)),
    "excluded": Subject(Text("责任免除", "Exclusions"), ("不承担", "不赔", "责任免除", "免除责任", "不负责")),
    "deductible": Subject(Text("免赔额与比例", "Deductible and share"), ("免赔", "给付比例", "赔付比例", "赔偿比例")),
    "double": Subject(Text("已报销的部分", "What others paid"), ("补偿原则", "重复保险")),
    "hospital": Subject(Text("医院范围", "Hospitals"), ("医院范围", "医疗机构")),
    "premium": Subject(Text("保险费", "Premium"), ("保险费的确定", "费率调整", "交费")),
    "grace": Subject(Text("逾期未交", "Late payment"), ("宽限", "逾期")),
    "disclosure": Subject(Text("如实告知", "What you must tell"), ("如实告知", "告知义务")),
    "notice": Subject(Text("出险通知", "Telling us of a loss"), ("事故通知", "出险通知", "报案")),
    "papers": Subject(Text("理赔材料", "Claim papers"), ("申请材料", "索赔资料", "理赔材料", "保险金申请")),
    "payout": Subject(Text("核定与给付", "Decision and payment"), ("核定", "给付期限", "自动理赔")),
    "leaving": Subject(Text("退保", "Leaving"), ("投保人解除合同", "合同的解除", "解除合同", "退保")),
}


def clause_rows(versions: Sequence[ProductVersion]) -> tuple[ClauseRow, ...]:
    """One row a subject that at least two wordings speak of."""
    rows = []
    for code, subject in SUBJECTS.items():
        sections = [_section(version, subject) for version in versions]
        if sum(section is not None for section in sections) > 1:
            rows.append(_row(code, subject.label, sections))
    return tuple(rows)


def _section(version: ProductVersion, subject: Subject) -> ClauseSection | None:
    """The first point whose title names the subject; a chapter only when it has words of its own."""
    for title in subject.titles:
        for section in version.clauses:
            if title in section.title and section.body.strip():
                return section
    return None


def _row(code: str, label: Text, sections: Sequence[ClauseSection | None]) -> ClauseRow:
    said = [_sentences(section.body) if section else () for section in sections]
    plain = [frozenset(_bare(sentence) for sentence in one) for one in said]
    cells: list[ClauseCell | None] = []
    for mine, section in enumerate(sections):
        if section is None:
            cells.append(None)
            continue
        alike = [other for n, other in enumerate(plain) if n != mine and other and _alike(plain[mine], other)]
        told = frozenset().union(*alike)
        marked = tuple(Sentence(text, bool(alike) and _bare(text) not in told) for text in said[mine])
        cells.append(ClauseCell(section.number, section.title, marked))
    return ClauseRow(code, label, tuple(cells), len(set(plain)) == 1)


def _sentences(body: str) -> tuple[str, ...]:
    parts = (part.strip() for part in _ENDS.split(body))
    return tuple(part for part in parts if part)


def _bare(sentence: str) -> str:
    """A sentence without what typesetting may vary: spaces, numbering, punctuation."""
    return re.sub(r"^[（(]?[0-9一二三四五六七八九十]+[）)、.．]|[\s，。；、：！？*-]", "", sentence)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) * 100 >= _ALIKE_PERCENT * min(len(one), len(other))
