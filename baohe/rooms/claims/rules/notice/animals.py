"""Whom an animal hurt, and whose it was: our dog and a guest is another claim than a stray and our mother. Pure."""

from __future__ import annotations

import re

from baohe.rooms.claims.rules.notice.naming import OWN_KIN, ours
from baohe.rooms.claims.rules.notice.words import VICTIM

_ANIMAL = (
    r"(?:狗|(?<!狂)犬|猫|金毛|泰迪|柯基|哈士奇|边牧|拉布拉多|比熊|博美|布偶|英短|宠物(?!医院|店|诊所)"
    r"|\b(?:dog|cat|puppy|kitten)s?\b)"
)
_HURTS = (
    r"(?:咬|抓(?!住|紧|药)|挠|扑[到倒了伤]|撞[到倒了伤]|绊[到倒了]|拽[到倒了]"
    r"|\b(?:bit|bitten|scratched|clawed|knocked)\b)"
)
_IN_CLAUSE = r"[^，。,；;]"
_SUFFERED = re.compile(
    rf"(?:被|给|让){_IN_CLAUSE}{{0,12}}?{_ANIMAL}{_IN_CLAUSE}{{0,6}}?{_HURTS}"
    rf"|\b(?:bitten|scratched|clawed|attacked|knocked (?:down|over)) by {_IN_CLAUSE}{{0,20}}?{_ANIMAL}",
    re.IGNORECASE,
)
""" "被我家狗抓伤": whom it befell stands before."""
_IT_WAS = re.compile(rf"(?:伤|到|了|破|倒)*的(?:人)?是({_IN_CLAUSE}+)")
""" "被我家狗抓伤的是客人"."""
_BY_IT = re.compile(r"被(?:它|牠)?(?:咬|抓|挠)")
""" "喂野猫被抓了": the animal stands before, and first of all whoever had to do with it."""
_HAND = re.compile(r"(?:手|手指|手背|胳膊|脸)$")
"""No animal has one."""
_DID = re.compile(
    rf"{_ANIMAL}(?:(?![被给让]){_IN_CLAUSE}){{0,12}}?(?:[把将](?P<taken>{_IN_CLAUSE}{{1,12}}?){_HURTS}"
    rf"|{_HURTS}(?:伤|到|了|倒|破|过|一口|一下)*(?P<object>{_IN_CLAUSE}*))",
    re.IGNORECASE,
)
""" "狗咬了邻居", "狗把邻居咬了"."""
_OURS = re.compile(rf"(?:我|俺|咱)们?家?的?|自己?家?的?|\b(?:my|our)\b|{OWN_KIN}", re.IGNORECASE)
_FOREIGN = re.compile(
    r"〇|流浪|野|陌生|别人|人家|邻居|隔壁|楼[上下]|(?:路边|路上|小区|村里|对门)里?的|(?<!养[了的])一[只条]"
    r"|\bstray|neighbou?r|\ba (?:big )?$"
    r"|someone|another",
    re.IGNORECASE,
)
_ONESELF = re.compile(
    rf"我(?!们?家?的?{_ANIMAL})|俺|咱|自己|{OWN_KIN}|\b(?:I|me|myself|us)\b|\b(?:my|our) (?!{_ANIMAL})", re.IGNORECASE
)
_SOMEBODY = re.compile(
    rf"〇+|{VICTIM}|\b(?:the|a|our) (?:courier|guest|visitor|neighbou?r|child|passer)\w*", re.IGNORECASE
)
_THING = re.compile(
    r"沙发|家具|门框|房门|鞋|车(?!的)|地毯|窗帘|包包|书|\b(?:sofa|shoes?|carpet|furniture)\b", re.IGNORECASE
)
_BEAST = re.compile(_ANIMAL, re.IGNORECASE)
_OWNER = 8
"""Characters before an animal in which its owner is looked for."""


def attacks(said: str, signs: frozenset[str]) -> frozenset[str]:
    """The signs put right by who was attacked: `bitten` where it was one of us, `others_hurt` where an animal of ours
    did it to somebody else. An animal that is not ours is no `pet` here, unless it hurt one."""
    known, _ = ours(said)
    for victim, whose in _suffered(known) or _by_it(known) or _did(known):
        signs = _settled(signs, victim, whose)
    owners = [_whose(known[: beast.start()][-_OWNER:]) for beast in _BEAST.finditer(known)]
    return signs - {"pet"} if set(owners) == {"foreign"} and "vet" not in signs else signs


def _suffered(said: str) -> list[tuple[str, str]]:
    """Victims and whose the animal was, by passives; without anybody named it is whoever speaks."""
    found = []
    for match in _SUFFERED.finditer(said):
        after = _IT_WAS.match(said[match.end() :])
        victim = _victim(after[1], last=False) if after else _victim(_before(said, match.start()), last=True)
        found.append((victim or "us", _whose(_BEAST.split(match[0])[0])))
    return found


def _by_it(said: str) -> list[tuple[str, str]]:
    found = []
    for match in _BY_IT.finditer(said):
        beasts = list(_BEAST.finditer(said[: match.start()]))
        if beasts:
            told = _before(said, match.start())
            victim = "us" if _HAND.search(told) else _victim(told, last=False) or "us"
            found.append((victim, _whose(said[: beasts[-1].start()][-_OWNER:])))
    return found


def _did(said: str) -> list[tuple[str, str]]:
    """By what the animal did: one of nobody's is ours ("遛狗时狗咬了人")."""
    return [
        (
            _victim(match["taken"] or match["object"] or "", last=False),
            _whose(_before(said, match.start())[-_OWNER:]) or "ours",
        )
        for match in _DID.finditer(said)
    ]


def _settled(signs: frozenset[str], victim: str, whose: str) -> frozenset[str]:
    if victim == "us":
        added = signs - {"others_hurt", "vet"} | {"bitten", "accident"}
        return added - {"pet"} if whose == "foreign" else added
    if victim == "others":
        left = signs - {"bitten"}
        return left - {"pet"} if whose == "foreign" else left | {"others_hurt"}
    return signs - {"bitten", "others_hurt"} if victim == "animal" else signs


def _before(said: str, place: int) -> str:
    """What is said before in the clause, or in the one before it where this one names nobody ("客人来，被狗咬了")."""
    clauses = re.split(r"[，。,；;]", said[:place])
    named = _ONESELF.search(clauses[-1]) or _SOMEBODY.search(clauses[-1]) or _BEAST.search(clauses[-1])
    return clauses[-1] if named or _HAND.search(clauses[-1]) or len(clauses) == 1 else clauses[-2]


def _victim(text: str, *, last: bool) -> str:
    """us, others, animal, or "" where nobody is named: the nearest to what the animal did. A thing of others is as good
    as an animal: nobody was hurt."""
    if not last and _THING.search(text):
        return "animal"
    kinds = (("others", _SOMEBODY), ("animal", _BEAST), ("us", _ONESELF))
    found = [(match.start(), kind) for kind, words in kinds for match in words.finditer(text)]
    if not found:
        return ""
    return (max if last else min)(found, key=lambda one: one[0])[1]


def _whose(owner: str) -> str:
    """ours, foreign, or "" where the sentence does not say; the nearest to the animal counts ("邻居被我家狗")."""
    kinds = (("foreign", _FOREIGN), ("ours", _OURS))
    found = [(match.start(), kind) for kind, words in kinds for match in words.finditer(owner)]
    return max(found)[1] if found else ""
