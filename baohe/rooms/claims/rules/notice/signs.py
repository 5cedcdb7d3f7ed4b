"""What a sentence speaks of: its words, without what it denies, mere idioms, and what befell things. Pure."""

from __future__ import annotations

import re

from baohe.rooms.claims.rules.notice.animals import attacks
from baohe.rooms.claims.rules.notice.words import SIGNS

_DENIED = re.compile(
    r"没有?(?:摔|跌|撞|磕|骑车|开车)|(?:没有?|不用|不需要|无需|无|未|并未|不必|不)(?:去|使|让|给|肯|想|收|需要?)?(?:住院|留院|入院|骨折|受伤|伤到?人|死"
    r"|去世|手术)"
    r"|(?:屏幕?|手机|车子?|人|后盖)(?:倒是|都)?没(?:事|坏|碎|摔坏|受伤|什么事)"
    r"|(?:建议|准备|打算|可能要|是否|要不要|等着?|排队|门诊小?)[^，。,]{0,4}(?:住院|手术)"
    r"|not (?:hospitali[sz]ed|admitted|hurt)|no (?:hospital stay|surgery|fracture)"
    r"|no need (?:for|to)[^,.]{0,20}(?:stay|admission|surgery)"
    r"|no admission|(?:not|n't) (?:been |be |kept |need(?:ed)? to |have to )*(?:admitted|hospitali[sz]ed|kept in|stay)",
    re.IGNORECASE,
)
_IDIOMS = re.compile(
    r"狗吃屎|狗啃泥|热狗|狗皮膏药|重疾险|大病险|critical[- ]illness (?:insurance|policy|cover)|猫着腰"
    r"|夹车|遛狗|遛猫|喂猫|喂狗|意外险|救护车|三轮车|hot ?dog",
    re.IGNORECASE,
)
"""They name an animal or a thing and mean none."""
_NOT_RIDING = re.compile(
    r"被[^，。,]{0,5}(?:电动车|电瓶车|自行车|单车|电驴)|骑.{0,5}[车](?:的|了)?(?:人|的)|(?:有人|对方|人家|他|她)骑[^，。,；;]{0,6}车|(?:把"
    r"|撞)[^，。,]{0,8}(?:电动车|电瓶车|自行车)"
    r"|(?:knocked|hit|struck|run)(?: down| over)? by (?:an?|the) (?:bike|bicycle|e-?bike|scooter|cyclist)"
)
"""Somebody else rides."""
_NOT_OUR_CAR = re.compile(r"被[^，。,；;]{0,6}车|hit by a (?:car|van|truck)")
"""Somebody else drives."""
_THINGS_FALL = re.compile(
    r"(?:手机|屏幕?|后盖|后壳|行李箱?|箱子|电脑|平板|相机|手表|iphone|phone)[^，。,；;]{0,10}(?:摔|掉|跌|磕|砸|碰"
    r"|滑|裂|碎|坏|花)(?:[了碎裂坏花]|出来)*"
    r"|(?:摔|砸|碰)(?:到|了|坏|碎)*(?:我|他|她)?的?(?:手机|屏幕?)|[前左右后]?(?:爆屏|碎屏)|(?:骑车"
    r"|骑行)?[把将][^，。,]{0,6}[车门][^，。,]{0,3}(?:划|刮|撞|蹭)"
    r"|把[^，。,；;人我]{0,4}[车屋房窗墙顶璃][^，。,；;人我]{0,3}(?:砸|撞|刮|蹭)[了坏碎]+"
    r"|(?<=[裂碎坏花]了，)[^，。,；;]{0,4}摔的|(?<![单动行踏瓶骑轮])车[^，。,人]{0,6}(?:被"
    r"|撞)[^，。,人伤]{0,8}(?:撞|砸|划|刮|蹭)了?|(?:phone|screen)[^,.]{0,12}(?:fell|broke|crack)",
    re.IGNORECASE,
)
"""A thing fell or was hit, nobody did."""
_FOUND = {sign: re.compile(words, re.IGNORECASE) for sign, words in SIGNS.items()}


def signs_in(sentence: str) -> frozenset[str]:
    """Everything the sentence speaks of; what it denies does not count. `pet_alone`: an animal is spoken of and it
    bit nobody who speaks."""
    said = _IDIOMS.sub("", _DENIED.sub("", sentence))
    other = {
        "ride": _NOT_RIDING.sub("", said),
        "accident": _THINGS_FALL.sub("", said),
        "car": _NOT_OUR_CAR.sub("", said),
        "car_damage": _NOT_OUR_CAR.sub("", said),
    }
    found = attacks(said, frozenset(sign for sign, words in _FOUND.items() if words.search(other.get(sign, said))))
    if "pet" in found and "bitten" not in found:
        return found | {"pet_alone"}
    return found
