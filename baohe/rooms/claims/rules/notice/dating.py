"""Which of the days said is the event's: one that stands with what happened, not with what was done about it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from baohe.rooms.claims.rules.notice.clauses import CORRECTED, Clause, clauses_of
from baohe.rooms.claims.rules.notice.signs import signs_in
from baohe.rooms.claims.rules.notice.words import HAPPENINGS

Place = tuple[int, int, date]
_NOTHING = frozenset[str]()

_DONE_ABOUT_IT = re.compile(
    # telling and asking
    r"电话|来电|致电|短信|信息|邮件|通知|提示|推送|预警|找(?:我|他|她|你)?要|索要|要求|追偿|告诉|告知|说|讲|问(?!题)|回复|答复"
    r"|回话|联系|提醒|催|道歉|投诉|反映|协商|沟通|咨询|聊"
    # finding out
    r"|发现|才|知道|得知|想起|记起|听说|意识到|看到(?:账单|短信|消息)|收[到了]|拿[到了]|取[到回]"
    # asking for money, paying, being refused
    r"|申请|报案|报(?:的|了|过)?(?:警|保险|理赔)|提交|递交|备案|登记|理赔|索赔|拒|起诉|调解|定损|立案|结案|协议"
    r"|判[决了]"
    r"|付|交[了过]?(?:的|押|费|钱|款|材|资|保)|缴|垫|赔|结[账算]|转账|押金|账单|发票|证明|报销|续保|投保|签|审核"
    r"|盖章|寄"
    # later steps, and what was before
    r"|出院|拆线|复查|复诊|换药|康复|好转|好了|修(?!剪)|维修|再去|又去|补(?!办)|送来"
    r"|\b(?:called|rang|phoned|told|says?|said|asked|wrote|texted|messaged|alert(?:ed)?"
    r"|emailed|notified|informed|reminded|found out"
    r"|noticed|learn(?:ed|t)"
    r"|heard|applied|filed|reported|paid|received|got (?:the|a) (?:bill|letter|call|message)|refused|rejected"
    r"|discharged"
    r"|stitches out|follow-?up|repaired|fixed|bought|rented|borrowed|remembered|realis|realiz)",
    re.IGNORECASE,
)
"""What is told of a day that need not be the event's. A new word for such a step belongs here."""
_GOT = re.compile(r".{0,8}?(?:买|借|租|领|换|网购)[的了到]|[^,.]{0,12}\b(?:bought|rented|borrowed)\b")
"""The day a thing was got ("昨天买的手机碎了")."""
_THAT = re.compile(r"\s*(?:that|about)\b")
"""The day was of the telling: "told me on Friday that she fell"."""
_SCENE = re.compile(
    r"路上|[上下]班|回家|出门|出差|旅游|骑|开[^，]{0,3}车|自驾|租车|走|跑|打.{0,2}球|踢球|做[饭菜]|切菜|[上下]楼"
    r"|陪|带|送|接|抱|遛|玩|滑雪|爬|在"
    r"|去|参加|逛|洗|拖地|搬|干活|上课|体育课|坐|停|睡|起夜|扶|吃|喝|吵|出警|半夜|下雨|下雪|路滑|刹"
    r"|\b(?:was|were|went|while|when|cook|walk|play|driv|rid|runn|at|on|in)",
    re.IGNORECASE,
)
"""What people say of where they were before it happened: the day of such a clause is the day of what follows."""
_BARE = re.compile(
    r"(?:[的了是在于就那这个天日晚上早中午下夜里凌晨傍点钟左右大概约半多来事情发生时候当\d一二三四五六七八九"
    r"十两：:\s()（）]|about|on|at|in|it was|the)*",
    re.IGNORECASE,
)
_DENIED = re.compile(r"(?:不是|并非|不在|\bnot (?:on )?)$", re.IGNORECASE)
_WELL = re.compile(
    r"好好的|都好|没什?么?事|正常|没毛病|没问题|能[走跑吃]|活蹦乱跳|\b(?:fine|ok(?:ay)?|all right|well)\b",
    re.IGNORECASE,
)
_GUESSED = re.compile(
    r"大概|大约|好像|可能|应该|似乎|左右|前后|或者?|还是|记不[清得]|不记得|忘了|不太?确定|maybe|perhaps|probably"
    r"|i think|or so|around"
    r"|not sure",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"去年|前年|上次|上回|以前|从前|曾经|早就|小时候|last time|last year")


