"""Everybody a sentence names: by name, by kinship, or oneself; and who is somebody else's. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Relative:
    """`relation` is self, spouse, child, parent or other; `sex` female or male."""

    id: str
    name: str
    relation: str
    sex: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody named at a place. `ids` of those it can mean: none where the family here has nobody of that kinship."""

    start: int
    end: int
    ids: frozenset[str]
    how: str


OF_OTHERS = re.compile(
    r"(?:(?:我|俺)们?家?的?)?(?:别人|人家|对方|邻居|同事|同学|[男女]朋友|(?<!小)朋友|[男女]友|路人|行人|他人|别家"
    r"|客户|领导|老板|上司|徒弟|师[傅父]"
    r"|[室舍战队网校牌球]友|闺蜜|同桌|学生|老师|教练|房东|[租房]客|保姆|护工(?!费)|钟点工|保洁|助理|搭[档子]|同伴|亲戚"
    r"|阿姨|大[爷叔姐嫂妈娘伯婶](?!妈)|保安|物业|别个|干(?:妈|爹|儿子?|女儿|闺女)|发小|哥们|老乡|司机|工人|[员雇]工"
    r"|[前未]婚?[妻夫]|快递(?:员|小哥)?|外卖(?:员|小哥)?|骑手|店员|医生|护士|警察|大夫|陌生人|游客|车主|客人|有人)"
    r"(?:家)?(?:的)?(?:孩子|小孩|儿子|女儿|妈妈?|爸爸?|老人|老公|老婆|父亲|母亲)?"
    r"|\b(?:my|our|a|the|his|her) (?:boss|friend|colleague|neighbou?r|roommate|classmate|co-?worker|customer"
    r"|teacher|student|girlfriend"
    r"|boyfriend|nanny|tenant|landlord|driver|courier)(?:'s (?:son|daughter|wife|husband|child|kid|mother|father"
    r"|mum|mom|dad)\b)?"
    r"|\b(?:some(?:one|body)|an? (?:\w+ )?(?:man|woman|lady|boy|girl|guest|visitor|stranger|passer-?by)"
    r"|the (?:old |delivery )?(?:man|woman|lady))\b",
    re.IGNORECASE,
)
"""People who are none of the family, and theirs."""
_IN_LAW = (
    r"亲家[公母]?|[大小][舅姨]子|小叔子|妯娌|连襟|岳父|岳母|丈人|丈母娘|公公|婆婆|老丈人|女婿|儿媳妇?|(?:father"
    r"|mother|son|daughter|brother|sister)[- ]in[- ]law"
)
_KIN: tuple[tuple[str, str, str], ...] = (
    (
        "other",
        "",
        rf"{_IN_LAW}|(?:外|曾)?(?:祖父|祖母|孙子|孙女|孙儿)|爷爷|奶奶|外公|外婆|姥姥|姥爷|阿公|阿婆|外孙"
        rf"|[表堂大二小]?[哥姐弟妹]{{1,2}}(?!俩)"
        r"|嫂子?|弟媳|姐夫|妹夫|叔叔?|伯伯?|婶婶?|舅舅?|舅妈|姨妈?|姑(?:姑|妈|父|母)?(?!娘)|姨父|侄子|侄女|外甥女?"
        r"|grand(?:ma|pa|mother|father|son|daughter)|brother|sister|cousin|uncle|\baunt|nephew|niece",
    ),
    ("parent", "female", r"妈妈|妈咪|妈|母亲|老妈|俺娘|老娘|我娘|阿母|老母|\bmom\b|\bmum\b|mother(?![- ]in)"),
    ("parent", "male", r"爸爸|爸|父亲|老爸|俺爹|老爹|我爹|老豆|阿爸|\bdad\b|father(?![- ]in)"),
    ("child", "male", r"儿子|仔仔|个仔|阿仔|俺儿|大儿|小儿子|\bson\b"),
    ("child", "female", r"女儿|闺女|囡囡|丫头|囡|个女(?![的人孩生])|阿女|daughter"),
    (
        "child",
        "",
        r"(?<!女)(?<!生)孩子|(?<!生)小孩|孩仔|娃儿?|宝宝|宝贝|崽|小朋友|细路|小家伙|老大|老二|\bkids?\b|\bchild\b"
        r"|\bbaby\b",
    ),
    ("spouse", "male", r"老公|丈夫|先生|husband"),
    ("spouse", "female", r"老婆|妻子|媳妇|(?<!老)太太|wife"),
    ("spouse", "", r"那口子|当家的|内人|爱人|老伴|对象|另一半|spouse|partner"),
)
ANY_KIN = "|".join(words for _, _, words in _KIN)
OWN_KIN = "|".join(words for _, _, words in _KIN[1:])
BODY_EN = (
    r"(?:hands?|arms?|legs?|foot|feet|fingers?|thumb|toes?|head|knees?|wrist|ankle|back|face|eyes?|nose|teeth|hip)"
)
_NOT_OURS = re.compile(
    rf"(?:[一有哪某几][个位名群]|(?<![一-龥])[个位名]|(?:撞|碰|咬|抓)(?:到|了|伤)[个位名]|(?:前面|旁边|路边|隔壁"
    rf"|楼[上下]|对面|后面|路上|别的|[前后]车|同班|别班|班[里上])的?)"
    rf"[^，。,；;的]{{0,3}}?(?:{ANY_KIN})"
    rf"|(?:我|俺)?(?:{ANY_KIN})(?:他|她|家?的)(?:{ANY_KIN})|(?:my|his|her|our) (?:{ANY_KIN})'s (?!{BODY_EN})\w+",
    re.IGNORECASE,
)
"""A child, not one's own; and somebody's somebody ("老公的妈妈")."""
_MYSELF = re.compile(
    rf"(?:我|俺|本人)(?!自?己?们|家|的(?!确|时候)|{ANY_KIN})|(?<![一-龥])自己(?=[摔扭滑跌绊崴])"
    r"|(?<!\w)(?:I|I'm)(?!\w)|\bmyself\b|\bme\b(?!,)",
    re.IGNORECASE,
)
"""Oneself as somebody to whom things happen; 我妈 and 我的手机 speak of somebody and something else."""
_THEIR = re.compile(r"家?的?|[他她]")
"""Between two kinships: "小禾爸爸" is nobody's father but 小禾's."""
_HIS_KIN = re.compile(rf"(?<=[被让给把坐在和跟由])[他她](?:{ANY_KIN})", re.IGNORECASE)
"""The father of whoever was named, who only had a part in it ("被他爸的车门夹了")."""
_THEIR_FRIEND = re.compile(rf"(?:我|俺)?(?:{ANY_KIN})(?:家?的)?(?=〇)", re.IGNORECASE)
"""Beside a blanked stranger: "我儿子的同学" is no son."""
_NOT_THEY = re.compile(
    rf"不是(?:我(?!{ANY_KIN})|我?的?(?:{ANY_KIN}))(?:自己)?|not (?:me|my (?:{ANY_KIN}))\b"
    rf"|(?:我(?!{ANY_KIN})|(?:我)?(?:{ANY_KIN}))(?:人)?(?:倒是|都)?(?:没有?(?:摔|撞|磕|碰|受伤|事儿?"
    rf"|伤着?|大碍)|好好的|不要紧)"
    rf"|my (?:{ANY_KIN}) (?:is|was) (?:fine|ok(?:ay)?|not hurt|unhurt)"
    rf"(?! (?:on|until|till|yesterday|in the|last|before|the day))",
    re.IGNORECASE,
)
"""Of whom it is said that nothing happened to them."""


