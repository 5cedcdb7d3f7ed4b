"""Search: segmentation, synonyms, pinyin, slips, relevance. Pure: the products are made here."""

from __future__ import annotations

import pytest

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import Card
from baohe.rooms.catalog.rules import listing
from baohe.rooms.catalog.rules.searching import completing, facets, matching, terms, words
from baohe.rooms.catalog.rules.searching.facets import Filters
from baohe.rooms.catalog.rules.searching.matching import COVER, NAME, Entry
from baohe.rooms.catalog.rules.searching.typos import distance


def entry(
    code: str,
    line: str,
    name: str,
    covers: str = "",
    wording: str = "",
    *,
    fen: int = 100,
    here: bool = True,
    **kept: object,
) -> Entry:
    insurer = Text("海岬健康" if "medical" in code else "松涛财险", "Haijia" if "medical" in code else "Songtao")
    plain = Text("", "")
    scenes = ("car",) if "motor" in line else ("medical",)
    card = Card(
        code,
        "1",
        Text(name, code),
        plain,
        line,
        scenes,
        insurer.en.lower(),
        insurer,
        insurer,
        (),
        fen,
        "year",
        plain,
        None,
        here,
    )
    texts = [(text, NAME) for text in [name, *words.cut_name(name)]]
    texts += [(text, COVER) for text in covers.split()]
    stored = {
        "name": f"\n{name}\n {insurer.zh}\n {code}",
        "cover": "\n" + covers.replace(" ", "\n"),
        "terms": [[text, list(listing.syllables(text)), weight] for text, weight in texts],
        "min_age_days": 28,
        "max_age": 60,
        "waiting_days": 30,
        "term_kind": "year",
        **kept,
    }
    return terms.entry(f"{code}@1", "h", card, stored, f"{name}\n{wording}", [listing.LINES[line]])


SHELF = [
    entry("a-medical", "medical", "互联网百万医疗保险", "一般住院医疗 院外特定药", "意外伤害门诊不在等待期内"),
    entry("b-accident", "accident", "个人意外伤害保险", "意外身故 意外医疗", "门诊 猝死不保", fen=1),
    entry(
        "c-illness",
        "critical_illness",
        "重大疾病保险",
        "重大疾病给付 轻症",
        max_age=55,
        waiting_days=90,
        term_kind="life",
    ),
    entry("d-life", "term_life", "定期寿险", "身故或全残", term_kind="years"),
    entry("e-annuity", "annuity", "养老年金保险", "养老年金 身故给付", term_kind="life", waiting_days=0),
    entry("f-motor", "commercial_motor", "机动车商业保险", "机动车损失 第三者责任", waiting_days=0),
    entry("g-compulsory", "compulsory_motor", "机动车交通事故责任强制保险", "死亡伤残 财产损失", waiting_days=0),
    entry(
        "h-freight",
        "freight_return",
        "网络购物退货运费损失保险",
        "退货运费",
        here=False,
        waiting_days=0,
        term_kind="order",
    ),
    entry("i-sudden", "sudden_death", "职场猝死关爱保险", "猝死 身故"),
    entry("j-screen", "broken_screen", "手机碎屏保险", "屏幕意外碎裂"),
]


def found(q: str) -> list[str]:
    return [e.card.code[0] for e in matching.search(listing.normal(q), SHELF, listing.spell).entries]


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("百万医疗", "a"), ("住院医疗", "a"), ("重疾", "c"), ("大病", "c"), ("重大疾病", "c"), ("大病保险", "c"),
        ("退运费", "h"), ("退货运费险", "h"), ("猝死", "i"), ("猝死险", "i"), ("寿险", "d"), ("人寿", "d"),
        ("养老金", "e"), ("年金", "e"),
        ("手机屏幕碎了", "j"), ("给爸妈买的住院医疗险哪个好", "a"), ("我想要重疾险", "c"),
    ],
)  # fmt: skip
def test_what_people_say_finds_the_product(q: str, first: str) -> None:
    assert found(q)[0] == first


def test_car_insurance_means_both_motor_lines() -> None:
    for q in ("车险", "机动车", "汽车险"):
        assert {"f", "g"} <= set(found(q)), q


@pytest.mark.parametrize(
    ("q", "first"), [("baiwanyiliao", "a"), ("bwyl", "a"), ("zhongji", "c"), ("zjx", "c"), ("yanglao", "e")]
)
def test_pinyin_and_its_initials(q: str, first: str) -> None:
    assert first in found(q)[:2]


