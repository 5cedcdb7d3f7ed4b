"""What may stand beside a product somebody looks at, with the difference in price and where it comes from.

The reasons name cover, never "cheaper": a lower price without what it leaves out would be a ranking (PUB-3).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from baohe.kernel.decisions import Reason, Text
from baohe.kernel.money import yuan
from baohe.rooms.advice.contracts import Answers, Beside, Facts, Member
from baohe.rooms.advice.rules import fitting
from baohe.rooms.advice.rules.needs import lines_beside
from baohe.rooms.catalog.contracts import ProductVersion
from baohe.rooms.rating import facade as rating

_MOST = 3
_COMPARED = ("limit", "deductible", "renewal")
_LABELS = {
    "limit": Text("保额", "cover"),
    "deductible": Text("自己先付", "you pay first"),
    "renewal": Text("续保", "renewal"),
}


def beside(
    looked_at: ProductVersion,
    inputs: Mapping[str, str],
    member: Member | None,
    answers: Answers,
    looked: Sequence[str],
    versions: Sequence[ProductVersion],
) -> tuple[Beside, ...]:
    """At most three products of the same need, priced for the same person; more fitting reasons first, then the
    same line, then by code."""
    used = {**inputs, **fitting.inputs_of(member)}
    mine = rating.indication(looked_at, used)
    facts = Facts("", (member,) if member else (), (), answers, (), tuple(looked))
    lines = lines_beside(looked_at.line)
    found = []
    for version in versions:
        if version.line not in lines or version.product_code == looked_at.product_code or not version.sold_in_app:
            continue
        theirs = rating.indication(version, used)
        if theirs.price is None or not fitting.takes(version, member):
            continue
        matched = fitting.matches(version, member, facts)
        comparable = mine.price is not None and mine.price.period == theirs.price.period
        difference = theirs.price.premium_fen - mine.price.premium_fen if comparable and mine.price else None
        because = differences(looked_at, version)
        reasons = [reason for counts, reason in matched if counts] + because
        if difference is not None:
            reasons.insert(0, _price(theirs.price.premium_fen, difference, because))
        one = Beside(
            version.product_code, version.id, theirs.price.premium_fen, theirs.price.period, difference, tuple(reasons)
        )
        found.append((-sum(counts for counts, _ in matched), lines.index(version.line), version.product_code, one))
    found.sort(key=lambda item: item[:3])
    return tuple(item[3] for item in found[:_MOST])


def beside_general(looked_at: ProductVersion, versions: Sequence[ProductVersion]) -> tuple[Beside, ...]:
    """The same for everybody: by line and code, nothing personal, differences of cover only (DATA-3)."""
    lines = lines_beside(looked_at.line)
    others = [v for v in versions if v.line in lines and v.product_code != looked_at.product_code and v.sold_in_app]
    others.sort(key=lambda version: (lines.index(version.line), version.product_code))
    found = [
        Beside(v.product_code, v.id, None, "order" if v.period_kind == "order" else "year", None)
        for v in others[:_MOST]
    ]
    return tuple(
        replace(one, reasons=tuple(differences(looked_at, v))) for one, v in zip(found, others[:_MOST], strict=True)
    )


def differences(one: ProductVersion, other: ProductVersion) -> list[Reason]:
    """Where the cover of `other` differs from that of `one`, each in a sentence."""
    told = []
    if one.waiting_days != other.waiting_days:
        told.append(
            _differs("waiting", Text("等待期", "waiting period"), _days(other.waiting_days), _days(one.waiting_days))
        )
    for code in _COMPARED:
        mine, theirs = one.compare.get(code), other.compare.get(code)
        if mine and theirs and mine.title.zh != theirs.title.zh:
            told.append(_differs(code, _LABELS[code], theirs.title, mine.title))
    if one.max_age != other.max_age:
        ages = [Text(f"到 {version.max_age} 岁", f"to age {version.max_age}") for version in (other, one)]
        told.append(_differs("age", Text("可投保年龄", "age accepted"), *ages))
    return told


def _differs(code: str, label: Text, theirs: Text, mine: Text) -> Reason:
    zh = f"{label.zh}：{theirs.zh}；你看的那款：{mine.zh}"
    return Reason(code, Text(zh, f"{label.en}: {theirs.en}; the one you look at: {mine.en}"))


def _days(days: int) -> Text:
    return Text(f"{days} 天", f"{days} days") if days else Text("没有", "none")


def _price(premium_fen: int, difference_fen: int, because: Sequence[Reason]) -> Reason:
    if not difference_fen:
        zh, en = "和你看的那款一样", "the same as the one you look at"
    else:
        word_zh, word_en = ("多", "more") if difference_fen > 0 else ("少", "less")
        zh = f"比你看的那款{word_zh} ¥{yuan(abs(difference_fen))}"
        en = f"¥{yuan(abs(difference_fen))} {word_en} than the one you look at"
    zh += "，因为保障不同，差别见下" if because and difference_fen else ""
    en += ", because the cover differs, see below" if because and difference_fen else ""
    return Reason("price", Text(f"你的价格 ¥{yuan(premium_fen)}，{zh}", f"Your price ¥{yuan(premium_fen)}, {en}"))
