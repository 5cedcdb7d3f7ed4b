"""Whom of the family something befell: the subject of what happened, not whoever else is spoken of. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from baohe.rooms.claims.rules.notice.clauses import CORRECTED, Clause, clauses_of
from baohe.rooms.claims.rules.notice.naming import BODY_EN, OWN_KIN, Mention, Relative, mentions, ours
from baohe.rooms.claims.rules.notice.signs import signs_in
from baohe.rooms.claims.rules.notice.strangers import others_suffer, pronouns, unknown_subject
from baohe.rooms.claims.rules.notice.words import BODILY, BODY_PART, HAPPENINGS

_SELF = re.compile(
    r"(?:我|俺|自己)的?(?:腿|脚|手(?!机|表|提)|胳膊|臂|膝|头|脸|鼻|牙|腰|背|肩|腕|踝|眼|脖|骨|肋|身|肚|胃|心)"
    r"|本人|我这|\bmyself\b"
    r"|\bmy (?:leg|foot|hand|arm|knee|head|face|nose|tooth|teeth|back|shoulder|wrist|ankle|eye|neck|finger|toe|rib)",
    re.IGNORECASE,
)
_OUR_WHO = re.compile(
    r"(?:我|俺|咱)们?家(?:的|那)?(?![里的]?(?:狗|猫|宠|车|水|墙|门|窗|房|屋|厨|卫|电|楼|客厅|天花|地板|阳台))"
)
"""Somebody of the house whose name is no word known here."""

_WE = re.compile(
    r"(?:我们|咱们?|俺们)(?!家|小区|单位|公司|学校|这|那|班|楼|村|厂|院|店|没)|一家人|全家|\b(?:we|us|our family)\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"都(?!是)|一起|俩|两个人|双双|全家|\bboth\b|together|we all", re.IGNORECASE)
_PERSON = rf"(?:我|他|她|你|〇|{OWN_KIN})"
_TELLS = re.compile(
    r"说|讲|告诉|打.{0,3}电话|来电|通知|问|知道|让|叫|喊|建议|劝|催|担心|着急|报[案警]|看[到见]|发现|听说|觉得|提醒"
    r"|told|called|rang|says?\b|said|asked|knows|worr|saw\b"
)
_CARES = re.compile(
    rf"(?:陪|送|带|接|扶|帮|背|抱|照顾|看望?|替|给|拉|找|等)(?:着|了|过|我?的?)*{_PERSON}"
    rf"|\b(?:took|drove|brought|accompanied|helped|went with) (?:me|him|her|my|them)"
)
_STANDS_BY = re.compile(
    r"在(?:旁|一旁|家|场|边|等|上班|单位|公司|外地)|哭|没事|没受|回来|赶[来到过]|突然|忽然|冲|窜|跑[出过]来|挡"
    r"|横穿|高兴|生气|was there|with me|at home"
)
_OBJECT = re.compile(
    r"(?:躲|避|让|绕|抱|背|扶|陪|带|送|接|给|跟|和|与|同|找|看|见|喂|照顾|为|替|帮|怕|等|听|救|追|拉|牵|叫|喊|哄"
    r"|教|逗|问|告诉|通知|遇|碰|撞|推|骂|吵|刮|蹭|咬)"
    r"(?:让|到|开|过|着|了|上|倒|见|住|一?个)*(?:我的?|我家的?|自己的?|自家的?)?$"
    r"|\b(?:with|for|walking|taking|took|avoid(?:ed|ing)?|behind|beside|by|told|called|saw|help(?:ed|ing)?|hit|to"
    r"|of) (?:my |our |the )?$",
    re.IGNORECASE,
)
_PATIENT = re.compile(r"(?:送|带|陪|背|抱|扶|took|taking)(?:着|了)?(?:我的?|my )?$")
_STRUCK = re.compile(r".{0,2}(?:撞|绊|推|碰|刮|带|扑|砸|打|咬|抓|拽|拖|扯|拉)")
_OWNS = re.compile(r"家?的(?:车|手机|屏|银行卡|信用卡|账户|狗|猫|房|钱|行李|电动车|电瓶车|自行车|电脑)|手机|银行卡")
"""Whose thing it was is not yet who was hurt."""
_CHILD = re.compile(r"孩子?|小孩|\bchild\b|\bkid\b")
"""After a child that is not ours, "the child" is that one."""
_BITTEN = re.compile(r"[狗猫][^，。,；;我]{0,4}(?:咬|抓|挠|扑|撞|绊)(?:伤|了|到|倒)*(?:我的?|我家)?$")
_STRUCK_BODY = re.compile(
    rf"\b(?:on|over|hit|broke|crushed|trapped|caught|burn(?:t|ed)|cut) (?:my |our )?(?=\w+'s {BODY_EN})", re.IGNORECASE
)
"""Before "mum's fingers": it befell her."""
_HIT = re.compile(r"(?:夹|砸|撞|烫|压|轧|碰|踩|打|划|扎)(?:到|了|伤|着|住|中|破|断)*(?:我的?|我家的?)?$")
_BODY_OF = re.compile(rf"的?(?:左|右|小|大)?{BODY_PART}")
"""Between the two: "车门夹到孩子的手"."""
_IS_MEANT = re.compile(r"〇*(?:其实|就|说的)?是?(?:我|我家)?(?:的?[了啊呀哦呢]|自己)?")


@dataclass(frozen=True, slots=True)
class PeopleSaid:
    """`ids` of those it can mean. `how` is name, kin, self, nobody (none was named) or stranger (somebody who is not in
    the family here). `doubtful`: the sentence leaves room for somebody else."""

    ids: tuple[str, ...]
    how: str
    doubtful: bool = False
    strange: bool = False
    """Somebody is named whom nobody here knows."""
    suffered: bool = False
    """It is said of one of the family that it happened to their body."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One sentence, its clauses and everybody in it."""

    said: str
    clauses: tuple[Clause, ...]
    people: tuple[Mention, ...]
    happening: frozenset[str]
    """Signs that somebody suffered, or, where none is given, that anything happened."""

    def clause(self, place: int) -> Clause:
        return next((one for one in self.clauses if one.start <= place < one.end), Clause(0, len(self.said), self.said))

    def after(self, one: Mention) -> str:
        """What is said of them: up to the next person, or past an agent ("被孩子撞倒")."""
        end = self.clause(one.start).end
        following = [other.start for other in self.people if one.end <= other.start < end]
        following += [place for place in range(one.end, end) if self.said[place] == "〇"]
        for place in sorted(following):
            if not re.search(r"[被让给〇]$|\bby (?:my )?$", self.said[:place]):
                return self.said[one.end : place]
        return self.said[one.end : end]

    def object(self, one: Mention) -> bool:
        before = self.said[self.clause(one.start).start : one.start]
        return bool(re.search(r"被$|被我$", before) or _OBJECT.search(before))