@pytest.mark.parametrize(
    ("q", "meant", "first"),
    [
        ("白万医疗", "百万医疗", "a"),
        ("众疾险", "重疾险", "c"),
        ("yiliaoo", "医疗", "a"),
        ("zhongjixain", "重疾险", "c"),
        ("意外身固", "意外身故", "b"),
    ],
)
def test_slips_are_corrected_and_said(q: str, meant: str, first: str) -> None:
    answer = matching.search(q, SHELF, listing.spell)

    assert answer.corrected == meant
    assert answer.entries[0].card.code[0] == first


@pytest.mark.parametrize("q", ["没有这种东西", "100%_", "量子纠缠理论", "zzzzzz", "'; drop table", "﷽"])
def test_what_nobody_sells_is_not_made_up(q: str) -> None:
    assert found(q) == []


def test_a_name_comes_before_a_line_before_a_cover_before_the_wording() -> None:
    assert found("门诊") == ["a", "b"]
    assert found("身故")[0] in "bdei"
    assert found("意外")[0] == "b", "in the name"
    assert found("意外")[-1] == "a", "only in the wording"


@pytest.mark.rule("PUB-3")
def test_the_price_moves_nothing() -> None:
    dearer = [
        entry("b-accident", "accident", "个人意外伤害保险", "意外身故 意外医疗", "门诊 猝死不保", fen=999_999),
        *SHELF,
    ]
    dearer.pop(2)

    for q in ("", "意外", "身故", "保险"):
        ours = [e.card.code for e in matching.search(q, dearer, listing.spell).entries]
        assert ours == [e.card.code for e in matching.search(q, SHELF, listing.spell).entries]


def test_words_that_no_product_answers_together_are_answered_in_part_and_said_so() -> None:
    answer = matching.search("百万医疗 碎屏", SHELF, listing.spell)

    assert answer.partly
    assert {e.card.code[0] for e in answer.entries} >= {"a", "j"}
    assert not matching.search("意外 门诊", SHELF, listing.spell).partly


def test_without_words_what_is_sold_here_comes_first_by_code() -> None:
    assert found("") == list("abcdefgij") + ["h"]


def test_facets_count_with_the_other_filters_applied() -> None:
    given = Filters(line="medical", age=58)
    counted = {f.code: {c.value: c.products for c in f.choices} for f in facets.facets(SHELF, given)}

    assert counted["line"]["accident"] == 1, "its own facet stays open"
    assert "critical_illness" not in counted["line"], "not sold at 58"
    assert counted["scene"] == {"medical": 1}
    assert counted["term"] == {"year": 1}
    assert counted["age"]["60"] == 1
    assert "65" not in counted["age"]


def test_waiting_and_term_narrow_the_list() -> None:
    none = [e.card.code[0] for e in SHELF if facets.takes(e, Filters(waiting="none"))]
    for_life = [e.card.code[0] for e in SHELF if facets.takes(e, Filters(term="life"))]

    assert none == ["e", "f", "g", "h"]
    assert for_life == ["c", "e"]


def test_a_newborn_counts_from_the_first_day_the_product_takes() -> None:
    adult = entry("x", "medical", "成人医疗", min_age_days=18 * 366)

    assert facets.accepts(SHELF[0], 0)
    assert not facets.accepts(adult, 16)


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("重", "line", "critical_illness"),
        ("cx", "line", "commercial_motor"),
        ("百万", "product", "a-medical"),
        ("海岬", "insurer", "haijia"),
        ("白万医疗", "word", "百万医疗"),
    ],
)
def test_typing_is_completed(typed: str, kind: str, value: str) -> None:
    hints = completing.hints(typed, SHELF, listing.spell, 8)

    assert (kind, value) in [(hint.kind, hint.value) for hint in hints]
    assert len(hints) <= 8


def test_the_words_in_the_file_carry_the_pinyin_of_the_dictionary() -> None:
    known = words.words()

    for line, spoken in known.lines.items():
        assert line in listing.LINES
        for word, pinyin in spoken:
            assert tuple(pinyin.split()) == listing.syllables(word), word
    assert set(known.lines) == set(listing.LINES)


def test_edit_distance_stops_early() -> None:
    assert distance("yiliao", "yiliaoo", 2) == 1
    assert distance("zhongjixain", "zhongjixian", 2) == 1
    assert distance("a", "abcd", 2) == 3
    assert distance("abcdef", "uvwxyz", 2) == 3
