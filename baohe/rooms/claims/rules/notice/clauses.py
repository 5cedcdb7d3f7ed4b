"""A sentence in clauses, and whether it tells of something that happened at all. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLAUSE = re.compile(
    r"(?:(?!(?<=[一-龥])\s+[一-龥])(?! (?:and|but|so) (?:i|he|she|we|they|my|the|it)\b)[^，。,；;！!？?：:、\n.]"
    r"|\.(?!\s|$))+",
    re.IGNORECASE,
)
_NOT_HAPPENED = re.compile(
    r"如果|要是|假如|假设|倘若|万一|的话|若是|比如|以后|将来|未来|下次|下个?(?:周|星期|礼拜|月)|明年|打算"
    r"|准备(?:去|要|做)|计划|想(?:去|要|做|问|咨询)|"
    r"快要|即将|就要|差一?点|险些|差些|担心会|害怕|怕(?:会|是|他|她|孩子)|梦[见到]|演习|演练|电视[里上]"
    r"|新闻[里上说]|视频[里上]"
    r"|\bif\b|what if|in case|suppose|going to|plan(?:ning)? to|will (?:be|have|need)|would it|nearly|almost|about to",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(
    r"[跟和与同](?:我|咱|俺)们?家?(?:的[^，。,；;]{1,4})?(?:没有?|没有任何|毫无)?(?:关系|无关|没关)|不是(?:我|咱|俺)们?家?的"
    r"(?:水?管|下水|车|狗|猫|责任|问题|原因|事|错|缘故)|不是(?:我|咱|俺)们?家?的?(?:狗|猫|车|孩子)?(?:弄|撞|干|搞|咬|漏|砸|刮|蹭)"
    r"|是(?:别人|邻居|人家|楼上|隔壁|对方|[他她]们?)(?:自己)?家?的?(?:水?管子?|车|狗|猫)(?:[^，。,；;的]{0,2})"
    r"(?=$|[，。,；;])|虚惊一场"
    r"|(?:什么|啥)事(?:情)?(?:都|也)?没|没查出|(?:什么|啥|东西)(?:都|也)?没(?:丢|少|坏)"
    r"|没(?:丢|少|坏)(?:什么|啥|东西)|没这回事|一切正常|原来没[事有]"
    r"|(?:后来|最后|结果)[^，。,；;]{0,6}不是(?:我|咱|俺)"
    r"|(?:was|were|is|are)(?:n't| not) (?:our|my|us\b|me\b)|not (?:our|my) (?:fault|pipe|car|dog|cat|problem)"
    r"|turned out (?:to be )?(?:nothing|fine|ok|not)|false alarm"
    r"|(?:最后|后来|结果|又)[^，。,；;]{0,6}找(?:到|回来|着)了?(?=$|[，。,；;])|found it (?:later|again|in)"
    r"|nothing to do with (?:us|me|our)"
    r"|(?:非|硬|偏|愣|一口咬定|冤枉|诬[赖陷])(?:要|是)?(?:说|讲|赖)?(?:是)?(?:我|咱|俺)|(?:赖|讹)(?:上)?(?:我|咱|俺)"
    r"|(?:根本|压根儿?|从来|完全)(?:就)?没有?(?:[碰撞动开去出咬刮]|这)|(?:i|we) (?:never|didn't) (?:hit|touch|do it)"
    r"|insists? (?:that )?(?:i|we)\b|accus",
    re.IGNORECASE,
)
"""It was not ours, it was nothing, or it is contested: what was told is taken back or somebody else's word."""
_QUESTION = re.compile(
    r"[保赔报](?:不[保赔报]|吗|么)|能[^，。,；;]{0,4}吗|会不会|能不能|可不可以|可以[^，。,；;]{0,4}吗|算不算"
    r"|是不是能|怎么[赔报理]|赔多少|报多少"
    r"|保什么|赔什么|谁[出赔付]|多久|\b(?:does|do|can|could|is|are|would) (?:it|i|you|this|my|that)\b|\bcovered\?",
    re.IGNORECASE,
)

CORRECTED = re.compile(
    r"(?<=[，。,\s])不对|说错|记错|打错|写错|搞错|更正|哦不|噢不|啊不|[哎呃嗯]不|(?<=[，。,\s])不是(?=[，。,\s])"
    r"|应该是|其实是|实际上?是|准确[地的]?说?是"
    r"|no,? wait|i mean|correction",
    re.IGNORECASE,
)
"""What was said before is taken back."""


@dataclass(frozen=True, slots=True)
class Clause:
    """`start` and `end` are places in the sentence."""

    start: int
    end: int
    text: str


def clauses_of(sentence: str) -> tuple[Clause, ...]:
    """What stands between two marks. Words are not cut: "我妈说她摔了" is one clause."""
    return tuple(Clause(*match.span(), match[0]) for match in _CLAUSE.finditer(sentence))


def happened(sentence: str, dated: bool) -> bool:
    """False for a condition, a plan, a near miss, what turned out to be nothing or nobody's of us, and for a question
    that names no day: of these nothing may be taken for a fact, or a claim is opened for something that never was."""
    if _NOT_HAPPENED.search(sentence) or _NOT_OURS.search(sentence):
        return False
    return dated or not _QUESTION.search(sentence)