def people_said(sentence: str, family: Sequence[Relative]) -> PeopleSaid:
    """Who suffered. Somebody else's child is not one's own, and whom one was with, was told by or swerved for is not
    who fell. More than one id where the sentence does not settle it."""
    said, theirs = ours(sentence)
    everybody = mentions(said, family)
    people = _kept(sentence, everybody)
    oneself = tuple(one.id for one in family if one.relation == "self")
    others = others_suffer(sentence)
    strange = unknown_subject(_without(said, everybody))
    their_child = theirs and bool(_CHILD.search(said))
    corrected = {one.ids for one in people} != {one.ids for one in everybody}
    doubt = strange or corrected or their_child or bool(_WE.search(said))
    if not people:
        return PeopleSaid((), "stranger") if theirs or others else _nobody_named(said, oneself, doubt, strange)
    signs = signs_in(said)
    told = _Told(said, clauses_of(said), tuple(people), BODILY if signs & BODILY else HAPPENINGS)
    found, earned = _befallen(told, family)
    suffered = any(_suffers(told, one) for one in found)
    if not found or (others and not suffered):
        return PeopleSaid(oneself, "nobody", doubtful=True, strange=strange)
    if any(not one.ids for one in found):
        return PeopleSaid((), "stranger")
    ids = dict.fromkeys(one.id for mention in found for one in family if one.id in mention.ids)
    bodily = suffered and not their_child and bool(signs & BODILY)
    return PeopleSaid(tuple(ids), found[0].how, doubt or not earned, strange, bodily)


def _nobody_named(said: str, oneself: tuple[str, ...], doubt: bool, strange: bool) -> PeopleSaid:
    """Whoever speaks, of their own body ("my leg"), or by leaving the subject out."""
    doubt = doubt or bool(_OUR_WHO.search(said) or pronouns(said))
    own = bool(_SELF.search(said)) and bool(oneself) and not doubt
    return PeopleSaid(oneself, "self" if own else "nobody", doubt, strange)


