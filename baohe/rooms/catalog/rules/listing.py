"""What a list shows and searches of a version, made once at publishing."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping
from typing import Any

from baohe.kernel.decisions import Text
from baohe.rooms.catalog.contracts import Card, Labelled, ProductVersion
from baohe.rooms.catalog.rules.searching import terms

SCENES: Mapping[str, Text] = {
    "medical": Text("看病住院", "Hospital"),
    "accident": Text("意外", "Accident"),
    "car": Text("车", "Car"),
    "travel": Text("出行", "Travel"),
    "home": Text("家财", "Home"),
    "pet": Text("宠物", "Pets"),
    "shopping": Text("网购", "Shopping"),
    "pension": Text("养老", "Pension"),
    "life": Text("人寿", "Life"),
}
LINES: Mapping[str, Text] = {
    "medical": Text("医疗险", "medical"),
    "critical_illness": Text("重疾险", "critical illness"),
    "elder_care": Text("老年医疗与照护险", "elder care"),
    "accident": Text("意外险", "accident"),
    "sudden_death": Text("猝死关爱险", "sudden death"),
    "term_life": Text("定期寿险", "term life"),
    "whole_life": Text("终身寿险", "whole life"),
    "annuity": Text("年金险", "annuity"),
    "compulsory_motor": Text("交强险", "compulsory motor"),
    "commercial_motor": Text("商业车险", "commercial motor"),
    "ride": Text("骑行险", "cycling"),
    "shared_car": Text("共享汽车险", "shared car"),
    "travel": Text("旅行险", "travel"),
    "flight_delay": Text("航班延误险", "flight delay"),
    "home": Text("家财险", "home"),
    "pet": Text("宠物险", "pet"),
    "freight_return": Text("退货运费险", "freight return"),
    "goods_quality": Text("商品质量险", "goods quality"),
    "broken_screen": Text("碎屏险", "broken screen"),
    "account_security": Text("账户安全险", "account security"),
    "credit_guarantee": Text("信用保证险", "credit guarantee"),
}
_PERIOD_OF_PLAN = {"monthly": "month", "yearly": "year", "single": "year"}


def line_name(line: str) -> Text:
    """A line of insurance in words; one without a name says its code."""
    return LINES.get(line, Text(line, line))


def card_of(version: ProductVersion) -> dict[str, Any]:
    """The stored card: plain JSON."""
    return {
        "code": version.product_code,
        "version": version.version,
        "name": version.name.as_dict(),
        "promise": version.promise.as_dict(),
        "line": version.line,
        "scenes": list(version.scenes),
        "insurer_code": version.insurer.code,
        "insurer_name": version.insurer.name.as_dict(),
        "insurer_short_name": version.insurer.short_name.as_dict(),
        "figures": [[f.label.as_dict(), f.value.as_dict()] for f in version.figures],
        "from_fen": version.from_fen,
        "from_period": "order" if version.period_kind == "order" else _PERIOD_OF_PLAN[version.from_plan],
        "from_conditions": version.from_conditions.as_dict(),
        "tag": version.tag.as_dict() if version.tag else None,
        "sold_here": version.sold_in_app,
        "search": terms.stored(version, syllables),
    }


def card_from(stored: Mapping[str, Any]) -> Card:
    """The card back from its stored JSON."""
    texts = {k: Text(**stored[k]) for k in ("name", "promise", "insurer_name", "insurer_short_name", "from_conditions")}
    return Card(
        code=stored["code"],
        version=stored["version"],
        line=stored["line"],
        scenes=tuple(stored["scenes"]),
        insurer_code=stored["insurer_code"],
        figures=tuple(Labelled(Text(**label), Text(**value)) for label, value in stored["figures"]),
        from_fen=stored["from_fen"],
        from_period=stored["from_period"],
        tag=Text(**stored["tag"]) if stored["tag"] else None,
        sold_here=stored["sold_here"],
        **texts,
    )


def search_text(version: ProductVersion) -> str:
    """Everything a customer may type: names in both languages, pinyin and its initials, covers, wording."""
    names = [version.name, version.insurer.name, version.insurer.short_name, version.promise]
    names += [LINES.get(version.line, Text(version.line, version.line))]
    names += [SCENES[scene] for scene in version.scenes if scene in SCENES]
    covers = [coverage.name for coverage in version.coverages] + [item.title for item in version.covered]
    spoken = [version.name.zh, version.insurer.short_name.zh, LINES[version.line].zh if version.line in LINES else ""]
    parts = [text for name in names + covers for text in (name.zh, name.en)]
    parts += [pinyin for text in spoken for pinyin in pinyin_forms(text)]
    parts += [f"{section.title} {section.body}" for section in version.clauses]
    parts += [version.clause_name, version.filing_number, version.product_code]
    return normal("\n".join(parts))


@functools.lru_cache(maxsize=8192)
def syllables(text: str) -> tuple[str, ...]:
    """`百万医疗` → [bai, wan, yi, liao]. Anything but Chinese is left out."""
    # Its dictionary takes half a second to load, which every process of the platform would spend at its start.
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(text, style=Style.NORMAL, errors="ignore"))


def spell(text: str) -> str:
    return "".join(syllables(text))


def pinyin_forms(text: str) -> tuple[str, str]:
    """`百万医疗` → ("baiwanyiliao", "bwyl")."""
    said = syllables(text)
    return "".join(said), "".join(syllable[:1] for syllable in said)


def normal(text: str) -> str:
    """One form for searching: full-width folded, lower case, no control characters."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(c for c in folded if c in "\n " or not unicodedata.category(c).startswith("C"))
