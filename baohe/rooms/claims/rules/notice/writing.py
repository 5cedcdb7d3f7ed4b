"""One way of writing before words are looked for: traditional characters and words mistyped by their sound. Pure.

Every change keeps the length, so a place found in the result is the same place in what was typed.
"""

from __future__ import annotations

import re
from functools import cache

_TRADITIONAL = (
    "醫医診诊門门禮礼這这個个們们媽妈爺爷兒儿婦妇孫孙親亲從从樓楼車车電电動动騎骑機机單单雙双開开關关傷伤斷断裂裂腳脚臉脸頭头"
    "額额顎颚頸颈鼻鼻膝膝體体齒齿髖髋骨骨臟脏腦脑腫肿瘤瘤癌癌癥症葯药藥药療疗術术無无沒没對对時时間间昨昨號号週周點点鐘钟"
    "過过還还進进來来給给與与後后裡里裏里國国際际灣湾飛飞遲迟誤误晚晚李李滯滞運运費费錢钱銀银賬账帳账戶户號号網网購购買买賣卖"
    "貓猫狗狗寵宠獸兽鳥鸟壞坏碎碎螢荧幕幕蓋盖殼壳鏡镜燈灯牆墙廚厨廳厅臥卧漏漏災灾燒烧風风颱台暴暴雷雷擊击盜盗竊窃偷偷搶抢"
    "貸贷逾逾險险賠赔償偿單单據据報报員员護护養养領领發发燙烫熱热熱热滾滚撞撞摔摔跌跌滑滑絆绊樹树橋桥邊边歲岁學学校校園园"
    "遊游戲戏釘钉針针縫缝塗涂請请問问話话說说認认識识該该該该讓让認认別别誰谁雖虽難难離离陽阳陰阴雲云霧雾農农曆历節节慶庆"
    "歷历聖圣誕诞廿廿歐欧韓韩東东灣湾華华亞亚愛爱聽听嗎吗麼么幾几萬万億亿質质貨货鑒鉴鑑鉴檢检測测驗验贗赝損损員员寶宝"
)
_DIALECT = "咗了嘅的唔不冇没睇看喺在係是哋们嚟来瞓睡"
"""Cantonese as it is written, each beside the character that the words know."""
_SUFFERED = re.compile(
    r"[俾畀](?=[^，。,；;]{0,8}(?:咬|抓|撞|打|推|车|狗|猫))|遭(?![遇到受殃罪])"
    r"|(?<![牵抱带拉领骑陪跟看守追逗])着(?=(?:(?![被给让的])[^，。,；;]|(?<!着)的){1,6}咬)"
)
"""Of dialects, where others write 被."""
_PAIRS = _TRADITIONAL + _DIALECT
_SIMPLE = str.maketrans({a: b for a, b in zip(_PAIRS[::2], _PAIRS[1::2], strict=True) if a != b})
_TYPED_BY_SOUND = [
    "门诊",
    "急诊",
    "骨折",
    "住院",
    "摔倒",
    "摔跤",
    "摔伤",
    "滑倒",
    "扭伤",
    "烫伤",
    "烧伤",
    "擦伤",
    "拍片",
    "缝针",
    "发烧",
    "肺炎",
    "去世",
    "屏幕",
    "被盗",
    "盗刷",
    "漏水",
    "延误",
    "追尾",
    "癌症",
    "孩子",
    "航班",
    "行李",
    "护工",
    "逾期",
    "鉴定",
]
"""Said so often, and so plainly, that the sound alone tells them."""
_ANOTHER_WORD = frozenset(["住远", "住原", "骨节", "门阵"])


def written(sentence: str) -> str:
    """The sentence in simplified characters, with words of the list that were mistyped by their sound put right."""
    said = _SUFFERED.sub("被", sentence.translate(_SIMPLE))
    left = list(said)
    for start in range(len(said) - 1):
        window = said[start : start + 2]
        word = _meant(window)
        if word and left[start : start + 2] == list(window):
            left[start : start + 2] = word
    return "".join(left)


def _meant(window: str) -> str:
    """The word of the list that sounds like these two characters and shares one of them; "" for none or itself."""
    if not re.fullmatch(r"[\u4e00-\u9fff]{2}", window):
        return ""
    word = _by_sound().get(_sound(window), "")
    return (
        word if word and window not in {word, *_ANOTHER_WORD} and (word[0] == window[0] or word[1] == window[1]) else ""
    )


@cache
def _by_sound() -> dict[tuple[str, ...], str]:
    return {_sound(word): word for word in _TYPED_BY_SOUND}


def _sound(word: str) -> tuple[str, ...]:
    return tuple(_of_character(one) for one in word)


@cache
def _of_character(one: str) -> str:
    """Without the tone, and with the pairs that many do not tell apart (zh z, ch c, sh s) written alike."""
    from pypinyin import lazy_pinyin  # its tables are large: loaded with the first sentence, not with every command

    return re.sub(r"^([zcs])h", r"\1", lazy_pinyin(one)[0])
