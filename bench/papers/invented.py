"""People, firms and numbers that do not exist; numbers end in the right check figure."""

from __future__ import annotations

import random
from datetime import date

from baohe.kernel.identity import check_character

_SURNAMES = "陈林周沈顾程许陆温江白宋叶苏韩罗梁谢唐邓冯曹彭曾萧田董袁潘于"
_GIVEN = (
    *("知夏", "远", "宁", "安澜", "立群", "衡", "明月", "岚", "小满", "雨田", "一鸣", "子墨", "书瑶", "建国", "桂芳"),
    *("思远", "佳怡", "浩然", "梓涵", "晓东", "丽华", "文博", "若溪", "志强", "念慈", "青山", "半夏", "怀瑾", "春生"),
)
_CITIES = ("临江市", "云州市", "青梧市", "白鹭湾市", "松陵县", "望川县")
_HOSPITALS = (
    *("第一人民医院", "第二人民医院", "中心医院", "中医院", "妇幼保健院", "人民医院", "第三医院", "骨科医院"),
    "河东区仁和社区卫生服务中心",
)
_TRADES = ("晴川电子维修", "远山商贸", "安途汽车维修", "小爪动物医院", "禾木家居", "恒光电器")
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
BANKS = {"中国农业银行": "622848", "中国工商银行": "622202", "中国建设银行": "621700", "招商银行": "622588"}


def person(chance: random.Random) -> str:
    return chance.choice(_SURNAMES) + chance.choice(_GIVEN)


def city(chance: random.Random) -> str:
    return chance.choice(_CITIES)


def hospital(chance: random.Random) -> str:
    return city(chance) + chance.choice(_HOSPITALS)


def firm(chance: random.Random, trade: str = "") -> str:
    return f"{city(chance)}{trade or chance.choice(_TRADES)}有限公司"


def figures(chance: random.Random, length: int) -> str:
    """The first one is not 0: a number that begins so is copied wrong by people too."""
    return str(chance.randint(1, 9)) + "".join(str(chance.randint(0, 9)) for _ in range(length - 1))


def credit_code(chance: random.Random) -> str:
    """GB 32100: 18 letters, the last one their check."""
    body = "91" + figures(chance, 6) + "MA" + "".join(chance.choice(_CREDIT) for _ in range(7))
    total = sum(_CREDIT.index(letter) * weight for letter, weight in zip(body, _WEIGHTS, strict=True))
    return body + _CREDIT[-total % 31]


def identity_number(chance: random.Random, birth: date) -> str:
    body = f"110101{birth:%Y%m%d}{chance.randint(100, 899)}"
    return body + check_character(body)


def card_number(chance: random.Random, start: str) -> str:
    """19 figures that pass the check of ISO/IEC 7812."""
    body = start + figures(chance, 12)
    doubled = [int(figure) * (2 if at % 2 == 0 else 1) for at, figure in enumerate(reversed(body))]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return body + str(-total % 10)


def plate(chance: random.Random) -> str:
    return f"浙{chance.choice('ABCDEF')}{chance.choice('ABDEFGHJK')}{figures(chance, 4)}"


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def capital(fen: int) -> str:
    """128640 → 壹仟贰佰捌拾陆元肆角整; below a hundred million yuan."""
    whole, rest = divmod(fen, 100)
    words = (_thousands(whole // 10_000) + "万" if whole >= 10_000 else "") + _thousands(whole % 10_000)
    if whole >= 10_000 and 0 < whole % 10_000 < 1_000:
        words = words.replace("万", "万零", 1)
    jiao, cent = divmod(rest, 10)
    tail = (_NUMERALS[jiao] + "角" if jiao else "零" if cent else "") + (_NUMERALS[cent] + "分" if cent else "")
    return f"{words}元{tail or '整'}" if cent or not tail else f"{words}元{tail}整"


_NUMERALS = "零壹贰叁肆伍陆柒捌玖"


def _thousands(number: int) -> str:
    words, gap = "", False
    for unit, value in (("仟", 1_000), ("佰", 100), ("拾", 10), ("", 1)):
        figure = number // value % 10
        if figure:
            words += ("零" if gap and words else "") + _NUMERALS[figure] + unit
        gap = not figure
    return words
