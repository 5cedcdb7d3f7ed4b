"""What takes sureness from a first notice: who else is there, whose thing it was, what was only told or feared."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baohe.rooms.claims.rules.notice.understanding import Reading, next_question, understand
from tests.claims.notices.worlds import worlds


def _read(world: str, sentence: str) -> Reading:
    here = worlds()[world]
    return understand(sentence, here.held, here.family, here.today)


def _sure(reading: Reading, part: str) -> str:
    """What is proposed and called sure; "" for what is asked."""
    one = getattr(reading, part)
    return one.value if one.sure else ""


@pytest.mark.parametrize(
    ("world", "sentence", "not_member"),
    [
        ("road", "昨天老婆坐我的车，我急刹车，她头磕到前挡风", "孙悦"),
        ("road", "女儿坐在后排，昨天急刹时撞到鼻子", "何一诺"),
        ("family", "孩子坐老公的车，昨天急刹把额头磕破了", "周小禾"),
        ("family", "昨天骑车为了让孩子，急转弯摔倒", "周小禾"),
        ("family", "昨天骑车，孩子突然窜出来，急刹摔了", "周小禾"),
        ("family", "昨天有个小孩乱跑，孩子摔破了头", "周小禾"),
        ("family", "昨天陪妈妈下楼摔了一跤，看了门诊", "王秀兰"),
        ("family", "我领导昨天摔骨折住院了", "林知夏"),
        ("family", "豆豆昨天骑车摔了，看的门诊", "林知夏"),
        ("family", "他昨天骑车摔了，去门诊包扎", "林知夏"),
        ("family", "昨天我骑车，朋友在后面摔了骨折", "林知夏"),
        ("family", "我家孩子他姑昨天摔了", "周小禾"),
        ("family", "周小禾爸爸昨天骨折", "林建国"),
        ("family", "my mother in law slipped yesterday", "王秀兰"),
        ("family", "We were hit by a car yesterday, my husband is in hospital", "周明远"),
    ],
)
def test_whoever_is_only_near_is_not_surely_who_was_hurt(world: str, sentence: str, not_member: str) -> None:
    assert _sure(_read(world, sentence), "member") != not_member


@pytest.mark.parametrize(
    ("world", "sentence", "member"),
    [
        ("family", "我昨天摔了，老公陪我去的门诊", "林知夏"),
        ("family", "我妈昨天摔了，是孩子送她去的门诊", "王秀兰"),
        ("family", "儿子昨天打球崴了脚，老公带他看的门诊", "周小禾"),
        ("family", "老师说孩子昨天在学校摔了，送去门诊", "周小禾"),
        ("family", "昨天我家狗咬了我妈，打了疫苗", "王秀兰"),
        ("family", "昨天看到孩子跑过来，我一慌摔倒了，拍了片", "林知夏"),
        ("elders", "女儿昨天被同学推倒，胳膊骨折，住院三天", "陈雨桐"),
    ],
)
def test_the_subject_of_what_happened_is_sure(world: str, sentence: str, member: str) -> None:
    assert _sure(_read(world, sentence), "member") == member


@pytest.mark.parametrize(
    "sentence",
    [
        "老公 11 月 12 日查出胃癌早期",
        "老公 11 月 2 日查出原位癌",
        "老公 11 月 9 日确诊重度脑梗",
        "老公昨天查出甲状腺癌一期",
        "老公昨天查出肺部占位，良性恶性待查",
        "老公疑似肺癌，11月16日住院检查",
        "妈妈乳腺癌早期，11月10日住院手术",
        "老公昨天截肢了",
        "My husband was diagnosed with early stage stomach cancer on 12 November",
    ],
)
def test_how_grave_an_illness_is_the_terms_say(sentence: str) -> None:
    reading = _read("family", sentence)
    assert not _sure(reading, "event")
    assert next_question(reading)


@pytest.mark.parametrize(
    "sentence",
    [
        "如果我昨天骑车摔了能赔吗",
        "万一我的手机屏碎了怎么赔",
        "我打算明天去住院做胆结石手术",
        "下周三我妈要做膝盖手术住院",
        "我昨天差点摔了去门诊",
        "手机屏碎了保不保",
        "what if my dog bites the neighbour",
    ],
)
def test_what_has_not_happened_is_asked_whole(sentence: str) -> None:
    reading = _read("family", sentence)
    assert [part for part in ("member", "policy", "event", "day") if _sure(reading, part)] == []


def test_a_question_about_what_did_happen_is_a_notice() -> None:
    reading = _read("family", "我昨天骑车摔了去门诊，能赔吗")
    assert (_sure(reading, "event"), _sure(reading, "day")) == ("accident_outpatient", "2026-11-21")


@pytest.mark.parametrize(
    ("world", "sentence"),
    [
        ("family", "我妈的手机昨天屏碎了"),
        ("family", "我把同事手机摔了，屏碎了，昨天"),
        ("family", "The screen of my friend's phone cracked yesterday"),
        ("road", "我的手机屏昨天碎了"),
        ("road", "昨天借朋友的车开，撞了护栏，保险杠掉了"),
        ("road", "昨天坐出租车，司机急刹，我的头撞破了"),
        ("road", "我爸的贷款逾期了"),
        ("family", "老周昨天开车追尾了"),
        ("family", "昨天老公开车撞了电线杆，自己也受伤住院"),
        ("family", "2024年5月1日我肺炎住院"),
    ],
)
def test_a_policy_that_another_clue_contradicts_is_asked(world: str, sentence: str) -> None:
    assert not _sure(_read(world, sentence), "policy")


@pytest.mark.parametrize(
    ("world", "sentence", "line", "event"),
    [
        ("family", "昨天半夜门锁被撬开，金项链和现金没了", "home", "burgled"),
        ("family", "昨天雷击，家里的冰箱烧了", "home", "contents_damaged"),
        ("family", "前天遛狗，狗扑倒了一个小孩，孩子胳膊骨折", "pet", "pet_hurt_others"),
        ("family", "昨天手机摔了，背面玻璃碎了", "broken-screen", "broken_back"),
        ("road", "昨天停车场里车被邻居刮花了", "commercial-motor", "own_damage"),
        ("road", "租的车昨天急刹，后座的朋友撞伤了", "shared-car", "people_injured"),
        ("family", "我妈前天摔倒骨折，现在还在病床上", "accident", "hospital"),
    ],
)
def test_the_kinds_of_events_have_their_words(world: str, sentence: str, line: str, event: str) -> None:
    reading = _read(world, sentence)
    assert line in _sure(reading, "policy")
    assert _sure(reading, "event") == event


_TOLD = [
    "银行{day}打电话来",
    "{day}医院通知我了",
    "{day}跟老公说了",
    "{day}报的案",
    "{day}收到账单",
    "{day}交的押金",
    "{day}去开的发票",
    "{day}申请理赔被拒了",
    "{day}才想起来",
    "the clinic called me {day}",
]
_UNDATED = [
    "我摔伤看了门诊",
    "我妈骨折住院了",
    "手机屏碎了",
    "银行卡被盗刷",
    "老公查出肺癌",
    "我家狗把邻居咬伤了",
    "水管爆了，家里泡了",
]
_DATED = ["我前天摔了，看了门诊", "前天我妈骨折住院了", "手机屏前天碎了", "孩子前天被热水烫伤，急诊处理"]
_OTHER_DAYS = ["昨天", "11月19日", "上周五", "今天", "yesterday"]
_MARKS = ["，", "。", "；"]


@settings(max_examples=150, deadline=None)
@given(
    told=st.sampled_from(_TOLD),
    day=st.sampled_from(_OTHER_DAYS),
    said=st.sampled_from(_UNDATED),
    mark=st.sampled_from(_MARKS),
    first=st.booleans(),
)
def test_the_day_of_telling_is_never_surely_the_events(told: str, day: str, said: str, mark: str, first: bool) -> None:
    told = told.format(day=day)
    sentence = f"{told}{mark}{said}" if first else f"{said}{mark}{told}"
    assert not _sure(_read("family", sentence), "day"), sentence


@settings(max_examples=150, deadline=None)
@given(
    told=st.sampled_from(_TOLD),
    day=st.sampled_from(_OTHER_DAYS),
    said=st.sampled_from(_DATED),
    mark=st.sampled_from(_MARKS),
    first=st.booleans(),
)
def test_another_day_of_telling_never_makes_a_wrong_day_sure(
    told: str, day: str, said: str, mark: str, first: bool
) -> None:
    told = told.format(day=day)
    sentence = f"{told}{mark}{said}" if first else f"{said}{mark}{told}"
    assert _sure(_read("family", sentence), "day") in {"", "2026-11-20"}, sentence


_RELATIVES = {"我妈": "王秀兰", "孩子": "周小禾", "老公": "周明远", "王秀兰": "王秀兰", "我爸": "林建国"}
_NEAR = [
    "{who}陪我去的",
    "{who}送我去的医院",
    "{who}很担心",
    "{who}在旁边",
    "{who}打电话告诉我的",
    "{who}让我报案",
    "{who}在家等着",
    "{who}知道了",
    "{who}也看见了",
    "当时和{who}一起走路",
    "为了躲{who}",
    "我在等{who}",
    "{who}今年上班很忙",
]
_BEFELL = [
    "昨天骑车摔了，去了门诊",
    "我昨天摔了，看了门诊",
    "昨天切菜切到手，缝了针",
    "昨天手机屏碎了",
    "昨天我被车撞了，骨折住院",
    "昨天家里水管爆了",
]


@settings(max_examples=200, deadline=None)
@given(
    who=st.sampled_from(sorted(_RELATIVES)),
    near=st.sampled_from(_NEAR),
    befell=st.sampled_from(_BEFELL),
    first=st.booleans(),
)
def test_a_relative_who_only_stood_by_is_never_surely_the_one(who: str, near: str, befell: str, first: bool) -> None:
    clause = near.format(who=who)
    sentence = f"{clause}，{befell}" if first else f"{befell}，{clause}"
    assert _sure(_read("family", sentence), "member") != _RELATIVES[who], sentence


@pytest.mark.parametrize(
    ("world", "sentence", "policy", "event"),
    [
        ("road", "昨天倒车撞断了小区的道闸杆，走交强险", "何军/chiye-compulsory-motor", "third_party_property"),
        ("road", "昨天开车撞坏了别人家的围墙，走商业险", "何军/chiye-commercial-motor", "third_party"),
        ("elders", "老婆 11 月 12 日白血病住院，报重疾险", "吴敏/qingcen-critical-illness", "critical_illness"),
        ("elders", "老婆 11 月 12 日急性阑尾炎住院，走医疗险", "吴敏/haijia-family-clinic", "hospital"),
        ("family", "我前天骑车摔了看门诊，用意外险", "林知夏/songtao-accident", "accident_outpatient"),
        ("family", "我前天骑车摔了看门诊，不走意外险", "林知夏/songtao-ride", "accident_outpatient"),
        ("family", "昨天被我家狗抓伤的是客人", "林知夏/suihe-pet", "pet_hurt_others"),
        ("family", "My cat scratched the courier on Friday", "林知夏/suihe-pet", "pet_hurt_others"),
        ("family", "我家金毛昨天咬了邻居家的孩子", "林知夏/suihe-pet", "pet_hurt_others"),
        ("family", "昨天我被自家狗咬了，打了狂犬疫苗", "林知夏/songtao-accident", "accident_outpatient"),
        ("family", "我家狗昨天把我妈扑倒了，打了石膏", "王秀兰/songtao-accident", "accident_outpatient"),
        ("family", "娃儿昨天遭别个的狗咬了，打了狂犬针", "周小禾/songtao-accident", "accident_outpatient"),
        ("family", "我家猫昨天被邻居家的狗咬了，送宠物医院", "林知夏/suihe-pet", "pet_treated"),
        ("family", "孩子手指昨天被他爸的车门夹了，门诊包扎", "周小禾/songtao-accident", "accident_outpatient"),
        ("elders", "老婆 11 月 6 日胆囊炎住院，报每天一百的那个", "吴敏/haijia-family-clinic", "hospital_allowance"),
        ("elders", "我前天踢球膝盖韧带撕裂，住院做手术", "陈立/songtao-large-accident", "hospital"),
    ],
)
def test_names_owners_and_victims_decide(world: str, sentence: str, policy: str, event: str) -> None:
    reading = _read(world, sentence)
    assert reading.policy.value.startswith(policy)
    assert reading.event.value == event


@pytest.mark.parametrize(
    ("world", "sentence"),
    [
        ("family", "我妈昨天肺炎住院，报意外险"),
        ("family", "孩子昨天摔了看门诊，走交强险"),
        ("family", "楼下昨天说天花板漏水，后来查明不是我家的管子"),
        ("family", "The flat below had a leak yesterday, it wasn't our pipe"),
        ("family", "昨天孩子摔了一跤去医院，查完虚惊一场"),
        ("road", "昨天开车蹭了小区围墙"),
        ("road", "昨天有人说我的车刮了他，查了跟我没关系"),
    ],
)
def test_a_line_that_does_not_fit_and_what_is_denied_leave_policy_and_event_open(world: str, sentence: str) -> None:
    reading = _read(world, sentence)
    assert [part for part in ("policy", "event") if _sure(reading, part)] == []


def test_two_hurt_alike_leave_only_whose_open() -> None:
    reading = _read("family", "我和孩子昨天被热水烫了，都看了急诊")
    assert (reading.policy.value, reading.event.value) == ("", "accident_outpatient")
    assert (_sure(reading, "member"), _sure(reading, "event"), next_question(reading)) == ("", "", "member")
