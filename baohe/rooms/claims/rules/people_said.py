"""Whom of the family a sentence speaks of: by name, by kinship, or nobody named. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from baohe.rooms.claims.rules.words import OF_OTHERS


@dataclass(frozen=True, slots=True)
class Relative:
    """`relation` is self, spouse, child, parent or other; `sex` female or male."""

    id: str
    name: str
    relation: str
    sex: str


@dataclass(frozen=True, slots=True)
class PeopleSaid:
    """`ids` of those it can mean. `how` is name, kin, self, nobody (none was named) or stranger (a relative who is not
    in the family here)."""

    ids: tuple[str, ...]
    how: str


_IN_LAW = r"岳父|岳母|丈人|丈母娘|公公|婆婆|老丈人|father-in-law|mother-in-law"
_KIN: tuple[tuple[str, str, str], ...] = (
    (
        "other",
        "",
        rf"{_IN_LAW}|爷爷|奶奶|外公|外婆|姥姥|姥爷|阿公|阿婆|哥哥?|弟弟?|姐姐?|妹妹?|grand(?:ma|pa|mother|father)|brother|sister",
    ),
    ("parent", "female", r"妈妈|妈咪|妈|母亲|老妈|俺娘|老娘|我娘|阿母|老母|\bmom\b|\bmum\b|mother(?!-in)"),
    ("parent", "male", r"爸爸|爸|父亲|老爸|俺爹|老爹|我爹|老豆|阿爸|\bdad\b|father(?!-in)"),
    ("child", "male", r"儿子|仔仔|俺儿|大儿|小儿子|\bson\b"),
    ("child", "female", r"女儿|闺女|囡囡|丫头|囡|daughter"),
    ("child", "", r"(?<!女)孩子|小孩|娃儿?|宝宝|宝贝|崽|小朋友|细路|小家伙|老大|老二|\bkids?\b|\bchild\b|\bbaby\b"),
    ("spouse", "male", r"老公|丈夫|先生|husband"),
    ("spouse", "female", r"老婆|妻子|媳妇|太太|wife"),
    ("spouse", "", r"爱人|对象|另一半|spouse|partner"),
)
_SELF = re.compile(r"我|本人|自己|俺|咱|偶|\bI\b|\bmy\b|\bme\b|myself", re.IGNORECASE)
_I_SUFFER = re.compile(
    r"(?:我|俺|本人)(?:自己)?(?:昨天|今天|前天|也|就|不小心|不慎|一不小心|骑车|骑行|骑|走路|开车|下楼|上班|下班|路上|的?时候|又)*"
    r"(?:被|给|摔|跌|撞|扭|崴|葳|滑|烫|烧|骨折|住院|发烧|确诊|查出|切|划|割|磕|绊|受伤)"
    r"|(?<!my )\bI (?:fell|slipped|broke|cut|twisted|was|had|got|hurt)\b"
)
_THROUGH = re.compile(
    r"(?:陪|带|送|接|抱|背|和|跟)(?:着)?(?:我)?(?:{})".format("|".join(words for _, _, words in _KIN[1:]))
)


def people_said(sentence: str, family: Sequence[Relative]) -> PeopleSaid:
    """Who suffered. Somebody else's child is not one's own, and whom one was with is not who fell."""
    said = OF_OTHERS.sub("〇", sentence)
    named = [one for one in family if one.name and (one.name in said or (len(one.name) > 2 and one.name[1:] in said))]
    if named:
        return PeopleSaid(tuple(one.id for one in named), "name")
    oneself = tuple(one.id for one in family if one.relation == "self")
    if _I_SUFFER.search(said):
        return PeopleSaid(oneself, "self") if oneself else PeopleSaid((), "stranger")
    kin = _kin(_THROUGH.sub("〇", said) if _SELF.search(_THROUGH.sub("〇", said)) else said)
    if kin is not None:
        relation, sex = kin
        found = tuple(one.id for one in family if one.relation == relation and (not sex or one.sex == sex))
        return PeopleSaid(found, "kin") if found else PeopleSaid((), "stranger")
    if _SELF.search(said) and oneself:
        return PeopleSaid(oneself, "self")
    return PeopleSaid(oneself, "nobody")


def _kin(said: str) -> tuple[str, str] | None:
    """The kinship that is said first."""
    found = [
        (match.start(), relation, sex)
        for relation, sex, words in _KIN
        if (match := re.search(words, said, re.IGNORECASE))
    ]
    return min(found)[1:] if found else None
