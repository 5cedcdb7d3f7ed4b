"""What people say first, and what should be understood of it on Sunday 22 November 2026 by the family of `household`.

A row: sentence | member | line of the policy | event | day (MM-DD, or with the year; - = must be chosen).
`?` = must be chosen from options; `x` = the same, and told that whoever was named is not insured here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    sentence: str
    member: str
    line: str
    event: str
    day: str


def _rows(text: str) -> tuple[Row, ...]:
    return tuple(Row(*(part.strip() for part in line.split("|"))) for line in text.strip().splitlines())


KNOWN = _rows("""
昨天骑车摔了，在市三院看门诊花了 800 多 | 林知夏 | ride | accident_outpatient | 11-21
前天骑共享单车摔倒，膝盖缝了三针 | 林知夏 | ride | accident_outpatient | 11-20
上周五骑电驴摔伤住院了 | 林知夏 | ride | hospital | 11-13
11月20日骑车把一个老人撞倒了 | 林知夏 | ride | third_party | 11-20
今天早上踩单车跌咗一跤，去急诊拍咗片 | 林知夏 | ride | accident_outpatient | 11-22
昨晚小电驴滑倒，手擦伤去急珍 | 林知夏 | ride | accident_outpatient | 11-21
我骑自行车撞到别人的车了，前天下午 | 林知夏 | ride | third_party | 11-20
昨天下楼崴了脚，门诊花了三百多 | 林知夏 | accident | accident_outpatient | 11-21
前天切菜切到手，缝了4针，花了 356 元 | 林知夏 | accident | accident_outpatient | 11-20
昨天葳到脚了，去医院拍片 | 林知夏 | accident | accident_outpatient | 11-21
11月18号在公司楼梯上摔倒骨折，住院五天 | 林知夏 | accident | hospital | 11-18
孩子昨天在学校跑步摔倒，膝盖缝了三针 | 周小禾 | accident | accident_outpatient | 11-21
儿子上周三打球扭伤了手腕，门诊 420 块 | 周小禾 | accident | accident_outpatient | 11-11
娃儿前天甩了一跤，额头缝针 | 周小禾 | accident | accident_outpatient | 11-20
小禾昨天被开水烫伤，急诊处理 | 周小禾 | accident | accident_outpatient | 11-21
周小禾11月19日被狗咬伤，打了狂犬疫苗 | 周小禾 | accident | accident_outpatient | 11-19
宝宝今天被邻居家的猫抓伤了，打疫苗花了一千二 | 周小禾 | accident | accident_outpatient | 11-22
孩子鱼刺卡喉咙，昨晚去急诊取的 | 周小禾 | accident | accident_outpatient | 11-21
孩子前天从滑梯上掉下来，胳膊骨折做了手术 | 周小禾 | accident | hospital | 11-20
细路琴日跌亲，睇医生使咗五百蚊 | 周小禾 | accident | accident_outpatient | 11-21
我妈前天在浴室滑倒骨折，住院做手术了 | 王秀兰 | accident | hospital | 11-20
我妈昨天买菜摔了一跤，门诊拍片花了 268.5 元 | 王秀兰 | accident | accident_outpatient | 11-21
妈妈上周一肺炎住院，花了一万二 | 王秀兰 | medical | hospital | 11-09
老妈11月10日住院做胆结石手术，总共 2.3 万 | 王秀兰 | medical | hospital | 11-10
俺娘大前天胃炎住院 | 王秀兰 | medical | hospital | 11-19
母亲 2026-11-15 阑尾炎开刀 | 王秀兰 | medical | hospital | 11-15
王秀兰脑梗住院，11月12号进的ICU | 王秀兰 | medical | hospital_critical | 11-12
秀兰大前天摔倒了去门诊 | 王秀兰 | accident | accident_outpatient | 11-19
孩子上周末发高烧肺炎住院 | 周小禾 | medical | hospital | 11-14
我上个月15号阑尾炎住院 | 林知夏 | medical | hospital | 10-15
我十一月二号因为肺炎入院 | 林知夏 | medical | hospital | 11-02
我10/28住院做了手术 | 林知夏 | medical | hospital | 10-28
3天前发烧住园，花了8千多 | 林知夏 | medical | hospital | 11-19
老公上周查出恶性肿瘤 | 周明远 | critical_illness | critical_illness | -
我丈夫11月9日确诊肺癌 | 周明远 | critical_illness | critical_illness | 11-09
老公11月3日确诊甲状腺原位癌 | 周明远 | critical_illness | mild_illness | 11-03
明远的白血病是 11-05 确诊的 | 周明远 | critical_illness | critical_illness | 11-05
我丈夫去世了，11月17日晚上 | 周明远 | term_life | death | 11-17
老公前天没救回来 | 周明远 | term_life | death | 11-20
爱人11月8号过世了 | 周明远 | term_life | death | 11-08
老公昨天打篮球摔伤，去看了门诊 | 周明远 | accident | accident_outpatient | 11-21
爸爸昨天下楼扭到腰，看了门诊 | 林建国 | accident | accident_outpatient | 11-21
老豆琴日跌倒 | 林建国 | accident | accident_outpatient | 11-21
昨天我家狗吐了，去宠物医院花了 900 | 林知夏 | pet | pet_treated | 11-21
猫前天骨折了，宠物医院做的手术 | 林知夏 | pet | pet_treated | 11-20
金毛11月18日肠胃炎，看兽医 650 元 | 林知夏 | pet | pet_treated | 11-18
我家狗昨天咬伤了邻居 | 林知夏 | pet | pet_hurt_others | 11-21
泰迪咬了快递员，昨天的事 | 林知夏 | pet | pet_hurt_others | 11-21
昨天手机屏幕摔碎了 | 林知夏 | broken_screen | broken_screen | 11-21
孩子今天把我的手机屏幕摔碎了 | 林知夏 | broken_screen | broken_screen | 11-22
手机后盖裂了，前天摔的 | 林知夏 | broken_screen | broken_back | 11-20
爆屏了，屏碎了一地，星期四 | 林知夏 | broken_screen | broken_screen | 11-19
昨天厨房水管爆了，漏到楼下 | 林知夏 | home | pipe_leaked | 11-21
家里漏水，地板泡了，11月16日 | 林知夏 | home | pipe_leaked | 11-16
前天晚上家里被盗，丢了首饰 | 林知夏 | home | burgled | 11-20
上周二台风把屋顶掀了，房子受损 | 林知夏 | home | house_damaged | 11-10
厨房着火，昨天，墙都烧黑了 | 林知夏 | home | house_damaged | 11-21
昨天银行卡被盗刷 3000 元 | 林知夏 | account_security | money_stolen | 11-21
支付宝的钱前天被人偷走了两千 | 林知夏 | account_security | money_stolen | 11-20
上个礼拜六手机被偷了 | 林知夏 | account_security | phone_stolen | 11-14
昨天倒车刮到柱子，保险杠坏了 | 周明远 | commercial_motor | own_damage | 11-21
老公前天开车追尾，车头撞坏了 | 周明远 | commercial_motor | own_damage | 11-20
11月19日开车撞到别人了，对方住院 | 周明远 | commercial_motor | third_party | 11-19
昨天航班延误了五个小时 | 林知夏 | travel | travel_delay | 11-21
去三亚旅游行李晚到一天，11月18日 | 林知夏 | travel | baggage_late | 11-18
出差路上肠胃炎看了门诊，前天 | 林知夏 | travel | accident_outpatient | 11-20
我在日本滑雪摔伤，看医生花了 5 万日元，11月15日 | 林知夏 | travel | accident_outpatient | 11-15
在泰国旅游时食物中毒住院，11月9号 | 林知夏 | travel | hospital | 11-09
行程取消了，去不了三亚旅游，昨天通知的 | 林知夏 | travel | trip_cancelled | 11-21
上周骑车摔了 | 林知夏 | ride | accident_outpatient | -
骑车摔了一跤，门症 200 | 林知夏 | ride | accident_outpatient | -
明天去医院拆线，昨天摔的 | 林知夏 | accident | accident_outpatient | 11-21
昨天摔了一跤没住院，就看了门诊 | 林知夏 | accident | accident_outpatient | 11-21
20号摔的，21号去医院看的 | 林知夏 | accident | accident_outpatient | 11-20
我昨天感冒去门诊看病 | 林知夏 | medical | ? | 11-21
陪我妈去医院的路上我摔了一跤，昨天 | 林知夏 | accident | accident_outpatient | 11-21
送孩子上学路上我骑车摔了，昨天 | 林知夏 | ride | accident_outpatient | 11-21
别人的孩子把我撞倒了，昨天，手骨折去急诊 | 林知夏 | accident | accident_outpatient | 11-21
岳父昨天摔了一跤 | ? | x | ? | 11-21
姐姐昨天烫伤了 | ? | x | ? | 11-21
女儿昨天摔了 | ? | x | ? | 11-21
出事了 | ? | ? | ? | -
要理赔 | ? | ? | ? | -
昨天花了 800 多 | ? | ? | ? | 11-21
I fell off my bike yesterday, outpatient cost 800 | 林知夏 | ride | accident_outpatient | 11-21
My son fell at school last Friday, three stitches | 周小禾 | accident | accident_outpatient | 11-20
my mother was hospitalised with pneumonia on Nov 10 | 王秀兰 | medical | hospital | 11-10
My husband was diagnosed with lung cancer on 9 November | 周明远 | critical_illness | critical_illness | 11-09
My husband passed away 3 days ago | 周明远 | term_life | death | 11-19
The phone screen broke this morning | 林知夏 | broken_screen | broken_screen | 11-22
Our dog bit the neighbour two days ago | 林知夏 | pet | pet_hurt_others | 11-20
a burst pipe flooded the kitchen on Thursday | 林知夏 | home | pipe_leaked | 11-19
My flight was delayed 5 hours on Nov 18 | 林知夏 | travel | travel_delay | 11-18
my luggage came late on the trip, 2026-11-18 | 林知夏 | travel | baggage_late | 11-18
I twisted my ankle yesterday and saw a doctor | 林知夏 | accident | accident_outpatient | 11-21
""")
"""The words were made with these in sight."""

FRESH = _rows("""
昨日傍晚遛弯不慎踩空，脚踝肿了，挂了急诊 | 林知夏 | accident | accident_outpatient | 11-21
小区门口被电动车撞了，前天，拍CT花了七百 | 林知夏 | accident | accident_outpatient | 11-20
小孩在幼儿园门缝夹到手指，周四，缝了2针 | 周小禾 | accident | accident_outpatient | 11-19
我妈上礼拜四在菜市场跌跤，髋部骨折住了院 | 王秀兰 | accident | hospital | 11-12
妈咪尋日跌倒，入咗醫院 | 王秀兰 | accident | hospital | 11-21
孩子支原体感染，11月6日住了七天院 | 周小禾 | medical | hospital | 11-06
本人于2026年11月14日因急性胰腺炎住院治疗 | 林知夏 | medical | hospital | 11-14
我爱人上上周五体检查出胃癌 | 周明远 | critical_illness | critical_illness | 11-06
老公心梗，11月13号放了支架 | 周明远 | critical_illness | critical_illness | 11-13
周明远于11月18日突发疾病离世 | 周明远 | term_life | death | 11-18
我家泰迪误食巧克力，昨晚送宠物医院洗胃 | 林知夏 | pet | pet_treated | 11-21
布偶猫昨天拉稀，打了三天点滴 | 林知夏 | pet | pet_treated | 11-21
昨天遛狗，狗把路人咬伤了 | 林知夏 | pet | pet_hurt_others | 11-21
苹果手机掉地上屏裂了，今天 | 林知夏 | broken_screen | broken_screen | 11-22
家里进贼了，前天夜里，电脑被偷 | 林知夏 | home | burgled | 11-20
楼上漏水把我家天花板泡坏了，昨天发现 | 林知夏 | home | pipe_leaked | 11-21
热水器爆炸把厨房炸了，11.17 | 林知夏 | home | house_damaged | 11-17
微信里的钱被转走了，昨天，5000 | 林知夏 | account_security | money_stolen | 11-21
地铁上手机被扒了，前天 | 林知夏 | account_security | phone_stolen | 11-20
车停路边被划了，昨天看到的 | 周明远 | commercial_motor | own_damage | 11-21
前天下雨路滑车撞了护栏 | 周明远 | commercial_motor | own_damage | 11-20
开车不小心碰倒一个骑车的大爷，昨天 | 周明远 | commercial_motor | third_party | 11-21
高铁晚点四小时，11月20日 | 林知夏 | travel | travel_delay | 11-20
托运的箱子第二天才到，11月12号 | 林知夏 | travel | baggage_late | 11-12
团游被旅行社取消了，11-19 | 林知夏 | travel | trip_cancelled | 11-19
度假时被海胆扎伤，11月7日看的诊所 | 林知夏 | travel | accident_outpatient | 11-07
骑哈啰摔了个狗吃屎，胳膊擦破皮，昨儿个 | 林知夏 | ride | accident_outpatient | 11-21
蹬自行车被汽车蹭倒，昨天住进了二院 | 林知夏 | ride | hospital | 11-21
骑车时撞坏了人家的后视镜，前儿 | 林知夏 | ride | third_party | 11-20
爷爷昨天摔了 | ? | x | ? | 11-21
我弟前天骨折 | ? | x | ? | 11-20
怎么报销 | ? | ? | ? | -
My wallet app was drained yesterday | 林知夏 | account_security | money_stolen | 11-21
Kid burnt his hand with hot soup yesterday | 周小禾 | accident | accident_outpatient | 11-21
Mum slipped in the bathroom last Tuesday, admitted with a broken hip | 王秀兰 | accident | hospital | 11-17
I was knocked off my bicycle on 20 Nov | 林知夏 | ride | accident_outpatient | 11-20
My cat saw the vet yesterday | 林知夏 | pet | pet_treated | 11-21
Someone broke into our flat on Friday | 林知夏 | home | burgled | 11-20
""")
"""Written after the words, without looking at them again; 26 of 38 were all right at first sight, then the words
were mended for them."""

HELD = _rows("""
打羽毛球把跟腱拉断了，昨天，现在躺医院等手术 | 林知夏 | accident | hospital | 11-21
擀面杖砸脚上了，前天，医院看了下 | 林知夏 | accident | accident_outpatient | 11-20
外卖小哥电瓶车把我妈刮倒了，11月17日，门诊 600 | 王秀兰 | accident | accident_outpatient | 11-17
孩子滑轮滑磕掉半颗门牙，昨天看的牙科急诊 | 周小禾 | accident | accident_outpatient | 11-21
小禾扁桃体化脓发烧，住院 4 天，11月2日进的 | 周小禾 | medical | hospital | 11-02
我妈心衰又犯了，周三叫的救护车住进去的 | 王秀兰 | medical | hospital | 11-18
剖腹产住院，11月8日 | 林知夏 | medical | hospital | 11-08
老公甲状腺癌，病理 11 月 16 日出的 | 周明远 | critical_illness | critical_illness | 11-16
先生上周日凌晨走了，心源性猝死 | 周明远 | term_life | death | 11-15
咪咪吃坏东西吐了三天，昨天去看了宠物医生 | 林知夏 | pet | pet_treated | 11-21
狗子前天跑出去被车压了腿 | 林知夏 | pet | pet_treated | 11-20
手机摔地上，后面玻璃全碎，昨天 | 林知夏 | broken_screen | broken_back | 11-21
洗衣机水管脱落把客厅木地板泡了，前天 | 林知夏 | home | pipe_leaked | 11-20
大风把窗户刮掉了，家里阳台砸坏了，昨天 | 林知夏 | home | house_damaged | 11-21
信用卡在国外被刷了 6000，昨天收到短信 | 林知夏 | account_security | money_stolen | 11-21
停车场出来蹭到墙，右前门凹了，昨晚 | 周明远 | commercial_motor | own_damage | 11-21
开车变道把隔壁车道的电动车撞了，人送医院，前天 | 周明远 | commercial_motor | third_party | 11-20
飞机晚点到半夜才起飞，昨天 | 林知夏 | travel | travel_delay | 11-21
在丽江旅游高原反应，去医院吸氧，11月6日 | 林知夏 | travel | accident_outpatient | 11-06
骑行时候链条断了栽沟里，锁骨断，前天住院 | 林知夏 | ride | hospital | 11-20
骑小黄车追尾前车把人车灯撞碎，昨天 | 林知夏 | ride | third_party | 11-21
婆婆昨天骨折 | ? | x | ? | 11-21
咨询一下保单 | ? | ? | ? | -
I slipped on the stairs last night and needed an X-ray | 林知夏 | accident | accident_outpatient | 11-21
My daughter had a fever on Monday | ? | x | ? | 11-16
Dad fell two days ago | 林建国 | accident | accident_outpatient | 11-20
My husband had a heart attack on Nov 12 | 周明远 | critical_illness | critical_illness | 11-12
A storm broke our kitchen window on Nov 14 | 林知夏 | home | house_damaged | 11-14
""")
"""Never mended for: what is understood at first sight."""
