"""Whose the thing is that was lost or broken: a friend's phone is not the one insured here. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from baohe.rooms.claims.rules.notice.naming import OF_OTHERS, Relative, mentions

_PHONE = r"手机|屏|(?:cell)?phone|screen"
_ACCOUNT = rf"银行卡|信用卡|卡(?!车)|账户|账号|支付宝|微信|(?:bank |credit )?(?:card|account)|{_PHONE}"
_CAR = r"车(?!祸|上|[里内])|car\b|van\b"
_THING: Mapping[str, str] = {
    "broken_screen": _PHONE,
    "account_security": _ACCOUNT,
    "commercial_motor": _CAR,
    "compulsory_motor": _CAR,
    "pet": r"狗|猫|宠物|dog|cat|pet",
    "home": r"家(?![具电人里])|房子|屋子|公寓|house|flat|apartment",
    "flight_delay": r"航班|飞机|flight",
    "credit_guarantee": r"贷款|欠款|loan",
    "goods_quality": r"订单|快递|包裹|order|parcel",
    "freight_return": r"订单|快递|包裹|order|parcel",
}
_BETWEEN = r"(?:自己)?(?:家)?(?:的|那|这|[部台辆只条张]|新买|新|旧|'s|\s)*"
_COMPANY = r"公司|单位|学校|店里"
_MET = ("commercial_motor", "compulsory_motor", "home", "pet")
"""Lines whose thing meets things of others."""
_STRUCK = re.compile(
    r"(?:撞|碰|刮|剐|蹭|划|砸|咬|抓|追尾|溅|漏|淹|泡|烧)(?:到|在|了|上|坏|着|碎|伤|及)*(?:一|旁边|前面|后面|隔壁|楼下|的)*$"
    r"|(?:被|给|让|把|将|hit|scratch\w*|damag\w*|by) ?$"
)


def of_others(said: str, line: str, owner_id: str, family: Sequence[Relative]) -> bool:
    """Whether the thing a policy of `line` insures is said to be somebody's, and not its owner's. What was struck or
    struck us may be anybody's."""
    thing = _THING.get(line)
    if not thing:
        return False
    known = [(one.start, one.end, one.ids) for one in mentions(said, family)]
    oneself = frozenset(one.id for one in family if one.relation == "self")
    known += [(*match.span(), oneself) for match in re.finditer(r"我(?!们|家)|俺|\bmy\b", said)]
    known += [(*match.span(), frozenset[str]()) for match in OF_OTHERS.finditer(said)]
    known += [(*match.span(), frozenset[str]()) for match in re.finditer(_COMPANY, said)]
    owners = [
        ids
        for start, end, ids in known
        if re.match(rf"{_BETWEEN}(?:{thing})", said[end:], re.IGNORECASE)
        and not (line in _MET and _STRUCK.search(said[:start]))
    ]
    return bool(owners) and not any(owner_id in ids for ids in owners)
