"""Whom of the family a sentence speaks of: by name, by kinship, or nobody named. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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
    """`ids` of those it can mean. `how` is name, kin, self, nobody (none was named) or stranger (somebody who is not in
    the family here). `doubtful`: somebody else is said to have suffered too."""

    ids: tuple[str, ...]
    how: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    ids: frozenset[str]
    how: str


_IN_LAW = r"岳父|岳母|丈人|丈母娘|公公|婆婆|老丈人|女婿|儿媳妇?|father-in-law|mother-in-law"
_KIN: tuple[tuple[str, str, str], ...] = (
    (
        "other",
        "",
        rf"{_IN_LAW}|(?:外|曾)?(?:祖父|祖母|孙子|孙女|孙儿)|爷爷|奶奶|外公|外婆|姥姥|姥爷|阿公|阿婆|外孙|[表堂大二小]?[哥姐弟妹]{{1,2}}(?!俩)"
        r"|嫂子?|弟媳|姐夫|妹夫|叔叔?|伯伯?|婶婶?|舅舅?|舅妈|姨妈?|姑姑|姑妈|姑父|姨父|侄子|侄女|外甥女?"
        r"|grand(?:ma|pa|mother|father|son|daughter)|brother|sister|cousin|uncle|\baunt|nephew|niece",
    ),
    ("parent", "female", r"妈妈|妈咪|妈|母亲|老妈|俺娘|老娘|我娘|阿母|老母|\bmom\b|\bmum\b|mother(?!-in)"),
    ("parent", "male", r"爸爸|爸|父亲|老爸|俺爹|老爹|我爹|老豆|阿爸|\bdad\b|father(?!-in)"),
    ("child", "male", r"儿子|仔仔|俺儿|大儿|小儿子|\bson\b"),
    ("child", "female", r"女儿|闺女|囡囡|丫头|囡|daughter"),
    (
        "child",
        "",
        r"(?<!女)(?<!生)孩子|(?<!生)小孩|孩仔|娃儿?|宝宝|宝贝|崽|小朋友|细路|小家伙|老大|老二|\bkids?\b|\bchild\b|\bbaby\b",
    ),
    ("spouse", "male", r"老公|丈夫|先生|husband"),
    ("spouse", "female", r"老婆|妻子|媳妇|(?<!老)太太|wife"),
    ("spouse", "", r"爱人|老伴|对象|另一半|spouse|partner"),
)
_ANY_KIN = "|".join(words for _, _, words in _KIN)
_OWN_KIN = "|".join(words for _, _, words in _KIN[1:])
_SELF = re.compile(r"我|本人|自己|俺|咱|偶|\bI\b|\bmy\b|\bme\b|myself", re.IGNORECASE)
_NOT_OURS = re.compile(
    rf"(?:[一有哪某几][个位名群]|(?<![一-龥])[个位名]|(?:撞|碰|咬|抓)(?:到|了|伤)[个位名])[^，。,；;的]{{0,3}}?(?:{_OWN_KIN})"
    rf"|(?:我|俺)?(?:{_ANY_KIN})(?:他|她|家?的)(?:{_ANY_KIN})|(?:my|his|her|our) (?:{_ANY_KIN})'s \w+",
    re.IGNORECASE,
)
"""A child, not one's own; and somebody's somebody ("老公的妈妈")."""
_WE = re.compile(r"我们|咱们?|俺们|一家人|全家|\b(?:we|us|our family)\b", re.IGNORECASE)
_MYSELF = re.compile(
    rf"(?:我|俺|本人)(?!自?己?们|家|的(?!确|时候)|{_ANY_KIN})|(?<!\w)(?:I|I'm)(?!\w)|\bmyself\b|\bme\b(?!,)",
    re.IGNORECASE,
)
"""Oneself as somebody to whom things happen; 我妈 and 我的手机 speak of somebody and something else."""
_NOT_THEY = re.compile(
    rf"不是(?:我(?!{_ANY_KIN})|我?的?(?:{_ANY_KIN}))(?:自己)?|not (?:me|my (?:{_ANY_KIN}))\b"
    rf"|(?:我(?!{_ANY_KIN})|(?:我)?(?:{_ANY_KIN}))(?:人)?(?:倒是|都)?(?:没有?(?:受伤|事儿?|伤着?|大碍)|好好的|不要紧)"
    rf"|my (?:{_ANY_KIN}) (?:is|was) (?:fine|ok(?:ay)?|not hurt|unhurt)",
    re.IGNORECASE,
)
"""Of whom it is said that nothing happened to them."""
_SUFFERED = (
    r"(?:被|给.{1,4}[撞咬]|摔|跌|扭|崴|葳|滑|绊|磕|烫|烧|切|割|划|砸|夹|卡|骨折|住院|住了|住进|发烧|发热|感冒|肺炎|确诊|查出|受伤|去世|过世|病"
    r"|猝死|走了|没了|开刀|手术|断|缝|fell|slipp|broke|cut|twist|burn|was (?:hit|hurt|admit|knock|diagn|bit)|got|hurt"
    r"|had|passed|died|did|tripp)"
)
_THROUGH = re.compile(
    rf"(?:陪|带|送|接|抱|背|和|跟|给|帮|替|找|看|喂|扶|照顾|同|为了?)(?:着|了)?(?:我)?(?:{_OWN_KIN})"
    rf"|(?:with|for|taking) my (?:{_OWN_KIN})"
)
"""Whom one was with or busy for is not yet who fell."""
_TOGETHER = re.compile(r"都|一起|俩|两个人|双双|全家|\bboth\b|together|we all")
_STRANGERS = re.compile(rf"(?:{OF_OTHERS.pattern.removesuffix('?')})|(?:看[见到]|听说|碰到)(?:有人|别人|一个)")
_OTHERS_SUFFERED = re.compile(
    rf"(?:同学|同事|朋友|有人|别人|人家|邻居|老师|员工)(?!家?的?[车狗猫])[^，。,；;把被]{{0,4}}?{_SUFFERED}"
)


def people_said(sentence: str, family: Sequence[Relative]) -> PeopleSaid:
    """Who suffered. Somebody else's child is not one's own, and whom one was with is not who fell. More than one id
    where the sentence does not settle it."""
    said = _NOT_THEY.sub(_blank, OF_OTHERS.sub(_blank, sentence))
    theirs = _NOT_OURS.search(said)
    said = _NOT_OURS.sub(_blank, said)
    oneself = frozenset(one.id for one in family if one.relation == "self")
    mentions = list(_mentions(said, family, oneself))
    others = bool(_OTHERS_SUFFERED.search(sentence))
    if not mentions:
        if theirs or _STRANGERS.search(sentence):
            return PeopleSaid((), "stranger")
        if _WE.search(said):
            return PeopleSaid(tuple(oneself), "nobody", doubtful=True)
        return PeopleSaid(tuple(oneself), "self" if _SELF.search(said) and oneself else "nobody")
    if len({one.ids for one in mentions}) > 1:
        mentions = _who_suffered(said, mentions)
    first = mentions[0]
    if any(not one.ids for one in mentions):
        return PeopleSaid((), "stranger")
    ids = dict.fromkeys(id_ for one in mentions for id_ in _in_order(one.ids, family))
    return PeopleSaid(tuple(ids), first.how, others)


def _mentions(said: str, family: Sequence[Relative], oneself: frozenset[str]) -> Iterator[_Mention]:
    """Everybody spoken of, in the order of the sentence; a name after its kinship ("我妈王秀兰") is one mention."""
    found = [*_by_name(said, family), *_by_kin(said, family)]
    found += [_Mention(*match.span(), oneself, "self") for match in _MYSELF.finditer(said)]
    last: _Mention | None = None
    for one in sorted(found, key=lambda mention: (mention.start, -mention.end)):
        if last and (one.start < last.end or (one.start - last.end <= 1 and one.how == "name" and one.ids <= last.ids)):
            continue
        last = one
        yield one


def _by_name(said: str, family: Sequence[Relative]) -> Iterator[_Mention]:
    for one in family:
        for name in (one.name, one.name[1:] if len(one.name) > 2 else ""):
            for match in re.finditer(re.escape(name), said) if name else ():
                yield _Mention(*match.span(), frozenset([one.id]), "name")


def _by_kin(said: str, family: Sequence[Relative]) -> Iterator[_Mention]:
    for relation, sex, words in _KIN:
        of_family = frozenset(one.id for one in family if one.relation == relation and (not sex or one.sex == sex))
        for match in re.finditer(words, said, re.IGNORECASE):
            yield _Mention(*match.span(), of_family, "kin")


def _who_suffered(said: str, mentions: list[_Mention]) -> list[_Mention]:
    """The one of several to whom it happened; all of them where that is not said."""
    if _TOGETHER.search(said):
        return mentions
    companions = [match.span() for match in _THROUGH.finditer(said)]
    with_them = [one for one in mentions if any(start <= one.start < end for start, end in companions)]
    subjects = [one for one in mentions if one not in with_them]
    if with_them and re.search(rf"[他她](?:.{{0,4}})?{_SUFFERED}|\b(?:he|she) {_SUFFERED}", said):
        subjects = [one for one in with_them if one.how != "self"]
    suffering = [one for one in subjects if _suffers(said, one, mentions)]
    if len({one.ids for one in suffering}) == 1:
        return suffering
    return subjects if len({one.ids for one in subjects}) == 1 and not with_them else mentions


def _suffers(said: str, one: _Mention, mentions: Sequence[_Mention]) -> bool:
    after = min((other.start for other in mentions if other.start >= one.end), default=len(said))
    if re.search(r"把$", said[: one.start]):
        return bool(re.match(r".{0,2}(?:撞|绊|推|碰|刮|带)", said[one.end : after]))
    return bool(re.match(rf"[^，。,；;把]{{0,10}}?{_SUFFERED}", said[one.end : after], re.IGNORECASE))


def _in_order(ids: frozenset[str], family: Sequence[Relative]) -> list[str]:
    return [one.id for one in family if one.id in ids]


def _blank(match: re.Match[str]) -> str:
    """Places stay where they were."""
    return "〇" * len(match[0])
