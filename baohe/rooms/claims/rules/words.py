"""The words by which people say what happened, as dated data. A sign is one thing a sentence can speak of; an event
of a product is meant when all signs of one of its calls are there and none of those that speak against it. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

EDITION = "claim-words-2026-11"
"""Said with every understanding, so that it can be replayed when the words have changed."""

_NOT = (
    r"(?:没有?|不用|不需要|无需|未|并未|不必)(?:去)?(?:住院|骨折|受伤|伤到?人|死|去世)"
    r"|not (?:hospitali[sz]ed|admitted|hurt)"
)
_OF_OTHERS = r"(?:别人|人家|对方|邻居|同事|同学|朋友|路人|行人|他人|别家|客户)(?:家)?(?:的)?"

SIGNS: Mapping[str, str] = {
    # what befell somebody
    "accident": (
        r"摔|跌|踩空|肿了|[蹭刮碰带]倒|甩了一跤|达到地上|掼|绊|滑倒|滑了一跤|磕|碰伤|碰破|撞|崴|葳|扭[伤到了]|扭.{0,4}(?:脚|腰|脖|手)"
        r"|歪了?.{0,3}脚|拉伤|闪了?.{0,2}腰|扎[伤破了到]|割[伤破了到]|切[到了].{0,3}手"
        r"|划[伤破了]|擦伤|砸|夹[伤到了].{0,4}手|烫[伤着到]|烧伤|触电|溺水|骨折|骨裂|脱臼|裂伤|缝了?.{0,3}针"
        r"|咬[伤了到]|[狗猫]咬|抓伤|抓了一下|抓破|蛰|蜇|车祸|交通事故|受伤|受了伤|意外|卡到?.{0,2}(?:鱼刺|喉)|鱼刺"
        r"|噎|中暑|煤气中毒|坠|掉下来"
        r"|\bfell\b|\bfall(?:en|ing)?\b|slipp?ed|trip(?:ped)\b|twist|sprain|broke (?:my|his|her|an?) "
        r"|fractur|\bcut (?:my|his|her)|burn(?:t|ed)|bit(?:ten)? |\bhit by|crash|accident|injur|stitches|knocked"
    ),
    "illness": (
        r"感冒|发烧|发高烧|咳嗽|肺炎|阑尾|胃[痛疼炎]|肠胃炎|拉肚子|腹泻|拉稀|高血压|糖尿病|结石|心脏|心梗|脑梗|中风"
        r"|哮喘|过敏|生病|得了?病|犯病|病了|支原体|流感|手足口|肿瘤|结节|囊肿|椎间盘|白内障|疝气|痔|肾炎|发热"
        r"|pneumonia|appendi|fever|flu\b|\bill\b|illness|stroke|heart attack|stones?\b(?! wall)|infection|diarrh"
    ),
    "critical": (
        r"癌|恶性|重疾|大病|重大疾病|白血病|尿毒症|心梗|心肌梗|脑梗|脑中风|脑溢血|脑出血|器官移植|搭桥|淋巴瘤|开颅"
        r"|cancer|malignan|leuk|critical illness|heart attack|stroke"
    ),
    "early": r"原位癌|轻症|早期|微创支架|in situ|early[- ]stage",
    "again": r"复发|再次|又查出|又确诊|转移|relaps|came back|diagnosed again",
    "hospital": (
        r"住院|住了?.{0,4}[天日](?:院)?|入院|出院|住進?院|住了?院|住[进進]|入咗|送[进進].{0,2}院|住園|住园|住元|手术|开刀|病房|ICU|抢救"
        r"|hospitali[sz]ed|admitted|in hospital|surgery|operation|nights? in (?:the )?hospital"
    ),
    "outpatient": (
        r"门诊|门症|門診|急诊|急珍|看医生|看大夫|睇医生|看病|医院|诊所|卫生所|卫生院|拍片|拍了?.{0,3}片|缝|包扎|换药|打针"
        r"|破伤风|狂犬|疫苗|市.{1,2}院|[一二三]院|clinic|doctor|outpatient|emergency room|\bER\b|hospital|x-?ray"
    ),
    "rescue": r"急诊抢救|抢救|心脏骤停|心肺复苏|ICU|resuscitat|cardiac arrest",
    "death": (
        r"去世|过世|身故|(?:[人他她妈爸公婆爷奶父母]|永远地?)走了|人没了|没了呼吸|死亡|死了|猝死|病逝|没救回来|没有救回来|离世"
        r"|遇难|不在了|过身|died|passed away|death|killed"
    ),
    "disabled": r"全残|残疾|伤残|瘫痪|截肢|失明|disab|paraly[sz]|amputat|\bblind\b",
    # where and how
    "ride": (
        r"骑车|骑車|骑行|骑.{0,6}(?:车|単车|共享|摩拜|哈啰)|自行车|单车|電動車|电动车|电瓶车|电驴|小电驴|脚踏车|踩单车"
        r"|bike|bicycle|cycling|e-?bike|scooter|riding"
    ),
    "traffic": r"车祸|交通事故|追尾|被.{0,6}车.{0,3}撞|被.{0,3}撞|剐蹭|刮蹭|闯红灯|traffic|car crash|hit by a",
    "trip": (
        r"旅游|旅行|旅途|出差|出国|国外|境外|度假|自由行|跟团|景区|爬山|在(?:日本|泰国|韩国|欧洲|美国|新加坡|海南|三亚|云南"
        r"|丽江|西藏|北海道|普吉|巴厘岛|东京|曼谷|巴黎)|trip\b|travel|vacation|holiday|abroad|overseas|while in "
    ),
    "others_hurt": (
        r"(?:撞|碰|伤|压|刮|蹭)(?:到|了|着|伤|倒|坏)*(?:一个|个|一位|一辆|辆)?(?:别人|人家|对方|路人|行人|老人|老太|大爷|大妈|邻居|同事|他人|骑车的|别的)"
        r"|把(?!我|俺|他自己).{0,8}(?:撞|碰|咬|抓)(?:伤|倒|了)|咬了?(?:伤)?(?:邻居|路人|别人|人家|快递|小朋友)|(?:邻居|路人|别人|人家|对方|快递员).{0,6}被(?:我|它|狗|猫)"
        r"|hit (?:a|an|another|somebody|someone)|ran into (?:a|another)|hurt (?:a|another|somebody|someone)"
        r"|knocked (?:down|over) |bit (?:a|my|the) (?:neighbo|courier|passer|child|delivery)"
    ),
    # things
    "pet": r"狗|猫|宠物|毛孩子|金毛|泰迪|柯基|布偶|英短|橘猫|汪|喵|\bdogs?\b|\bcats?\b|puppy|kitten|\bpet\b",
    "vet": r"宠物医院|兽医|宠物诊所|\bvet\b|veterinar",
    "bitten": (
        r"(?:被|给|让).{0,8}[狗猫].{0,3}(?:咬|抓)|[狗猫]咬[伤了]?(?:我|他|她|孩子|娃)"
        r"|bitten by|(?:dog|cat) bit (?:me|my)"
    ),
    "car": r"(?<!单)(?<!动)(?<!行)(?<!踏)(?<!瓶)(?<!骑)车|追尾|保险杠|后视镜|\bcar\b|bumper|\bmy (?:car|van)\b",
    "car_damage": (
        r"[车門门杠灯镜玻璃].{0,6}(?:刮|蹭|剐|碰|坏|撞|破|裂|凹|划)|(?:刮|蹭|剐|碰|撞|划).{0,8}(?:车|护栏|柱子|墙|杠|门|墩)"
        r"|追尾|倒车|(?:dent|scratch|rear-?end|damag|bump|crash).{0,12}(?:car|door|bumper)?"
    ),
    "rented": r"租车|租的车|共享汽车|租来|rent(?:al|ed)|shared car",
    "idle": r"停运|误工费|停驶|lost hire",
    "in_car": r"车上|车里|乘客|副驾|后座|passenger|in the car",
    "screen": r"屏幕|碎屏|屏碎|手机屏|屏.{0,2}[裂碎花坏]|外屏|内屏|screen",
    "back_cover": r"后盖|背板|后壳|back cover|back glass",
    "phone": r"手机|电话机|phone|iphone",
    "stolen": (
        r"被偷|被盗|盗刷|盗转|转走|划走|扒了|被扒|进贼|偷走|偷了|盗窃|丢了|被抢|抢走|小偷|入室|撬"
        r"|stolen|robbed|burgl|thief|broke into|drained"
    ),
    "account": r"盗刷|盗转|转走了?|银行卡|账户|支付宝|微信.{0,4}钱|信用卡|drained|unauthori[sz]ed|bank card|my account",
    "new_card": r"补卡|补办|挂失|换卡|new card|blocked the card",
    "home": r"家里|家中|房子|屋里|房屋|厨房|卫生间|客厅|墙|地板|天花板|装修|house|home|kitchen|flat|apartment|ceiling",
    "leak": r"漏水|水管|爆管|渗水|泡了|跑水|淹|leak|burst pipe|flooded",
    "fire": r"着火|起火|失火|火灾|爆炸|台风|暴雨|雷击|冰雹|塌|fire|explosion|typhoon|storm|hail",
    "contents": r"家具|家电|电视|冰箱|沙发|洗衣机|空调|床垫|furniture|fridge|sofa|television|\btv\b",
    "late": r"延误|晚点|晚到|误点|迟到|delay|late\b|hours late",
    "carrier": r"航班|飞机|火车|高铁|动车|轮船|机场|flight|plane|train|ship|ferry",
    "baggage": r"行李|箱子|托运|luggage|baggage|suitcase",
    "cancelled": r"取消|去不了|没去成|退团|泡汤|cancel",
    "diverted": r"备降|返航|diverted",
    "goods": r"商品|买的|网购|假货|质量|坏的|次品|瑕疵|faulty|defect|broken (?:item|goods)|fake",
    "inspect": r"鉴定|检测费|inspection|test fee",
    "parcel": r"退货|退件|运费|快递费|return(?:ed)? (?:shipping|postage|parcel)|postage",
    "loan": r"逾期|欠款|还不上|还不了|断供|overdue|default(?:ed)?\b",
    "care": r"护工|护理|照护|照料|陪护|carer|nursing",
    "pension": r"养老金|年金|领取|pension|annuity",
    "survived": r"满期|106|满106",
}


@dataclass(frozen=True, slots=True)
class Call:
    """All of `needs` and none of `unless` call the event."""

    needs: tuple[str, ...]
    unless: tuple[str, ...] = ()


def _call(needs: str, unless: str = "") -> Call:
    return Call(tuple(needs.split()), tuple(unless.split()))


EVENTS: Mapping[str, tuple[Call, ...]] = {
    "accident:accident_outpatient": (_call("accident", "death hospital others_hurt vet"),),
    "accident:hospital": (_call("accident hospital", "death others_hurt vet"),),
    "accident:death": (_call("death"), _call("accident death"), _call("accident disabled")),
    "ride:accident_outpatient": (_call("ride accident", "death hospital others_hurt"),),
    "ride:hospital": (_call("ride accident hospital", "death others_hurt"),),
    "ride:third_party": (_call("ride others_hurt"),),
    "ride:death": (_call("ride death"),),
    "travel:accident_outpatient": (
        _call("trip accident", "death hospital"),
        _call("trip illness", "death hospital"),
        _call("trip outpatient", "death hospital"),
    ),
    "travel:hospital": (_call("trip hospital", "death"),),
    "travel:baggage_late": (_call("baggage late"), _call("baggage")),
    "travel:travel_delay": (_call("carrier late", "baggage"),),
    "travel:trip_cancelled": (_call("trip cancelled"), _call("carrier cancelled")),
    "travel:death": (_call("trip death"),),
    "medical:hospital": (_call("hospital", "death critical vet"), _call("illness hospital", "death critical vet")),
    "medical:hospital_critical": (_call("critical hospital", "death"), _call("critical", "death")),
    "medical:outpatient": (_call("illness outpatient", "death hospital"), _call("illness", "death hospital")),
    "critical_illness:critical_illness": (_call("critical", "death early again"),),
    "critical_illness:mild_illness": (_call("early", "death"), _call("critical early", "death")),
    "critical_illness:cancer_again": (_call("critical again", "death"),),
    "elder_care:cancer": (_call("critical", "care"),),
    "elder_care:care": (_call("care"),),
    "term_life:death": (_call("death"), _call("disabled")),
    "whole_life:death": (_call("death"), _call("disabled")),
    "whole_life:survival": (_call("survived"),),
    "annuity:death": (_call("death"),),
    "annuity:pension": (_call("pension"),),
    "sudden_death:death": (_call("death illness"), _call("death")),
    "sudden_death:emergency": (_call("rescue", "death"),),
    "pet:pet_treated": (
        _call("pet vet"),
        _call("pet illness", "others_hurt bitten"),
        _call("pet accident", "others_hurt bitten"),
    ),
    "pet:pet_hurt_others": (_call("pet others_hurt", "bitten"),),
    "home:house_damaged": (_call("home fire"), _call("fire"), _call("home leak fire")),
    "home:contents_damaged": (_call("contents fire"), _call("contents leak"), _call("home contents", "stolen")),
    "home:pipe_leaked": (_call("leak", "trip"), _call("home leak")),
    "home:burgled": (_call("home stolen"), _call("home contents stolen")),
    "broken_screen:broken_screen": (_call("screen"), _call("phone screen")),
    "broken_screen:broken_back": (_call("back_cover"), _call("phone back_cover")),
    "account_security:money_stolen": (_call("account stolen"), _call("account", "new_card")),
    "account_security:card_replaced": (_call("new_card"), _call("account new_card")),
    "account_security:phone_stolen": (_call("phone stolen", "account"),),
    "shared_car:car_damaged": (_call("rented car_damage"), _call("rented car")),
    "shared_car:car_idle": (_call("rented idle"), _call("idle")),
    "shared_car:people_injured": (_call("rented in_car accident"),),
    "commercial_motor:own_damage": (_call("car car_damage", "ride others_hurt bitten"),),
    "commercial_motor:third_party": (_call("car others_hurt", "ride"),),
    "commercial_motor:people_in_car": (_call("in_car accident", "rented"),),
    "compulsory_motor:third_party_injury": (_call("car others_hurt", "ride death disabled"),),
    "compulsory_motor:third_party_death": (_call("car others_hurt death"), _call("car others_hurt disabled")),
    "compulsory_motor:third_party_property": (_call("car others_hurt car_damage", "ride death disabled"),),
    "flight_delay:flight_cancelled": (_call("carrier cancelled"),),
    "flight_delay:flight_diverted": (_call("diverted"),),
    "flight_delay:flight_late_15": (_call("carrier late"),),
    "goods_quality:faulty_goods": (_call("goods"),),
    "goods_quality:inspection_fee": (_call("inspect"), _call("goods inspect")),
    "goods_quality:return_shipping": (_call("parcel"),),
    "credit_guarantee:default": (_call("loan"),),
}
"""Keyed by line and event. An event that no word calls is offered as a choice, never proposed."""

THINGS = frozenset(
    [
        "pet",
        "home",
        "broken_screen",
        "account_security",
        "shared_car",
        "commercial_motor",
        "compulsory_motor",
        "flight_delay",
        "freight_return",
        "goods_quality",
        "credit_guarantee",
    ]
)
"""Lines where a thing is insured: whoever is named in the sentence need not be the insured."""

HOMES: Mapping[str, tuple[str, ...]] = {
    "accident": ("accident",),
    "ride": ("ride",),
    "travel": ("trip", "baggage"),
    "medical": ("illness", "hospital", "critical", "outpatient"),
    "critical_illness": ("critical", "early"),
    "elder_care": ("critical", "care"),
    "term_life": ("death",),
    "whole_life": ("death",),
    "sudden_death": ("death", "rescue"),
    "pet": ("pet",),
    "home": ("home", "leak", "fire"),
    "commercial_motor": ("car",),
    "compulsory_motor": ("car",),
    "shared_car": ("rented",),
    "broken_screen": ("phone",),
    "account_security": ("account",),
}
"""What a line is about at all: where no event is called, a policy of such a line is where "something else" belongs."""

_IDIOMS = re.compile(r"狗吃屎|狗啃泥|热狗|狗皮膏药|猫着腰|夹车|hot ?dog", re.IGNORECASE)
"""They name an animal or a thing and mean none."""
_NOT_RIDING = re.compile(
    r"被[^，。,]{0,5}(?:电动车|電動車|电瓶车|自行车|单车|电驴)|骑.{0,3}车的"
    r"|(?:knocked|hit) by an? (?:bike|e-?bike|scooter)"
)
"""Somebody else rides."""
_FOUND = {sign: re.compile(words, re.IGNORECASE) for sign, words in SIGNS.items()}
_DENIED = re.compile(_NOT, re.IGNORECASE)
OF_OTHERS = re.compile(_OF_OTHERS + r"(?:孩子|小孩|儿子|女儿|妈妈?|爸爸?|老人|老公|老婆|父亲|母亲)?")


def signs_in(sentence: str) -> frozenset[str]:
    """Everything the sentence speaks of; what it denies does not count."""
    said = _IDIOMS.sub("", _DENIED.sub("", sentence))
    mine = _NOT_RIDING.sub("", said)
    return frozenset(sign for sign, words in _FOUND.items() if words.search(mine if sign == "ride" else said))
