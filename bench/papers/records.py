"""出院小结 and 门诊病历, 认定书 and 快处 agreement, each with its own layout."""

# ruff: noqa: E501 - the rows of a form are as long as the form is wide

from __future__ import annotations

import random
from datetime import date, timedelta

from bench.papers import invented, page
from bench.papers.page import Paper

_INJURIES = ("右侧桡骨远端骨折", "左膝部皮肤裂伤", "右踝关节扭伤", "左手食指切割伤", "头皮挫伤")
_ILLNESSES = ("急性阑尾炎", "社区获得性肺炎", "胆囊结石伴急性胆囊炎")


def discharge(patient: str, hospital: str, out: date, days: int, ill: bool, chance: random.Random) -> Paper:
    """出院小结, its diagnosis in one line or numbered in two."""
    first = out - timedelta(days=days)
    diagnosis = chance.choice(_ILLNESSES if ill else _INJURIES)
    two = chance.random() < 0.4
    printed = f"1.{diagnosis}" if two else diagnosis
    picture = page.blank((1080, 920), chance)
    words = f"""
70 40 380 {hospital}
130 36 440 出 院 小 结
210 26 80 姓名：{patient} | 360 性别：男 | 560 年龄：{chance.randint(8, 60)}岁 | 780 住院号：{invented.figures(chance, 7)}
260 26 80 科室：骨科 | 360 床号：{chance.randint(1, 40)} | 560 住院天数：{days}天
310 26 80 入院日期：{first:%Y年%m月%d日} | 600 出院日期：{out:%Y年%m月%d日}
370 26 80 入院诊断：{diagnosis}
420 26 80 出院诊断：{printed}
{"462 26 206 2.高血压病2级" if two else ""}
520 26 80 诊疗经过：入院后完善相关检查，予对症治疗，恢复良好。
620 26 80 出院情况：一般情况可。
670 26 80 出院医嘱：1.休息两周；2.两周后门诊复查。
780 26 640 医师签名：{invented.person(chance)}
830 26 640 日期：{out:%Y年%m月%d日}
"""
    page.write(picture, "\n".join(row for row in words.splitlines() if row), chance.choice((page.SANS, page.SERIF)))
    page.rules(picture, (180, 340))
    picture = page.sealed(picture, "病案专用章", (820, 800), chance, oval=False)
    truth = {
        "hospital": hospital,
        "patient_name": patient,
        "admitted_on": first.isoformat(),
        "discharged_on": out.isoformat(),
        "diagnosis": f"{printed}；2.高血压病2级" if two else diagnosis,
        "department": "骨科",
    }
    return Paper("hospital_summary", "discharge", picture, truth)


def outpatient(patient: str, hospital: str, day: date, chance: random.Random) -> Paper:
    """门诊病历 of one visit."""
    diagnosis = chance.choice(_INJURIES)
    picture = page.blank((960, 860), chance)
    words = f"""
70 36 280 {hospital}
120 34 380 门诊病历
190 26 70 患者姓名：{patient} | 420 性别：女 | 640 年龄：{chance.randint(8, 60)}岁
235 26 70 就诊日期：{day} | 420 就诊科室：骨科
300 26 70 主诉：摔伤后疼痛2小时。
350 26 70 现病史：2小时前行走时不慎跌倒。
400 26 70 体格检查：局部肿胀，压痛明显。
450 26 70 诊断：{diagnosis}
500 26 70 处理意见：清创换药，制动休息，随诊。
640 26 520 医师签名：{invented.person(chance)}
"""
    page.write(picture, words, chance.choice((page.SANS, page.SERIF)))
    picture = page.sealed(picture, "门诊专用章", (600, 660), chance, oval=True)
    truth = {
        "hospital": hospital,
        "patient_name": patient,
        "admitted_on": day.isoformat(),
        "diagnosis": diagnosis,
        "department": "骨科",
    }
    return Paper("hospital_summary", "outpatient", picture, truth)


def finding(driver: str, car: str, day: date, chance: random.Random) -> Paper:
    """道路交通事故认定书, by the simple way."""
    other, plate, city = invented.person(chance), invented.plate(chance), invented.city(chance)
    place = f"{city}河东区样本大道与青石路交叉口"
    issued = day + timedelta(days=1)
    picture = page.blank((1080, 820), chance)
    words = f"""
70 40 300 道路交通事故认定书
120 26 260 （简易程序） | 620 第{invented.figures(chance, 13)}号
190 26 70 事故时间：{day:%Y年%m月%d日} 17时40分 | 690 天气：晴
240 26 70 事故地点：{place}
300 26 70 当事人：{driver} | 360 驾驶证号：{invented.identity_number(chance, date(1990, 1, 1))}
340 26 70 车牌号：{car}
390 26 70 当事人：{other} | 360 驾驶证号：{invented.identity_number(chance, date(1985, 2, 2))}
430 26 70 车牌号：{plate}
500 26 70 交通事故事实及责任：{driver}驾驶{car}号小型轿车变更车道时与
540 26 70 {other}驾驶的车辆发生碰撞，造成两车损坏。
590 26 70 {driver}负全部责任，{other}无责任。
700 26 560 {city}公安局交通警察支队河东大队
750 26 620 {issued:%Y年%m月%d日}
"""
    page.write(picture, words, chance.choice((page.SANS, page.SERIF)))
    picture = page.sealed(picture, "事故处理专用章", (760, 720), chance, oval=True)
    truth = {
        "issued_on": issued.isoformat(),
        "place": place,
        "parties": f"{driver}、{other}",
        "plates": f"{car}、{plate}",
        "fault": f"{driver}全部责任；{other}无责任",
        "authority": f"{city}公安局交通警察支队河东大队",
    }
    return Paper("accident_certificate", "finding", picture, truth)


def agreement(driver: str, car: str, day: date, chance: random.Random) -> Paper:
    """机动车交通事故快速处理协议书, between the two drivers."""
    other, plate, city = invented.person(chance), invented.plate(chance), invented.city(chance)
    place = f"{city}松林路与湖滨街路口"
    picture = page.blank((1080, 760), chance)
    words = f"""
70 36 200 机动车交通事故快速处理协议书
150 26 70 事故时间：{day:%Y年%m月%d日} 08时15分
200 26 70 事故地点：{place}
260 26 70 甲方：{driver} | 360 车牌号：{car}
310 26 70 乙方：{other} | 360 车牌号：{plate}
370 26 70 事故情形：甲方追尾碰撞乙方车辆。
430 26 70 责任：甲方承担全部责任，乙方无责任。
560 26 70 甲方签名：{driver} | 560 乙方签名：{other}
620 26 70 协议日期：{day:%Y年%m月%d日}
"""
    page.write(picture, words, chance.choice((page.SANS, page.SERIF)))
    truth = {
        "issued_on": day.isoformat(),
        "place": place,
        "parties": f"{driver}、{other}",
        "plates": f"{car}、{plate}",
    }
    return Paper("accident_certificate", "agreement", picture, truth)
