"""What stands above a table: titles, units, notes, and the captions that make a section."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from baohe.rooms.filings.rules.numbers import clean, narrow, read_number
from baohe.rooms.filings.rules.words import value_type

_MONEY = re.compile(
    r"[(（]?\s*(?P<all>(?:金额|货币|币种|费率|保费|保险费|数据)?(?:单位|币种)\s*[:：为]\s*(?P<unit>[^，。;；:：()（）]{1,30}?))\s*[)）]?(?=$|[，。;；]|\s{2,}|\s*[（(]|\s+[^\s:：]{2,20}[:：])"
)
_PER = re.compile(r"[(（]\s*(?P<all>(?:按|以)?\s*每[^()（）]{1,60}?)\s*[)）]")
_PER_LINE = re.compile(
    r"(?P<all>(?:按|以)?每[^。；;:：]{1,40}(?:保险金额|保额|保险费|保费|份|人|单位|元)[^。；;:：]{0,20})"
)
_BARE_UNIT = re.compile(r"[(（]\s*(?P<all>(?:人民币)?(?:元|万元|%|‰)[^()（）]{0,20})\s*[)）]")
_NOTE = re.compile(
    r"\s*(?:[(（]?[*※＊]|[(（]?(?:注|备注|附注|说明|备 注|注意|特别说明)\s*\d*\s*[:：.、]|[(（]?注\d*[:：])"
)
_TITLE = re.compile(
    r"(?:费率|现金价值|保险金额|保费|保险费|费用|系数|利益|退保金|价格).{0,8}表(?:[(（].*[)）])?$|^附?表[一二三四五六七八九十\d]+"
)
_INSURER = re.compile(r"公司|.{4}(?:保险|寿险|年金险|医疗险|重疾险|意外险)(?:[(（][^()（）]{1,12}[)）])?$")
_NAMED = re.compile(r"^(?P<name>[^:：，。]{1,24}?)\s*[:：]\s*(?P<value>[^:：。]{1,60})$")
_IN_PARENS = re.compile(r"[(（][^()（）]*[)）]")
_OUTLINE = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d{1,2}[.、．](?!\d)|[(（]\d{1,2}[)）])\s*"
)
_CONTINUED = re.compile(r"^[(（]?\s*(?:续上?表|接上表|上接|转下页|接上页|续)\s*\d*[)）]?$")
_PAGE = re.compile(r"^[-—第\s]*\d{1,4}\s*(?:页|/\s*\d+)?[-—\s]*(?:页|共\s*\d+\s*页)?$")
_WORD = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]")
_KNOWN_UNIT = re.compile(r"元|%|‰|份|美元|港币|美金|USD|HKD|CNY|RMB|百分|千分|万分|bp|倍", re.IGNORECASE)
LONGEST_CAPTION = 90
"""Signs; a longer line, or one that ends as a sentence, is running text."""


@dataclass
class Caption:
    """One line of a section. `kind` says which earlier line it replaces."""

    kind: str
    text: str


@dataclass
class Captions:
    """State of a file (or, inside it, of one table) while it is read from the top."""

    title: str = ""
    title_number: int = 0
    stack: list[Caption] = field(default_factory=list)
    per: str = ""
    money: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    changed: list[Caption] = field(default_factory=list)
    bad_unit: str = ""
    titles: list[str] = field(default_factory=list)
    sealed: bool = False

    def feed(self, line: str) -> None:
        """Take one printed line."""
        heading = line.startswith("#")
        said = clean(line.lstrip("#"))
        if not said or _PAGE.match(said) or _CONTINUED.match(said):
            return
        if _NOTE.match(said):
            self.notes.append((note_kind(said), said))
            return
        rest = self._units(said)
        if not rest:
            return
        if not _WORD.search(rest):
            self.notes.append(("noise", rest))
            return
        if len(rest) > LONGEST_CAPTION or rest.endswith(("。", "；", ";")):
            self.notes.append(("text", rest))
            return
        kind = caption_kind(rest)
        if _TITLE.search(rest) or (_INSURER.search(rest) and kind == "free") or (heading and kind == "free"):
            self._new_title(rest)
            return
        self._push(Caption(kind, rest))

    def _new_title(self, text: str) -> None:
        """Titles printed again on every page change nothing; a new one after a table begins afresh."""
        if narrow(text) in self.titles:
            return
        if self.sealed or not self.titles:
            self.titles, self.sealed = [], False
            self.title_number += 1
            self.stack.clear()
        self.titles.append(narrow(text))
        self.title = text

    def _push(self, caption: Caption) -> None:
        """A caption takes the place of the last one of its kind and of all below that. Lines that stand together
        above one table belong together, so free text does not push out what was printed just before it.
        """
        kinds = [one.kind for one in self.stack]
        if caption.kind in kinds and not (caption.kind == "free" and self.changed):
            place = len(kinds) - 1 - kinds[::-1].index(caption.kind)
            if narrow(self.stack[place].text) == narrow(caption.text):
                return
            del self.stack[place:]
        self.stack.append(caption)
        self.changed.append(caption)

    def _units(self, said: str) -> str:
        """Take the units out of the line and give back what is left."""
        found = _MONEY.search(said)
        if found:
            if _KNOWN_UNIT.search(found["unit"]):
                self.money = clean(found["all"])
            else:
                self.bad_unit = clean(found["all"])
            said = clean(said[: found.start()] + "  " + said[found.end() :])
        found = _PER.search(said)
        if found and not found["all"].startswith("每日"):
            self.per = clean(found["all"])
            said = clean(said[: found.start()] + said[found.end() :])
        found = _PER_LINE.fullmatch(said)
        if found:
            self.per = clean(found["all"])
            return ""
        found = _BARE_UNIT.fullmatch(said)
        if found:
            self.money = clean(found["all"])
            return ""
        return said.strip(" ()（）") if not _WORD.search(said) else said

    def settle(self) -> list[Caption]:
        """A table follows: the captions new since the last one."""
        changed, self.changed, self.sealed = self.changed, [], True
        return changed

    @property
    def section(self) -> str:
        return "；".join(caption.text for caption in self.stack)


def is_caption_line(text: str) -> bool:
    """A unit or a `name：value` standing in a table's row."""
    plain = _IN_PARENS.sub("", text)
    whole = _PER.fullmatch(text) or _BARE_UNIT.fullmatch(text)
    return bool(whole or _MONEY.match(text) or _NAMED.match(plain))


