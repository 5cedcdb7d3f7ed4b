"""The words by which people say what happened, as dated data. A sign is one thing a sentence can speak of. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping

EDITION = "claim-words-2026-12"
"""Said with every understanding, so that it can be replayed when the words have changed."""

_BODY = (
    r"(?:腿|脚|手(?!机|续|术|里|上|册|表|提|镯|链)|胳膊|臂|膝盖?|头(?!发|灯)|额头?|脸|鼻子?|牙|腰|后背|肩|锁骨|腕|踝|髋|胯|骨|眼睛?|手指|脚趾"
    r"|肋|屁股|下巴|脊|颈|脖子?|皮(?!肤))"
)
_HARM = r"(?:断|破|裂|肿|伤|流血|青了|紫了|脱臼|碎)"
_DID_HARM = r"(?:断|破|崩|磕|划|撞|碰|扎|夹|压|砸|扭|崴|拉|擦|闪|烫|刮|挫)"
_OWN = r"我|俺|咱|他自己|她自己|孩子|娃|儿子|女儿|我?妈|我?爸|老公|老婆"
_VICTIM = (
    r"(?:别人|人家|对方|路人|行人|老人|老太|老头|大爷|大妈|大叔|邻居|同事|客人|他人|小朋友|小孩|小姑娘|小伙|学生"
    r"|快递|外卖|骑.{0,6}的|走路的|过马路的|人(?![车行]))"
)
_ONE = r"(?:一?[个位名]|一|旁边的?|隔壁的?|过路的?|过马路的?)*"
_CARS_PART = r"(?:车[头门窗尾身灯漆顶杠]|[前后左右]+车?门|保险杠|[前后]杠|后视镜|引擎盖|翼子板|挡风)"

SIGNS: Mapping[str, str] = {
    # what befell somebody
    "accident": (
        r"摔|跌|踩空|[蹭刮碰带]倒|甩了一跤|达到地上|掼|绊|滑倒|滑了一跤|碰伤|碰破|崴|葳|扭[伤到了]|扭.{0,4}(?:脚|腰|脖|手)"
        r"|歪了?.{0,3}脚|拉伤|闪了?.{0,2}腰|扎[伤破了到]|割[伤破了到]|切[到了].{0,3}手|划伤|擦伤|砸[伤到了]|夹[伤到了].{0,4}手"
        r"|烫[伤着到了]|烧伤|触电|溺水|骨折|骨裂|脱臼|裂伤|缝了?.{0,3}针|咬[伤了到]|[狗猫]咬|抓伤|抓了一下|抓破|蛰|蜇"
        r"|车祸|交通事故|受伤|受了伤|意外|鱼刺|吃鱼卡|卡[到住了]?.{0,3}(?:刺|喉|骨头)|噎|中暑|煤气中毒|坠|掉下[来去]"
        r"|被[^，。,；;]{0,10}(?:撞|剐|刮|蹭|带|碰|咬|抓|绊)(?:倒|飞|伤|了(?!一道))"
        rf"|{_BODY}.{{0,3}}{_HARM}|{_DID_HARM}(?:到|了|着|伤|断|破|掉|脱)*.{{0,2}}{_BODY}|(?:打|砸|撞|碰|崩)(?:到|中|在)?.{{0,2}}{_BODY}"
        r"|\bfell\b|\bfall(?:en|ing)?\b|slipp?ed|\btripped\b|twist|sprain"
        r"|broke (?:my|his|her|an?) (?!phone|screen|window|car)"
        r"|fractur|\bcut (?:my|his|her)|burn(?:t|ed)|\bbit(?:ten)? (?:by|my|me|him|her)|\bhit by|injur|stitches|knocked"
    ),
    "illness": (
        r"感冒|发烧|发高烧|咳嗽|.炎(?!热)|阑尾|胃[痛疼]|拉肚子|腹泻|拉稀|高血压|糖尿病|结石|心脏|心梗|心衰|脑梗|中风"
        r"|哮喘|过敏|生病|得了?病|犯病|病了|支原体|流感|手足口|瘤|结节|囊肿|椎间盘|白内障|疝气|痔|发热|急性|中毒|剖宫产|生孩子|分娩"
        r"|pneumonia|appendi|fever|flu\b|\bill\b|illness|stroke|heart attack"
        r"|(?<!kidney )stones?\b(?! wall)|infection|diarrh|sick"
    ),
    "cancer": r"癌|恶性|白血病|淋巴瘤|化疗|放疗|cancer|malignan|leuk",
    "critical": (
        r"癌|恶性|重疾|大病|重大疾病|白血病|尿毒症|心梗|心肌梗|脑梗|脑中风|脑溢血|脑出血|器官移植|搭桥|淋巴瘤|开颅"
        r"|cancer|malignan|leuk|critical illness|heart attack|stroke"
    ),
    "early": r"原位癌|轻症|早期|微创支架|in situ|early[- ]stage",
    "again": r"复发|再次|又查出|又确诊|转移|relaps|came back|diagnosed again",
    "hospital": (
        r"住院|住了?.{0,4}[天日](?:院)?|入院|出院|[住入][进進的]?了?院|住[进進]|入咗|送[进進].{0,2}院|手术|开刀|病房|ICU|抢救"
        r"|hospitali[sz]ed|admitted|in hospital|surgery|operation|nights? in (?:the )?hospital"
    ),
    "outpatient": (
        r"门诊|门症|急诊|急珍|看医生|看大夫|睇医生|看病|诊所|卫生所|卫生院|拍片|拍了?.{0,3}片|照了?.{0,2}光|缝|包扎|换药|打针|点滴"
        r"|打了?石膏|破伤风|狂犬|疫苗|(?:去|到|上|在)[^，。,]{0,8}院(?:里|的)?[^，。,住躺]{0,3}(?:看|检查|处理|拍|取|缝|包|打|照|挂)"
        r"|clinic|doctor|outpatient|emergency room|\bER\b|x-?ray"
    ),
    "at_hospital": r"医院|市.{1,2}院|[一二三]院|\bhospital",
    "rescue": r"急诊抢救|抢救|心脏骤停|心肺复苏|ICU|resuscitat|cardiac arrest",
    "death": (
        r"去世|过世|身故|(?:[人他她妈爸公婆爷奶父母]|永远地?)走了|(?:人|车祸|意外)没了|没了呼吸|死亡|死了|猝死|病逝|没救回来|没有救回来|离世"
        r"|遇难|不在了|过身|died|passed away|death|killed"
    ),
    "disabled": r"全残|残疾|伤残|瘫痪|截肢|失明|disab|paraly[sz]|amputat|\bblind\b",
    "own_hurt": (
        r"(?:我|本人)(?:自己)?(?:也|都)?[^，。,；;把]{0,6}(?:摔|受伤|骨折|破|断|伤|缝|肿)"
        r"|\b(?:I|me|myself) (?:also |was )?(?:hurt|fell|broke)"
    ),
    # where and how
    "ride": (
        r"骑车|骑行|骑.{0,6}(?:车|单车|共享|摩拜|哈啰)|自行车|单车|电动车|电瓶车|电驴|脚踏车|踩单车"
        r"|bike|bicycle|cycling|e-?bike|scooter|riding"
    ),
    "trip": (
        r"旅游|旅行|旅途|出差|出国|国外|境外|度假|自由行|跟团|景区|景点|酒店|爬山|在(?:日本|泰国|韩国|欧洲|美国|新加坡|海南|三亚|云南"
        r"|丽江|西藏|北海道|普吉|巴厘岛|东京|曼谷|巴黎)|\btrip\b|travel|vacation|holiday|abroad|overseas|while in "
    ),
    "others_hurt": (
        rf"(?:撞|碰|伤|压|刮|蹭|咬|抓)(?:到|了|着|伤|倒|坏|死)*{_ONE}(?!骑车的?时){_VICTIM}"
        rf"|把(?!{_OWN}).{{0,8}}(?:撞|碰|咬|抓|推|打)(?:伤|倒|了|死)|(?:邻居|路人|别人|人家|对方|快递员).{{0,6}}被(?:我|它|狗|猫)"
        r"|hit (?:a|an|another|somebody|someone)|ran into (?:a|another)|hurt (?:a|another|somebody|someone)"
        r"|knocked (?:down|over) |bit (?:a|my|the) (?:neighbo|courier|passer|child|delivery)"
    ),
    "others_thing": (
        r"(?:别人|人家|对方|前面|隔壁|邻居)家?的?.{0,4}(?:车|门|镜|杠|玻璃|灯|墙|手机|电动车)|前车"
        r"|(?:another|someone's|their|neighbou?r's) (?:car|bumper|door|mirror|fence)"
    ),
    # things
    "pet": r"狗|猫|宠物|毛孩子|金毛|泰迪|柯基|布偶|英短|橘猫|汪|喵|\bdogs?\b|\bcats?\b|puppy|kitten|\bpet\b",
    "vet": r"宠物医院|兽医|宠物诊所|\bvet\b|veterinar",
    "pet_ill": r"吐|拉稀|拉肚子|误食|绝育|不吃|腿|炎|病|咳|发烧|vomit|sick|limp|not eating",
    "bitten": (
        r"(?:被|给|让)[^，。,]{0,8}[狗猫][^，。,]{0,3}(?:咬|抓)|[狗猫]咬[伤了]?(?:我|他|她|孩子|娃)"
        r"|bitten by|(?:dog|cat) bit (?:me|my)"
    ),
    "car": (
        r"开[^，。,单关]{0,2}车|倒车|停车|停[^，。,]{0,4}被|自驾|追尾|轿车|私家车"
        r"|(?:我|家|老公|老婆|爱人|先生|他|她|自己)的车|新车|爱车|把车|(?<![单动行踏瓶骑轮护客])车(?:停|被|撞|险|上|里)"
        rf"|{_CARS_PART}|(?<![单动行踏瓶骑轮护])车.{{0,2}}(?:刮|蹭|剐|划|凹)|(?:雨路滑|打滑)车"
        r"|\bcar\b|bumper|\bmy (?:car|van)\b|driving|drove"
    ),
    "car_damage": (
        rf"{_CARS_PART}.{{0,6}}(?:刮|蹭|剐|碰|坏|撞|破|裂|凹|划|掉|碎)|(?:刮|蹭|剐|碰|撞|划)(?:到|了|在|着)*.{{0,5}}(?:车|护栏|柱子?|墙|杠|门|墩|花坛|树|桩)"
        r"|车[^，。,人]{0,8}(?:刮|蹭|剐|坏|撞|破|凹|划|砸|泡|烧)|追尾|倒车"
        r"|(?:dent|scratch|rear-?end|damag|bump|crash).{0,12}(?:car|door|bumper)?"
    ),
    "rented": r"租车|租的.{0,2}车|共享汽车|租来|rent(?:al|ed)|shared car",
    "idle": r"停运|误工费|停驶|lost hire",
    "in_car": r"车上|车里|乘客|副驾|后座|坐.{0,3}车|passenger|in the car",
    "screen": r"屏幕|碎屏|屏碎|手机屏|屏.{0,2}[裂碎花坏]|[摔碎].{0,2}屏|爆屏|外屏|内屏|screen",
    "back_cover": r"后盖|背板|后壳|背壳|back cover|back glass|back of (?:my|the) phone",
    "phone": r"手机|电话机|phone|iphone",
    "stolen": (
        r"被偷|被盗|盗刷|盗转|转走|划走|扒了|被扒|进贼|偷走|偷了|盗窃|被抢|抢走|小偷|入室|撬"
        r"|stolen|robbed|burgl|thief|broke into|drained"
    ),
    "account": (
        r"盗刷|盗转|转走了?|银行卡|账户|支付宝|微信.{0,4}钱|信用卡"
        r"|drained|unauthori[sz]ed|bank card|credit card|my account"
    ),
    "new_card": r"补卡|补办|挂失|换卡|new card|blocked the card",
    "home": (
        r"家里|家中|家进|房子|屋里|屋顶|房屋|厨房|卫生间|客厅|阳台|墙|地板|天花板|橱柜|装修"
        r"|house|\bhome\b|kitchen|flat\b|apartment|ceiling"
    ),
    "leak": r"漏水|水管|爆管|下水|渗水|泡[了坏]|跑水|淹|水.{0,2}漏|漏到|leak|burst pipe|flooded",
    "fire": (
        r"着火|起火|失火|火灾|爆炸|炸了|台风|暴雨|雷击|打雷|冰雹|塌|短路"
        r"|\bfire\b|explosion|typhoon|storm|hail"
    ),
    "contents": r"家具|家电|电视|冰箱|沙发|洗衣机|空调|床垫|furniture|fridge|sofa|television|\btv\b",
    "late": r"延误|晚点|晚到|误点|迟到|没到|隔天|第二天.{0,2}[才送]|delay|late\b|hours late",
    "carrier": r"航班|飞机|火车|高铁|动车(?!撞)|轮船|机场|flight|plane|train|ship|ferry",
    "baggage": r"行李|箱子|托运|luggage|baggage|suitcase",
    "cancelled": r"取消|去不了|去不成|没去成|退团|泡汤|cancel",
    "diverted": r"备降|返航|diverted",
    "goods": r"商品|买的|网购|假货|质量|次品|瑕疵|买到假|faulty|defect|broken (?:item|goods)|fake",
    "goods_bad": r"坏|次品|瑕疵|质量|假|漏|破|开胶|不能用|faulty|defect|broken|fake",
    "inspect": r"鉴定|检测费|inspection|test fee",
    "parcel": r"退货|退件|运费|快递费|return(?:ed)? (?:shipping|postage|parcel)|postage",
    "loan": r"逾期|欠款|还不上|还不了|断供|overdue|default(?:ed)?\b",
    "care": r"护工|护理|照护|照料|陪护|carer|nursing",
    "pension": r"养老金|年金|领取|pension|annuity",
    "survived": r"满106|活到106|106 ?岁",
}

OF_OTHERS = re.compile(
    r"(?:别人|人家|对方|邻居|同事|同学|朋友|路人|行人|他人|别家|客户)(?:家)?(?:的)?"
    r"(?:孩子|小孩|儿子|女儿|妈妈?|爸爸?|老人|老公|老婆|父亲|母亲)?"
)
_DENIED = re.compile(
    r"(?:没有?|不用|不需要|无需|无|未|并未|不必|不)(?:去|需要?)?(?:住院|骨折|受伤|伤到?人|死|去世|手术)"
    r"|(?:屏幕?|手机|车子?|人|后盖)(?:倒是|都)?没(?:事|坏|碎|摔坏|受伤|什么事)"
    r"|(?:建议|准备|打算|可能要|是否|要不要|等着?|排队|门诊小?)[^，。,]{0,4}(?:住院|手术)"
    r"|not (?:hospitali[sz]ed|admitted|hurt)|no (?:hospital stay|surgery|fracture)",
    re.IGNORECASE,
)
_IDIOMS = re.compile(
    r"狗吃屎|狗啃泥|热狗|狗皮膏药|猫着腰|夹车|遛狗|遛猫|喂猫|喂狗|意外险|救护车|三轮车|hot ?dog", re.IGNORECASE
)
"""They name an animal or a thing and mean none."""
_NOT_RIDING = re.compile(
    r"被[^，。,]{0,5}(?:电动车|电瓶车|自行车|单车|电驴)|骑.{0,5}[车](?:的|了)?(?:人|的)|(?:把|撞)[^，。,]{0,8}(?:电动车|电瓶车|自行车)"
    r"|(?:knocked|hit) by an? (?:bike|e-?bike|scooter)"
)
"""Somebody else rides."""
_NOT_OUR_CAR = re.compile(r"被[^，。,；;]{0,6}车|hit by a (?:car|van|truck)")
"""Somebody else drives."""
_THINGS_FALL = re.compile(
    r"(?:手机|屏幕?|后盖|后壳|iphone|phone)[^，。,；;]{0,10}(?:摔|掉|跌|磕|砸|碰|滑|裂|碎|坏|花)(?:[了碎裂坏花]|出来)*"
    r"|(?:摔|砸|碰)(?:到|了|坏|碎)*(?:我|他|她)?的?(?:手机|屏幕?)|[前左右后]?(?:爆屏|碎屏)|(?:骑车|骑行)?[把将][^，。,]{0,6}[车门][^，。,]{0,3}(?:划|刮|撞|蹭)"
    r"|前[天日]摔的$|(?<![单动行踏瓶骑轮])车[^，。,人]{0,6}(?:被|撞)[^，。,人伤]{0,8}(?:撞|砸|划|刮|蹭)了?|(?:phone|screen)[^,.]{0,12}(?:fell|broke|crack)",
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
    found = {sign for sign, words in _FOUND.items() if words.search(other.get(sign, said))}
    if "pet" in found and "bitten" not in found:
        found.add("pet_alone")
    return frozenset(found)
