"""Things that stand fast and are struck: whose they are tells one's own damage from a claim of others. Pure."""

from __future__ import annotations

_FIXED = (
    r"(?:道闸|起落杆|升降杆|挡杆|闸杆|栏杆|护栏|围栏|栅栏|篱笆|围墙|墙|岗亭|收费亭|路灯|路牌|站牌|灯杆|电线杆|消防栓"
    r"|卷[帘闸]门|玻璃门|铁门|大门|门|路缘石?|马路牙子?|路沿|台阶|橱窗|玻璃|招牌|柱子?|桩|石墩|墩子?|花坛|花盆|垃圾[桶箱]|树)"
)
_OF_ALL = r"(?:道闸|起落杆|升降杆|挡杆|闸杆|岗亭|收费亭|路灯|路牌|站牌|消防栓|卷[帘闸]门|隔离栏|交通灯|红绿灯)"
"""Things that nobody of a family has."""
_SOMEBODYS = (
    r"(?:小区|物业|商铺|店铺?|门店|商场|超市|饭店|酒店|公司|单位|学校|幼儿园|停车场|收费站|加油站|工地|村里|市政|高速"
    r"|路政|公园|医院|银行|邻居|别人|人家|对方|隔壁|楼下)[^，。,；;我]{0,4}"
)
_OTHERS = rf"(?:{_SOMEBODYS}{_FIXED}|{_OF_ALL})"
_STRIKES = r"(?:撞|刮|蹭|剐|碰|擦|划|顶|轧|压)"
_BROKEN = r"(?:断|坏|倒|歪|碎|塌|弯|烂|裂|瘪|凹|翻|飞|掉|变形)"
_OF_US = r"(?!我|自)"
_FIXED_EN = r"(?:barrier|gate|fence|wall|shop (?:door|window)|garage door|lamp ?post|bollard|pillar|pole|tree)"
_HIT_EN = r"(?:hit|into|scraped|clipped|scratched|against)"
_BROKE_EN = r"(?:broke|smashed|bent|damaged|crushed|knocked (?:over|down|off))"
_THEIRS_EN = rf"(?:the|a|their|someone's) [^,.]{{0,20}}{_FIXED_EN}"

STRUCK = (
    rf"{_STRIKES}(?:到|了|上|在|着|{_BROKEN})*(?:{_OF_US}[^，。,；;]){{0,8}}{_FIXED}"
    rf"|[把将](?:{_OF_US}[^，。,；;]){{0,8}}{_FIXED}[^，。,；;]{{0,3}}{_STRIKES}"
    rf"|(?:{_HIT_EN}|{_BROKE_EN}) [^,.]{{0,25}}{_FIXED_EN}"
)
"""Something that stands fast, whoever has it."""
STRUCK_OTHERS = (
    rf"{_STRIKES}[^，。,；;我]{{0,6}}{_OTHERS}|[把将][^，。,；;我]{{0,4}}{_OTHERS}[^，。,；;]{{0,4}}{_STRIKES}"
    rf"|{_HIT_EN} {_THEIRS_EN}"
)
"""The same where it is somebody else's; what became of it is not said, so both the car and the thing may be meant."""
BROKE_OTHERS = (
    rf"{_STRIKES}{_BROKEN}了?[^，。,；;我]{{0,4}}{_OTHERS}"
    rf"|[把将][^，。,；;我]{{0,4}}{_OTHERS}[^，。,；;]{{0,4}}{_STRIKES}{_BROKEN}|{_BROKE_EN} {_THEIRS_EN}"
)
"""It is broken, and others will ask for it."""
