"""Somebody in a sentence who is none of the family: a friend who fell, a bare "he", a name nobody here bears. Pure."""

from __future__ import annotations

import re

from baohe.rooms.claims.rules.notice.clauses import clauses_of
from baohe.rooms.claims.rules.notice.naming import ANY_KIN, OF_OTHERS
from baohe.rooms.claims.rules.notice.signs import signs_in
from baohe.rooms.claims.rules.notice.words import BODILY

_ONE_OF_THEM = re.compile(
    rf"{OF_OTHERS.pattern}|(?:[一有几][个位名])[^，。,；;]{{0,3}}?(?:人|{ANY_KIN})|\ba kid\b",
    re.IGNORECASE,
)
_ACTED_ON = re.compile(
    r"(?:撞|碰|咬|抓|推|扑|把|将|被|给|让|躲|避|扶|送|陪|带|接|抱|背|帮|替|跟|和|与|同|找|是|伤|刮|蹭|追尾|划|为"
    r"|怕|在|hit|ran into|avoid\w*|helping)"
    r"(?:到|了|着|伤|倒|坏|上|开|过|的|一?[个位名])*$"
)
_TELLS = re.compile(r"说|讲|告诉|电话|通知|建议|让|把|将|的[车狗猫屋墙家]|told|said|called")
_BY_US = re.compile(r"被(?:我|咱|俺|.{0,3}[狗猫])")
_PRONOUN = re.compile(
    r"(?<![其吉])([他她])(?!的(?!头|手|腿|脚|腰|脸|眼))|\b(he|she|him|her|they)\b(?! (?:car|phone|dog|cat))",
    re.IGNORECASE,
)
_SEX = {"他": "male", "她": "female", "he": "male", "him": "male", "she": "female", "her": "female"}
_WHEN = (
    r"(?:大?前[天日晚]|昨[天日晚夜儿早]|今[天日晚早]|刚才|刚刚|上上?个?(?:周|星期|礼拜|月)|这?(?:周|星期"
    r"|礼拜)[一二三四五六日天末]|\d|[一二三四五六七八九十]+月"
    r"|国庆|春节|中秋|元旦|端午|早上|上午|中午|下午|晚上|半夜|凌晨)"
)
_NAME = re.compile(
    rf"(?:^|(?<=[，。,；;、说]))(?:{_WHEN}[上中下午晚早的\d月日号点半]*)?(?:我家?的?)?([一-龥]{{2,3}}?)"
    rf"(?={_WHEN}|骑|摔|跌|被|骨折|住院|扭|崴|烫|发烧|感冒|确诊|查出|受伤|去世|走了|出车祸)"
)
_NO_NAME = re.compile(
    r"[在了是的把被去上下里外中时候后前和就因为由于从到说有没不也都还又再刚才这那几突已正然其实估计开骑打做"
    r"切洗买吃喝走跑睡游散逛搬健跳踢滑爬坐搭租借拖扫扛抬停等接送带陪遛倒追出进回起过年初号日月天夜晚早手腿脚"
    r"头腰胳膊肚骨胯椎胸肩腕踝膝肘肋颈脖背臂指趾牙鼻眼耳唇额脸我俺咱路楼门店家车〇]"
    r"|本人|自己|全家|商家|卖家|贷款|订单|快递|航班|体育|意外|不慎|不小心|紧急|急性|飞机|行李|台风|银行|水管|厨房"
    r"|浴室|公司|学校|单位|小区|健身|干活"
)


def others_suffer(sentence: str) -> bool:
    """Whether somebody who is no relative is said to have been hurt or ill, other than by us."""
    for match in _ONE_OF_THEM.finditer(sentence):
        end = next((one.end for one in clauses_of(sentence) if one.start <= match.start() < one.end), len(sentence))
        after = re.split(rf"我|俺|{ANY_KIN}", sentence[match.end() : end])[0]
        if (
            _ACTED_ON.search(sentence[: match.start()])
            or _TELLS.search(after)
            or _BY_US.search(sentence[match.end() : end])
        ):
            continue
        if signs_in(after) & BODILY:
            return True
    return False


def pronouns(said: str) -> list[tuple[int, str]]:
    """Places of "he" and "she" to whom something happened, with the sex they tell ("" for none)."""
    found = []
    for match in _PRONOUN.finditer(said):
        end = next((one.end for one in clauses_of(said) if one.start <= match.start() < one.end), len(said))
        after = re.split(r"我|俺|\bI\b", said[match.end() : end])[0]
        if signs_in(after) & BODILY and not _ACTED_ON.search(said[: match.start()]):
            found.append((match.start(), _SEX.get(match[0].lower(), "")))
    return found


def unknown_subject(said: str) -> bool:
    """Whether a clause begins with two or three characters that are no word known here: a nickname, a stranger's name.

    Taken for nobody, "豆豆昨天摔了" would be reported as the claimant's own fall.
    """
    return any(
        not _NO_NAME.search(match[1]) and not signs_in(match[1]) and not re.search(ANY_KIN, match[1])
        for match in _NAME.finditer(said)
    )