def is_unit_line(text: str) -> bool:
    return bool(_MONEY.match(text))


def is_note(text: str) -> bool:
    return bool(_NOTE.match(text))


def caption_kind(text: str) -> str:
    """Which line a caption replaces: of the same name, of the same type, of the same depth of outline."""
    outline = _OUTLINE.match(text)
    body = text[outline.end() :] if outline else text
    named = _NAMED.match(body)
    if named and (kind := value_type(named["name"])) not in ("", "number"):
        return "typed:" + kind
    if named and read_number(named["name"]) is None:
        return "named:" + narrow(named["name"]).replace(" ", "")
    typed = value_type(body)
    if typed and typed != "number":
        return "typed:" + typed
    if outline:
        return "outline:" + re.sub(r"[一二三四五六七八九十\d]+", "", narrow(outline.group()).strip())
    return "free"


def note_kind(text: str) -> str:
    """Footnotes that say how a yearly premium is split are instalment factors."""
    return "instalments" if re.search(r"(?:月|季|半年)(?:交|缴)", text) and re.search(r"\d", text) else "note"


def joined_unit(per: str, money: str) -> str:
    return "，".join(part for part in (per, money) if part)


_AMOUNT = re.compile(
    r"每\s*([\d,，.]*)\s*(亿|千万|百万|十万|万|千|百)?\s*元\s*(?:人民币)?([一-鿿]{0,10}?(?:保险金额|风险保额|保额|保险费|保费))"
)
_SCALE = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}


def amounts_of(text: str) -> set[tuple[int, str]]:
    """`每1000元基本保险金额` → (1000, "保险金额"): how much of what a printed rate belongs to."""
    found: set[tuple[int, str]] = set()
    for number, scale, basis in _AMOUNT.findall(narrow(text).replace(" ", "")):
        digits = number.replace(",", "").split(".")[0]
        noun = next(noun for noun in ("风险保额", "保险金额", "保额", "保险费", "保费") if basis.endswith(noun))
        noun = {"保额": "保险金额", "保费": "保险费"}.get(noun, noun)
        if digits or scale:
            found.add((int(digits or 1) * _SCALE[scale], noun))
    return found


_CURRENCIES = (
    ("美元", r"美元|美金|USD"),
    ("港币", r"港[币元]|HKD"),
    ("欧元", r"欧元|EUR"),
    ("人民币", r"人民币|CNY|RMB|元"),
)


def currency_of(text: str) -> str:
    """The currency a unit names; "" for none."""
    return next((name for name, pattern in _CURRENCIES if re.search(pattern, text)), "")