def ours(sentence: str) -> tuple[str, bool]:
    """The sentence with those blanked to whom nothing happened and who are others' people, places kept; and whether
    others' people were among them."""
    said = _NOT_THEY.sub(_blank, _THEIR_FRIEND.sub(_blank, OF_OTHERS.sub(_blank, sentence)))
    return _HIS_KIN.sub(_blank, _NOT_OURS.sub(_blank, said)), bool(_NOT_OURS.search(said))


def mentions(said: str, family: Sequence[Relative]) -> list[Mention]:
    """Everybody spoken of, in the order of the sentence; a name after its kinship ("我妈王秀兰") is one mention."""
    oneself = frozenset(one.id for one in family if one.relation == "self")
    found = [*_by_name(said, family), *_by_kin(said, family)]
    found += [Mention(*match.span(), oneself, "self") for match in _MYSELF.finditer(said)]
    kept: list[Mention] = []
    for one in sorted(found, key=lambda mention: (mention.start, -mention.end)):
        last = kept[-1] if kept else None
        if (
            last
            and one.ids != last.ids
            and _THEIR.fullmatch(said[last.end : one.start])
            and "self" not in (last.how, one.how)
        ):
            kept[-1] = Mention(last.start, one.end, frozenset(), "kin")
            continue
        if last and (one.start < last.end or (one.start - last.end <= 1 and one.how == "name" and one.ids <= last.ids)):
            continue
        kept.append(one)
    return kept


def _by_name(said: str, family: Sequence[Relative]) -> Iterator[Mention]:
    for one in family:
        for name in (one.name, one.name[1:] if len(one.name) > 2 else ""):
            for match in re.finditer(re.escape(name), said) if name else ():
                yield Mention(*match.span(), frozenset([one.id]), "name")


def _by_kin(said: str, family: Sequence[Relative]) -> Iterator[Mention]:
    for relation, sex, words in _KIN:
        of_family = frozenset(one.id for one in family if one.relation == relation and (not sex or one.sex == sex))
        for match in re.finditer(words, said, re.IGNORECASE):
            yield Mention(*match.span(), of_family, "kin")


def _blank(match: re.Match[str]) -> str:
    """Places stay where they were."""
    return "〇" * len(match[0])
