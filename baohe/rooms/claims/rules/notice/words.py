"""The words by which people say what happened, as dated data. A sign is one thing a sentence can speak of. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from baohe.rooms.claims.rules.notice.striking import BROKE_OTHERS, STRUCK, STRUCK_OTHERS

EDITION = "claim-words-2026-12c"
"""Said with every understanding, so that it can be replayed when the words have changed."""

BODY_PART = (
    r"(?:腿|脚|手(?!机|续|术|里|上|册|表|提|镯|链)|胳膊|臂|膝盖?|头(?!发|灯)|额头?|脸|鼻子?|牙|腰|后背|肩|锁骨|腕"
    r"|踝|髋|胯|骨|眼睛?|手指|脚趾"
    r"|肋|屁股|下巴|脊|颈|脖子?|皮(?!肤))"
)
_HARM = r"(?:断|破|裂|肿|伤|流血|青了|紫了|脱臼|碎)"
_DID_HARM = r"(?:断|破|崩|磕|划|撞|碰|扎|夹|压|砸|扭|崴|拉|擦|闪|烫|刮|挫)"
_OWN = r"我|俺|咱|他自己|她自己|孩子|娃|儿子|女儿|我?妈|我?爸|老公|老婆"
VICTIM = (
    r"(?:别人|人家|对方|路人|行人|老人|老太|老头|大爷|大妈|大叔|大姐|大哥|大嫂|阿姨|师傅|邻居|同事|客人|他人|小朋友|小孩"
    r"|小姑娘|姑娘|小伙|学生"
    r"|快递|外卖|骑.{0,6}的|走路的|过马路的|人(?![车行]))"
)
_ONE = r"(?:一?[个位名]|一|旁边的?|隔壁的?|过路的?|过马路的?)*"
_CARS_PART = r"(?:车[头门窗尾身灯漆顶杠]|[前后左右]+车?门|保险杠|[前后]杠|后视镜|引擎盖|翼子板|挡风|轮毂|后备箱)"

SIGNS: Mapping[str, str] = {
    # what befell somebody
    "accident": (
        r"摔|跌|踩空|[蹭刮碰带拽拖扯推绊]倒|甩了一跤|达到地上|掼|绊|滑倒|滑了一?[跤下]|碰伤|碰破|崴|葳|扭[伤到了]"
        r"|扭.{0,4}(?:脚|腰|脖|手)"
        r"|歪了?.{0,3}脚|拉伤|闪了?.{0,2}腰|扎[伤破了到]|割[伤破了到]|切[到了].{0,3}手|划伤|擦伤|砸[伤到了]"
        r"|夹[伤到了].{0,4}手"
        r"|烫[伤着到了]|烧伤|触电|溺水|骨折|骨裂|脱臼|裂伤|缝了?.{0,3}针|咬[伤了到]|[狗猫]咬|抓伤|抓了一下|抓破|蛰|蜇"
        r"|撞[伤破](?!了?(?:别人|人家|路人|行人|对方|他|她|[一两三几]?个|[一两三几]?[位名]|老|骑))|车祸|交通事故|滚[下落]|[整扭撞烫切拗]亲|整伤|拗柴|挠[伤破了到]|狂犬"
        r"|(?:跟腱|韧带|半月板|肌腱|肌肉)[^，。,；;]{0,3}(?:断|撕裂|拉|损伤|伤|扭)"
        rf"|{BODY_PART}[^，。,；;]{{0,8}}被[^，。,；;]{{0,10}}(?:夹|砸|压|轧|挤|扎|划|烫)"
        rf"|门[^，。,；;]{{0,2}}夹(?:了|到|住|伤)*[^，。,；;]{{0,4}}{BODY_PART}"
        r"|受伤|受了伤|意外|鱼刺|吃鱼卡|卡[到住了]?.{0,3}(?:刺|喉|骨头)|噎|中暑|煤气中毒|坠|掉下[来去]|撞(?:到|了|上|倒|飞)*(?:我|俺|咱)(?!们?家|们?的)"
        r"|被[^，。,；;]{0,10}(?:撞|剐|刮|蹭|带|碰|咬|抓|绊|推|打|踢|砸)(?:倒|飞|伤|了(?!一道))"
        rf"|把[^，。,；;]{{0,5}}?{BODY_PART}.{{0,3}}(?:闪|扭|崴|摔|磕|撞|划|切|割|烫|夹|砸|扎|拉|碰)"
        rf"|{BODY_PART}.{{0,3}}{_HARM}|{_DID_HARM}(?:到|了|着|伤|断|破|掉|脱)*.{{0,2}}{BODY_PART}|(?:打|砸|撞|碰"
        rf"|崩)(?:到|中|在)?.{{0,2}}{BODY_PART}"
        r"|\bfell\b|\bfall(?:en|ing)?\b|slipp?ed|\btripped\b|twist|sprain"
        r"|broke (?:my|his|her|an?) (?!phone|screen|window|car)"
        r"|fractur|\bcut (?:my|his|her)|burn(?:t|ed)|\bbit(?:ten)? (?:by|my|me|him|her)|\bhit (?:by|my|his|her)\b"
        r"|(?:hurt|banged|bruised) (?:my|his|her)\b|injur|stitches|knocked|rabies"
        r"|\b(?:tore|torn|ruptured?|dislocated?)\b|slammed (?:on|in)|(?:caught|trapped|shut) (?:in|on)"
    ),
    "illness": (
        r"感冒|吃坏|肚子[痛疼]|腹痛|头[痛疼晕]|胸口?[痛疼闷]|[腰背腿牙眼]疼|不舒服|难受|晕倒|昏倒|呕吐|抽搐|癫痫"
        r"|发烧|发高烧|咳嗽|.炎(?!热)|阑尾|胃[痛疼]|拉肚子|腹泻|拉稀|高血压|糖尿病|结石|心脏|心梗|心衰|脑梗|中风"
        r"|哮喘|过敏|生病|得了?病|犯病|病了|支原体|流感|手足口|瘤|结节|囊肿|椎间盘|白内障|疝气|痔|发热|急性|中毒"
        r"|剖宫产|剖腹产|流产|偏瘫|卧床|失能|痴呆|帕金森|阿尔茨海默|抑郁|白内障|生孩子|分娩"
        r"|pneumonia|appendi|fever|flu\b|\bill\b|illness|stroke|heart attack"
        r"|(?<!kidney )stones?\b(?! wall)|infection|diarrh|sick"
    ),
    "cancer": r"癌|恶性|白血病|淋巴瘤|化疗|放疗|cancer|malignan|leuk",
    "critical": (
        r"癌|恶性|重疾|大病|重大疾病|白血病|尿毒症|心梗|心肌梗|脑梗|中风|脑卒中|脑溢血|脑出血|器官移植|搭桥|冠心病|冠脉|(?<!手机)(?<!车载)支架|心脏(?:手术|开刀)|淋巴瘤|开颅"
        r"|cancer|malignan|leuk|critical illness|heart attack|stroke|\bstents?\b|bypass"
    ),
    "early": r"原位癌|轻症|早期|微创支架|in situ|early[- ]stage",
    "again": r"复发|再次|又查出|又确诊|转移|relaps|came back|diagnosed again",
    "hospital": (
        r"住院|住了?.{0,4}[天日](?:院)?|入院|出院|[住入][进進的]?了?院|住[进進]|入了[^，。,；;]{0,2}院|送[进進].{0,2}院|手术|开刀"
        r"|病房|病床|留院|ICU|监护室|抢救"
        r"|医院[^，。,；;]{0,3}(?:躺|待|住)|(?:躺|待|睡)在?医院"
        r"|hospitali[sz]ed|admitted|in hospital|surgery|operation|nights? in (?:the )?hospital"
    ),
    "outpatient": (
        r"门诊|门症|急诊|急珍|看医生|看大夫|看病|诊所|卫生所|卫生院|拍片|拍了?.{0,3}片|照了?.{0,2}光|缝"
        r"|包扎|换药|打针|点滴|挂水|吊水|输液"
        r"|打了?石膏|破伤风|狂犬|疫苗|(?:去|到|上|在)[^，。,]{0,8}院(?:里|的)?[^，。,住躺]{0,3}(?:看|检查|处理|拍"
        r"|取|缝|包|打|照|挂)"
        r"|clinic|doctor|outpatient|rabies (?:shot|vaccin|jab)|emergency room|\bER\b|x-?ray"
    ),
    "at_hospital": r"医院|市.{1,2}院|[一二三]院|\bhospital",
    "urgent": r"急诊|急珍|120|\bER\b|emergency",
    "rescue": r"急诊抢救|抢救|心脏骤停|心肺复苏|ICU|resuscitat|cardiac arrest",
    "death": (
        r"去世|过世|身故|(?:[人他她妈爸公婆爷奶父母]|永远地?)走了|(?:人|车祸|意外)没了|没了呼吸|死亡|死了|猝死"
        r"|病逝|没救回来|没有救回来|离世|没(?:能)?抢救(?:过来|回来)|抢救无效|没[挺撑熬]过来|就走了(?=$|[，。,；;])"
        r"|遇难|[昨前今][天晚夜]走[了的](?![^，。,；;])|不在了|过身|died|passed away|death|killed"
    ),
    "disabled": r"全残|残疾|伤残|瘫痪|截肢|失明|disab|paraly[sz]|amputat|\bblind\b",
    "own_hurt": (
        r"(?:我|本人)(?:自己)?(?:也|都)?[^，。,；;把]{0,6}(?:摔|受伤|骨折|破|断|伤|缝|肿)"
        r"|把我[^，。,；;]{0,3}[倒伤断破]"
        r"|\b(?:I|me|myself) (?:also |was )?(?:hurt|fell|broke)"
    ),
    # where and how
    "ride": (
        r"骑车|骑行|骑.{0,6}(?:车|单车|共享|摩拜|哈啰)|自行车|单车|电动车|电瓶车|电驴|脚踏车|踩单车"
        r"|bike|bicycle|cycling|e-?bike|scooter|riding"
    ),
    "trip": (
        r"旅游|旅行|旅途|出差|出国|国外|境外|度假|自由行|跟团|景区|景点|酒店|爬山|在(?:日本|泰国|韩国|欧洲|美国"
        r"|新加坡|海南|三亚|云南"
        r"|丽江|西藏|北海道|普吉|巴厘岛|东京|曼谷|巴黎)|\btrip\b|travel|vacation|holiday|abroad|overseas|while in "
    ),
    "others_hurt": (
        rf"(?:撞|碰|伤|压|刮|蹭|咬|抓|扑|绊|吓|拽|挠|带|挂|剐|轧|顶)(?:到|了|上|着|伤|倒|坏|死)*{_ONE}(?!骑车的?时){VICTIM}"
        rf"|把(?!{_OWN}|他|她).{{0,8}}(?:撞|碰|咬|抓|推|打|扑|绊)(?:伤|倒|了|死)|(?:邻居|路人|别人|人家|对方"
        rf"|快递员).{{0,6}}被(?:我|它|狗|猫)"
        r"|(?:骑.{0,4}的人?|对方)[^，。,；;]{0,6}(?:受伤|骨折|住院|断|伤了)"
        r"|hit (?:a|an|another|somebody|someone)|ran into (?:a|another)|hurt (?:a|another|somebody|someone)"
        r"|(?<!was )(?<!got )(?<!been )knocked (?:down|over) (?!by)|knocked (?:a|another|the|someone|our neighbo"
        r"|my neighbo)|bit (?:a|my|the) (?:neighbo|courier|passer|child|delivery)"
    ),
    "others_thing": (
        r"(?<![被让给])(?:别人|人家|对方|前面|隔壁|邻居)家?的?.{0,4}(?:车|宝马|奔驰|奥迪|特斯拉|门|镜|杠|玻璃|灯"
        r"|墙|手机|电动车)|前车(?![被掉])"
        r"|(?:撞|刮|蹭|剐|碰|追尾)(?:到|了|上|在|坏)*(?:(?:路|旁|边|前|后|对)[边上面]?的?)?"
        r"(?:[一两停旁另前后对别][^，。,；;]{0,6}(?:[辆台部]|车)|宝马"
        r"|奔驰|奥迪|特斯拉|豪车)"
        r"|(?:another|someone's|their|neighbou?r's) (?:car|bumper|door|mirror|fence)"
        rf"|{BROKE_OTHERS}"
    ),
    "struck": STRUCK,
    "struck_others": STRUCK_OTHERS,
    "own_part": (
        rf"(?<!的){_CARS_PART}[^，。,；;]{{0,6}}(?:刮|蹭|剐|磕|坏|破|裂|凹|划|掉|碎|烂|变形|坑|瘪)"
        r"|(?:自己|我)的车[^，。,；;]{0,6}(?:坏|瘪|凹|破|花)"
    ),
    "asked_to_pay": (
        r"(?:要|让|叫|找|向|跟|问)(?:我|咱|俺)们?家?[^，。,；;]{0,4}(?:赔|出[^，。,；;院]{0,4}[费钱]|付|掏|要钱)"
        r"|(?:人家|对方|家长|[他她])们?[^，。,；;我]{0,3}要[^，。,；;我]{0,3}(?:赔|医药费|医疗费|检查费|修理费)|索赔"
        r"|wants? (?:me|us) to pay|ask(?:s|ed)? (?:me|us) to pay|(?:make|made|making) (?:me|us) pay|demand"
    ),
    # things
    "pet": r"狗|猫|宠物|毛孩子|金毛|泰迪|柯基|布偶|英短|橘猫|汪|喵|\bdogs?\b|\bcats?\b|puppy|kitten|\bpet\b",
    "vet": r"宠物医院|兽医|宠物诊所|\bvet\b|veterinar",
    "pet_ill": (
        r"吐|瘟|体检|细小|寄生虫|打针|手术|骨折|中毒|拉稀|拉肚子|误食|绝育|不吃|腿|炎|病|咳|发烧|vomit|sick|limp"
        r"|not eating"
    ),
    "bitten": (
        r"(?:被|给|让)[^，。,]{0,8}[狗猫][^，。,]{0,3}(?:咬|抓)|[狗猫][^，。,；;]{0,4}(?:咬|抓)[伤了到]*(?:我|他"
        r"|她|孩|娃|儿|女|妈|爸|母|父|老[公婆])"
        r"|[狗猫][^，。,；;]{0,3}把(?:我|他|她|孩|娃|儿|女|妈|爸|母|父|老[公婆])[^，。,；;]{0,3}(?:咬|抓)"
        r"|[狗猫][^，。,；;]{0,6}(?:绊|撞|扑|拽)倒?了?(?:我|他|她|孩|娃|儿|女|妈|爸|老[公婆])|bitten by|(?:dog"
        r"|cat) bit (?:me|my)"
    ),
    "car": (
        r"开[^，。,单关]{0,2}车|[挪移]车|拐弯|[调掉]头|轮毂|倒车|停车|停[^，。,]{0,4}被|自驾|追尾|轿车|私家车"
        r"|(?:我|家|老公|老婆|爱人|先生|他|她|自己)的车|新车|爱车|把车"
        r"|(?<![单动行踏瓶骑轮护客下])(?<!(?<![晚早])上)车(?:[^，。,；;人]{0,4}被|停|被|撞|险|上|里)"
        rf"|{_CARS_PART}|(?<![单动行踏瓶骑轮护])车.{{0,2}}(?:刮|蹭|剐|划|凹)|(?:雨路滑|打滑)车"
        r"|\bcar\b|bumper|backed into|revers(?:ed|ing)|parking|\bmy (?:car|van)\b|driving|drove|crashed"
    ),
    "car_damage": (
        rf"{_CARS_PART}.{{0,6}}(?:刮|蹭|剐|碰|磕|坏|撞|破|裂|凹|划|掉|碎|烂|变形|坑|瘪)|(?:崩|砸|敲)(?:到|了|碎|坏"
        rf"|裂)*.{{0,3}}{_CARS_PART}|(?:刮|蹭|剐|碰|撞|划)(?:到|了|在|着)*.{{0,5}}(?:车|护栏|柱子?|墙|杠|门|墩|杆|亭|栏|闸"
        rf"|花坛|树|桩)"
        r"|(?<!下)(?<!(?<![晚早])上)车[^，。,人]{0,8}(?:刮|蹭|剐|坏|撞|破|凹|划|砸|泡|淹|烧|扎|瘪)|追尾|倒车"
        r"|被[^，。,；;]{0,8}(?:磕|刮|蹭|剐|划|撞|碰)了?一?[下道]"
        r"|(?:dent|scratch|rear-?end|damag|bump|crash).{0,12}(?:car|door|bumper)?"
    ),
    "rented": r"(?<!出)租车|租的.{0,2}车|共享汽车|租来|rent(?:al|ed)|shared car",
    "idle": r"停运|误工费|停驶|lost hire",
    "in_car": (
        r"车[上里内](?!班)|同车|乘客|副驾|坐[^，。,；;]{0,5}车|车[^，。,；;]{0,3}[载带拉](?:着|了)?(?:我|老|孩|女"
        r"|儿|爸|妈|朋|同)"
        r"|passenger|in (?:the|my|our) car(?! door)|(?:rode|riding) with"
    ),
    "seat": r"[前后]排|[前后]座|座位|座椅|back ?seat|front seat|in the back of",
    "brake": r"刹车|急刹|急停|brak(?:ed?|ing)",
    "screen": r"屏幕|碎屏|屏碎|手机屏|屏.{0,2}[裂碎花坏]|[摔碎].{0,2}屏|爆屏|外屏|内屏|screen",
    "back_cover": (
        r"后盖|背板|后壳|背壳|背面|背部|后玻璃|后屏|机身背|back cover|rear glass|glass back|back glass"
        r"|back of (?:my|the) phone"
    ),
    "phone": r"手机|电话机|phone|iphone",
    "stolen": (
        r"被偷|被盗|被[^，。,；;]{0,5}(?:抢|偷|盗走|扒|摸走|顺走)|盗刷|盗转|转走|划走|扒了|被扒|进贼|翻乱|翻得"
        r"|翻了个?遍|洗劫|偷走|偷了|盗窃|被抢|抢走|小偷|入室|撬"
        r"|stolen|robbed|burgl|thief|broke into|drained"
    ),
    "drained": (
        r"盗刷|盗转|盗用|冒用|转走|划走|刷走|被刷|扣款|被(?:别?人|陌生人)[^，。,；;]{0,4}(?:用|花|刷|消费)"
        r"|(?:境外|国外|外地|异地)[^，。,；;]{0,4}(?:刷|消费)|(?:卡|支付宝|微信|账户)[^，。,；;]{0,6}被[^，。,；;]{0,6}刷"
        r"|(?:卡|支付宝|微信|账户|余额)[^，。,；;]{0,8}少了|不是(?:我|本人)[^，。,；;]{0,3}(?:花|刷|消费|操作|转)的|钱[^，。,；;]{0,6}(?:被[^，。,；;]{0,3}[偷盗转]|没了|不见)|drained"
        r"|unauthori[sz]ed|fraudulent|used by (?:someone|somebody|another|a stranger)"
        r"|(?:someone|somebody|a stranger) (?:else )?(?:has |had )?used (?:my|our)"
        r"|(?:paid|bought|shopped|spent)[^,.]{0,15} with (?:my|our) card|emptied"
    ),
    "tricked": r"诈骗|被骗|骗走|骗了|scam",
    "account": (
        r"盗刷|盗转|盗用|转走了?|银行卡|卡里|账户|支付宝|微信.{0,4}钱|信用卡"
        r"|drained|unauthori[sz]ed|bank card|credit card|my account"
    ),
    "new_card": r"补卡|补办|重办|重新办|挂失|换卡|new card|blocked the card|replace[^,.]{0,12}card",
    "home": (
        r"家里|家中|家进|房子|屋里|屋顶|房屋|厨房|卫生间|客厅|阳台|墙|地板|天花板|橱柜|装修|卧室|书房|门锁|房门"
        r"|大门|防盗[门窗]|抽屉|保险柜|衣柜|入户"
        r"|house|\bhome\b|kitchen|flat\b|apartment|ceiling"
    ),
    "building": (
        r"墙|屋顶|房顶|天花板|吊顶|地板|门窗|窗户|窗子|玻璃|房子|房屋|橱柜|装修(?!队|公司)"
        r"|把[^，。,；;]{0,2}(?:厨房|卫生间|客厅|卧室|阳台|屋子)"
        r"|ceiling|\broof|\bwalls?\b|windows?\b|floor"
    ),
    "shaken": r"震裂|震坏|开裂|裂缝|砸穿|砸坏|倒塌|塌",
    "leak": r"漏水|水管|爆管|下水|渗水|跑水|水.{0,2}漏|漏到|leak|burst pipe",
    "downstairs": (
        r"(?:漏|淹|泡|流|渗)[^，。,；;]{0,4}(?:楼下|邻居|隔壁)|楼下[^，。,；;]{0,6}(?:天花板|泡|淹|赔|邻居|家具)"
        r"|把(?:楼下|邻居|隔壁)"
    ),
    "soaked": r"泡[了坏]|淹|进水|flooded",
    "fire": (
        r"着火|起火|失火|火灾|爆炸|炸了|台风|暴雨|雷击|雷雨|雷电|闪电|打雷|冰雹|塌|短路|漏电"
        r"|\bfire\b|explosion|lightning|typhoon|storm|hail"
    ),
    "contents": (
        r"家具|家电|电器|电视|冰箱|沙发|洗衣机|空调|床垫|电脑|路由器|微波炉|烤箱|首饰|珠宝|furniture|fridge|sofa"
        r"|television|\btv\b"
    ),
    "late": r"延误|晚点|晚到|误点|迟到|没到|隔天|第二天.{0,2}[才送]|delay|late\b|hours late",
    "carrier_late": (
        r"(?:航班|飞机|高铁|火车|动车|轮船)[^，。,；;]{0,6}(?:延误|晚点|误点|晚到)|(?:flight|plane|train"
        r"|ferry)[^,.]{0,12}(?:delay|late)"
    ),
    "carrier": r"航班|飞机|火车|高铁|动车(?!撞)|轮船|机场|flight|plane|train|ship|ferry",
    "baggage": r"行李|箱子|托运|luggage|baggage|suitcase",
    "cancelled": r"取消|去不了|去不成|没去成|退团|泡汤|cancel",
    "diverted": r"备降|返航|diverted",
    "goods": (
        r"商品|快递(?![员小费])|到货|下单|买的|网购|假货|质量|次品|瑕疵|买到假|faulty|defect|broken (?:item"
        r"|goods)|fake"
    ),
    "goods_bad": r"坏|次品|瑕疵|质量|假|漏|破|开胶|不能用|faulty|defect|broken|fake",
    "inspect": r"鉴定|检测费|inspection|test fee",
    "inspect_fee": r"(?:鉴定|检测)费|(?:鉴定|检测)[^，。,；;]{0,6}(?:花|费|\d)|inspection (?:fee|cost)|test fee",
    "parcel": r"退货|退件|运费|快递费|return(?:ed)? (?:shipping|postage|parcel)|postage",
    "loan": r"逾期|欠款|还不上|还不了|断供|overdue|default(?:ed)?\b",
    "care": r"护工|护理|照护|照料|陪护|carer|nursing",
    "allowance": (
        r"津贴|住院补贴|(?:每|一)[天日][一二两三四五六\d]+百|(?:每|一)[天日]\d+[块元]"
        r"|allowance|per day|daily (?:cash|benefit)"
    ),
    "pension": r"养老金|年金|领取|pension|annuity",
    "survived": r"满106|活到106|106 ?岁",
    # what says how grave an illness is, or that this is not known yet
    "stage": (
        r"早期|初期|中期|晚期|终末期|(?:I{1,3}|IV|[ⅠⅡⅢⅣ]|[一二三四1-4])[ABCabc]? ?期|原位|癌前|轻度|轻微|轻型"
        r"|中度|重度|重症|疑似|疑为|怀疑|待查|待排|不排除|待定|可能是"
        r"|良性|良恶性|交界性|低度|高分化|低级别|高级别|不典型|占位|阴影|结节|息肉|微小|甲状腺.{0,6}癌|腔隙|腔梗"
        r"|小中风|TIA|微创|支架|搭桥|冠心病|冠脉|\bstents?\b|bypass"
        r"|in situ|\bstage\b|early[- ]|suspect|benign|borderline|mild|moderate|severe"
    ),
    # not yet done
    "planned": r"(?:说|让|叫|要|得|需要|明[天早晚]|下周|过几天)[^，。,；;]{0,4}(?:住院|手术|开刀)|scheduled for",
    # somebody else's vehicle in which one is carried
    "hired": (
        r"(?:坐|搭|乘|打|叫|[上下])[^，。,；;]{0,4}(?:出租车|的士|滴滴|网约车|顺风车|公交|大巴|巴士|地铁|校车"
        r"|班车|中巴|火车|高铁|动车|电梯)"
        r"|(?:出租车|的士|滴滴|网约车|顺风车|公交|大巴|巴士|地铁|校车|班车|中巴)车?(?:[上里内站]|司机|急)|打车"
        r"|打的(?=[，。,去回])"
        r"|(?:坐|搭|乘)[^，。,；;]{0,3}(?:朋友|同事|同学|邻居|别人|人家|亲戚|客户|领导|老板)[^，。,；;]{0,3}车"
        r"|\b(?:taxi|cab|bus|subway|metro|didi|uber)\b"
    ),
    # said of an illness that is not proven
    "unproven": r"疑似|疑为|怀疑|待查|待排|不排除|良性|良恶性|占位|阴影|结节|息肉|suspect|benign",
    # something is broken or gone, and no event is called by that alone
    "harm": (
        r"摔|磕|掉|发病|发作|确诊|诊断为|病理|坏|丢|不见|没了|碎|裂|断|破|进水|烂|出事|出了事|损|伤|疼|痛|晕|吐"
        r"|broken?|lost|damag|hurt|crack"
    ),
}

_PLACES = frozenset(
    ["ride", "trip", "pet", "pet_alone", "car", "rented", "hired", "in_car", "seat", "brake", "phone", "building"]
    + ["account", "home", "contents", "carrier", "baggage", "goods", "stage", "unproven", "planned"]
    + ["asked_to_pay", "allowance"]
)
HAPPENINGS = frozenset(SIGNS) - _PLACES
"""Signs that something happened; the rest name a place, a thing or an animal."""
BODILY = frozenset(
    ["accident", "illness", "cancer", "critical", "hospital", "outpatient", "at_hospital", "death", "disabled"]
    + ["rescue", "own_hurt"]
)
"""Signs that it happened to somebody's body."""