@dataclass(frozen=True, slots=True)
class Dated:
    """`places` of the days that can be the event's; `earned`: everything else in the sentence agrees with them.
    `beside`: the signs of what they stand with; `before`: of what was said before them."""

    places: list[Place]
    earned: bool
    beside: frozenset[str]
    before: frozenset[str]


def of_event(sentence: str, places: Sequence[Place]) -> Dated:
    """Those of the places that stand with what happened; where none does, all, and unearned."""
    meant = _meant(sentence, places)
    clauses = clauses_of(sentence)
    beside = {one: _stands(sentence, clauses, one) for one in meant}
    standing = [one for one in meant if beside[one]]
    left = without(sentence, places)
    doubt = CORRECTED.search(sentence) or _GUESSED.search(left) or _BEFORE.search(left)
    before = _happens(sentence[: standing[0][0]]) if standing else _NOTHING
    return Dated(standing or meant, bool(standing) and not doubt, _NOTHING.union(*beside.values()), before)


def without(sentence: str, places: Sequence[Place]) -> str:
    """The sentence with its days blanked, so that "正月初六" is not read as "月初" too."""
    for start, end, _ in places:
        sentence = sentence[:start] + "\0" * (end - start) + sentence[end:]
    return sentence


def _meant(sentence: str, places: Sequence[Place]) -> list[Place]:
    """Without what is denied ("不是昨天"), taken back ("前天，不对，是昨天") or a day when all was well."""
    kept = [one for one in places if not _DENIED.search(sentence[: one[0]])] or list(places)
    for match in CORRECTED.finditer(sentence):
        kept = [one for one in kept if one[0] >= match.end()] or kept
    well = [one for one in clauses_of(sentence) if _WELL.search(one.text) and not _happens(one.text) - {"pet_ill"}]
    return [one for one in kept if not any(clause.start <= one[0] < clause.end for clause in well)] or kept


def _stands(sentence: str, clauses: Sequence[Clause], place: Place) -> frozenset[str]:
    """What happened where the day stands: in its clause, or in what its scene leads to. Nothing where it stands with
    what was done about it."""
    at = next(n for n, one in enumerate(clauses) if one.start <= place[0] < one.end)
    before, after = sentence[clauses[at].start : place[0]], sentence[place[1] : clauses[at].end]
    if _BARE.fullmatch(before + after):
        return _beside(clauses, at)
    told_then = _DONE_ABOUT_IT.search(before) and _THAT.match(after)
    if told_then or _DONE_ABOUT_IT.search(after) or _GOT.match(after):
        return _NOTHING
    happens = _happens(after) if _DONE_ABOUT_IT.search(before) else _happens(before + "\0" + after)
    if happens or _DONE_ABOUT_IT.search(before):
        return happens
    return _leads(clauses[at + 1 :]) if _SCENE.search(clauses[at].text) else _NOTHING


def _beside(clauses: Sequence[Clause], at: int) -> frozenset[str]:
    """A day alone between two marks belongs to what was said before it, or else to what follows."""
    if at == 0:
        return _leads(clauses[1:])
    before = clauses[at - 1].text
    if at == 1 and not _DONE_ABOUT_IT.search(before) and (happens := _happens(before)):
        return happens
    if any(_DONE_ABOUT_IT.search(one.text) for one in clauses):
        return _NOTHING
    return _NOTHING.union(*(_happens(one.text) for one in clauses))


def _leads(following: Sequence[Clause]) -> frozenset[str]:
    """The first thing that happens, if it comes before anything is done about it."""
    for one in following:
        done = _DONE_ABOUT_IT.search(one.text)
        if happens := _happens(one.text[: done.start()] if done else one.text):
            return happens
        if done:
            return _NOTHING
    return _NOTHING


def _happens(text: str) -> frozenset[str]:
    return signs_in(text) & HAPPENINGS