def _without(said: str, people: Sequence[Mention]) -> str:
    for one in people:
        said = said[: one.start] + "〇" * (one.end - one.start) + said[one.end :]
    return said


def _kept(sentence: str, people: list[Mention]) -> list[Mention]:
    """Without those taken back ("是我妈，不对，是我爸")."""
    for match in CORRECTED.finditer(sentence):
        people = [one for one in people if one.start >= match.end()] or people
    return people


def _befallen(told: _Told, family: Sequence[Relative]) -> tuple[list[Mention], bool]:
    """Those to whom it happened, and whether the sentence says so of them alone. None: whoever speaks."""
    people = list(told.people)
    if _TOGETHER.search(told.said):
        alone = len({one.ids for one in people}) == 1
        return people, alone and not any(told.object(one) or _bystander(told, one) for one in people)
    suffering = [one for one in people if _suffers(told, one)]
    if spoken := pronouns(told.said):
        return _meant_by(spoken[-1], told, suffering, family)
    if suffering:
        return suffering, len({one.ids for one in suffering}) == 1
    plain = [one for one in people if not told.object(one) and not _bystander(told, one)]
    if not plain:
        return [one for one in people if _patient(told, one)], False
    if len({one.ids for one in plain}) > 1:
        return plain, False
    if plain[0].how == "self":
        return plain, True
    return [one for one in plain if _before_it_happened(told, one)], False


def _suffers(told: _Told, one: Mention) -> bool:
    after = told.after(one)
    if re.search(r"把$|将$", told.said[: one.start]):
        return bool(_STRUCK.match(after))
    struck = [match.end() for match in _STRUCK_BODY.finditer(told.said)]
    hit = _HIT.search(told.said[: one.start]) and _BODY_OF.match(told.said[one.end :])
    if hit or _BITTEN.search(told.said[: one.start]) or one.start in struck:
        return True
    if told.object(one) or _bystander(told, one) or _OWNS.match(after):
        return False
    clause = told.clause(one.start)
    if _IS_MEANT.fullmatch(told.said[clause.start : one.start] + told.said[one.end : clause.end]):
        return True
    return bool(signs_in(re.split(rf"[把将](?!.{{0,2}}{BODY_PART})", after)[0]) & told.happening)


def _bystander(told: _Told, one: Mention) -> bool:
    """Who tells, cares or stands by; with what befell themselves in the same breath they are none."""
    clause = told.clause(one.start)
    rest = told.said[one.end : clause.end]
    happens = signs_in(told.after(one)) & told.happening
    if _CARES.match(rest) or re.match(rf"[^摔跌]{{1,6}}?(?:{_CARES.pattern})", rest):
        return True
    stands_by = one.how != "self" and _STANDS_BY.search(rest)
    return not happens and bool(_TELLS.search(rest) or stands_by)


def _patient(told: _Told, one: Mention) -> bool:
    """Whom one took to a doctor."""
    signs = signs_in(told.after(one))
    before = told.said[: one.start]
    return bool(
        _PATIENT.search(before) and signs & {"outpatient", "hospital", "at_hospital"} and "accident" not in signs
    )


def _before_it_happened(told: _Told, one: Mention) -> bool:
    first = next((c.start for c in told.clauses if signs_in(c.text) & told.happening), len(told.said))
    return one.start < first or told.clause(one.start).start == first


def _meant_by(
    spoken: tuple[int, str], told: _Told, suffering: list[Mention], family: Sequence[Relative]
) -> tuple[list[Mention], bool]:
    """ "他" and "她" mean whoever was named before and is of that sex; sure where nobody else can be meant."""
    sexes = {one.id: one.sex for one in family}
    place, sex = spoken
    able = [
        one
        for one in told.people
        if one.end <= place and one.how != "self" and (not sex or not one.ids or sex in {sexes[id_] for id_ in one.ids})
    ]
    found = [*able, *(one for one in suffering if one not in able)]
    if not found:
        # speech is written with one word for he and she: whoever else was named is likelier than who speaks
        named = [one for one in told.people if one.end <= place and one.how != "self"]
        return named or [one for one in told.people if one.how == "self"], False
    return found, len({one.ids for one in found}) == 1
